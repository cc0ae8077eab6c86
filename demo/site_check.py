"""Whether the built site has every page of the records, and every page its sections."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.page_models.page import Page, Section
from generator.site_pages import site_pages
from tracker.operations.read_work_tree import read_work_tree


def site_problems(repository: Path, site: Path) -> tuple[str, ...]:
    """Every page or section that the records ask for and the site lacks, as a sentence."""
    return tuple(
        problem
        for page in site_pages(read_work_tree(repository))
        for problem in _page_problems(page, site)
    )


def page_count(site: Path) -> int:
    """How many pages a browser can open."""
    return sum(1 for _ in site.rglob("*.html"))


def built_page(path: str, site: Path) -> Path:
    """The built file of a page; MkDocs makes a folder of every page but an index."""
    page = Path(path).with_suffix("")
    return site / (page if page.name == "index" else page / "index").with_suffix(".html")


def _page_problems(page: Page, site: Path) -> Iterator[str]:
    file = built_page(page.path, site)
    if not file.is_file():
        yield f"The site has no page {page.path}."
        return
    html = file.read_text("utf-8")
    for section in _sections((*page.glance, *page.sections)):
        if f'id="{section.anchor}"' not in html:
            yield f"The page {page.path} has no section {section.heading!r}."


def _sections(sections: Iterable[Section]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _sections(section.sections)
