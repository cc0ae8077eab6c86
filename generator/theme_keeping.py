"""Keeps MkDocs' part in a site while it is built, for builds that only have other records."""

from collections.abc import Iterator
from pathlib import Path

from mkdocs.utils import get_build_timestamp

from generator.bug_files import WithBugs
from generator.built import BuiltPage
from generator.kept_theme import KeptTheme, menu_page
from generator.knowledge_base import KnowledgeBase
from generator.opening import Origin
from generator.page_dates import PageDates
from generator.page_paths import IN_MENUS
from generator.themed import ThemedPages


class ThemeKeeping:
    """What one build has shown so far."""

    def __init__(self) -> None:
        self.sitemap = ""
        self._menus: dict[str, tuple[BuiltPage, str]] = {}

    def saw(self, made: BuiltPage, output: str) -> None:
        """Remember the file of a page, if a menu names it."""
        if made.path in IN_MENUS:
            self._menus[made.path] = made, output

    def kept(
        self, base: KnowledgeBase, themed: ThemedPages, dates: PageDates, *, origin: Origin
    ) -> KeptTheme | None:
        """All of it, after every page was shown; nothing where other builds need MkDocs again."""
        for page in _unproven(base, themed):
            themed.html(page)
        files, contents = themed.theme.files, themed.contents
        if not isinstance(files, WithBugs) or contents is None:
            return None
        menus = [
            menu
            for made, output in self._menus.values()
            if (menu := menu_page(made, output, contents.filled(made.headings)))
        ]
        if len(menus) != sum(made.path in IN_MENUS for made in base.shared.pages):
            return None
        pages = [file.page for file in files.documentation_pages() if file.page is not None]
        return KeptTheme(
            origin=origin,
            docs=Path(themed.theme.config.docs_dir).resolve(),
            dates=dates.mark,
            links=tuple(files.asked.items()),
            shells=themed.proven,
            contents=contents,
            menus=tuple(menus),
            sitemap=self.sitemap,
            sitemap_at=get_build_timestamp(pages=pages),
        )


def _unproven(base: KnowledgeBase, themed: ThemedPages) -> Iterator[BuiltPage]:
    """Pages of kinds of which none was shown."""
    for path, facts in base.bugs.facts.items():
        if themed.lacks(facts.kinds):
            yield from base.bugs.pages(path).pages
