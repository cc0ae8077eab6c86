"""Stamped pages are what MkDocs would write, byte for byte."""

import re
from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from benchmarks.corpus import write_corpus
from generator.built import BuiltPage
from generator.incremental_build import build_incrementally
from generator.mkdocs_plugin import BugbookPlugin
from generator.page_paths import IN_MENUS
from generator.site_writer import SiteWriter
from generator.themed import ThemedPages
from tests.builders.incident import NFC, finished
from tests.builders.knowledge_base import KnowledgeBase

pytestmark = pytest.mark.slow
SPELL = "</title><b>Q&A</b> \"quoted\" 'single' &amp; {{ config }} \\1 bbqx %s"


class _Listening(SiteWriter):
    """Keeps the means to show pages."""

    themed: ThemedPages
    pages: tuple[BuiltPage, ...]

    def write(self, base, themed, site):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        self.themed = themed
        self.pages = (
            *(page for page in base.shared.pages if page.path not in IN_MENUS),
            *(page for path in base.bugs.facts for page in base.bugs.pages(path).pages),
        )
        for page in self.pages:
            assert themed.html(page) == themed.plain(page), page.path
        return super().write(base, themed, site)


def _heard(project: KnowledgeBase, out: Path, *, directories: bool = True) -> _Listening:
    config = load_config(str(project.root / "mkdocs.yml"), use_directory_urls=directories)
    writer = _Listening()
    plugin = config.plugins["bugbook"]
    assert isinstance(plugin, BugbookPlugin)
    plugin.writer = writer
    build_incrementally(config, out, clean=True)
    return writer


@pytest.mark.parametrize("directories", [True, False])
def test_every_kind_of_page_is_stamped_as_mkdocs_writes_it(
    tmp_path: Path, *, directories: bool
) -> None:
    odd = finished(NFC).model_copy(update={"title": SPELL, "formerly": ("BUG-0009",)})
    project = KnowledgeBase.at(tmp_path / "team", odd)
    write_corpus(project.root, 6)
    configuration = project.root / "mkdocs.yml"
    configuration.write_text(
        f"site_url: https://bugs.example.com/all/\n{configuration.read_text('utf-8')}", "utf-8"
    )

    writer = _heard(project, tmp_path / "out", directories=directories)

    assert len(writer.pages) > 40
    old = next(page for page in writer.pages if page.path == "bugs/BUG-0009/index.md")
    assert _goes_on_to(writer.themed.html(old)) == old.moved_to
    new = odd.id if directories else f"{odd.id}/index.html"
    assert old.moved_to.rstrip("/").endswith(new)
    assert _goes_on_to(writer.themed.html(writer.pages[-1])) == ""
    assert [page.path for page in writer.pages if not writer.themed.is_stamped(page)] == []


def _goes_on_to(html: str) -> str:
    found = re.search(r'<meta http-equiv="refresh" content="0; url=([^"]*)">', html)
    return found[1] if found else ""


class _Signing:
    """A plugin of somebody else, which makes something of its own of each page."""

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        del config
        return f"{output}<!-- {page.url} -->"


def test_a_plugin_that_takes_part_in_pages_gets_each_of_them(tmp_path: Path) -> None:
    project = KnowledgeBase.at(tmp_path / "team")
    write_corpus(project.root, 2)
    config = load_config(str(project.root / "mkdocs.yml"))
    config.plugins._register_event("post_page", _Signing().on_post_page)  # noqa: SLF001

    build_incrementally(config, tmp_path / "out", clean=True)

    page = (tmp_path / "out" / "bugs" / "BUG-0002" / "index.html").read_text("utf-8")
    assert page.endswith("<!-- bugs/BUG-0002/ -->")
