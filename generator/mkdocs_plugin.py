"""The MkDocs plugin: adds the pages of the records, and shows edits while it serves."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final, Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from generator.bug_files import WithBugs
from generator.kept_theme import KeptTheme
from generator.knowledge_base import KnowledgeBase
from generator.opening import TEMPLATES, Origin, cache_fault, open_base
from generator.page_dates import PageDates
from generator.page_paths import IN_MENUS
from generator.record_page import RecordPage
from generator.render import bytecode_cache
from generator.site_settings import (
    BugbookConfig,
    addresses,
    cache_folder,
    origin_of,
    records_root,
)
from generator.site_writer import Counts, SiteWriter
from generator.sitemap import with_bugs
from generator.theme import add_assets, use_theme
from generator.theme_keeping import ThemeKeeping
from generator.themed import Templates, Theme, ThemedPages, virtual_file
from tracker.checks.check_tree import Upkeep, check_tree
from tracker.clock import now
from tracker.library import secret_rules_folder
from tracker.model.problem import Problem

LOG: Final = get_plugin_logger(__name__)
Command = Literal["build", "gh-deploy", "serve"]


class BugbookPlugin(BasePlugin[BugbookConfig]):
    """A thin shell: everything that it shows is made by pure page models and templates.

    MkDocs itself knows only the pages that menus name; the pages of the bugs are written beside
    its own when it is done, so that ten thousand of them cost what has changed.
    """

    base: KnowledgeBase
    _theme: Theme
    _dates: PageDates
    _keeping: ThemeKeeping

    def __init__(self) -> None:
        self.writer = SiteWriter()
        self.counts = Counts()
        self.asked_audience: str | None = None
        """Instead of the setting: a preview reads its settings again for each build."""
        self.kept: KeptTheme | None = None
        """MkDocs' part, for later builds of the same folder."""
        self._command: Command = "build"
        self._opened = ExitStack()

    def on_startup(self, *, command: Command, dirty: bool) -> None:
        """Remember whether mistakes end the build or are shown on their pages."""
        del dirty
        self._command = command

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Bring the look of the site along, so that every repository has it."""
        use_theme(config)
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Judge the records as a pull request is judged, before a strict build makes a page.

        Raises:
            PluginError: the check finds problems, and this is not a preview.
        """
        if config.strict and self._command != "serve":
            _refuse(self._judged(config))

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Make a page for everything that the records ask for; MkDocs gets those for its menus.

        Raises:
            PluginError: a record cannot be read and this is not a preview.
        """
        self.base = self._opened.enter_context(self.opened(config))
        docs, tip = Path(config.docs_dir).resolve(), self.base.tree.tip
        self._dates = PageDates.of(docs, tip, cache_folder(config))
        for made in self.base.shared.pages:
            if made.path in IN_MENUS:
                file = virtual_file(made, config, InclusionLevel.INCLUDED)
                RecordPage(made, file=file, config=config)
                files.append(file)
        add_assets(files, config)
        self._keeping = ThemeKeeping()
        return WithBugs(files, self.base, config)

    @contextmanager
    def opened(self, config: MkDocsConfig) -> Iterator[KnowledgeBase]:
        """Everything that the records ask for, to be read until the block ends.

        Raises:
            PluginError: the cache is in git; a record cannot be read and this is not a preview.
        """
        if fault := cache_fault(cache_folder(config)):
            raise PluginError(fault)
        serves = self._command == "serve"
        found, name = (self._judged(config), "preview") if serves else ((), "pages")
        for problem in found:
            LOG.warning("%s", problem)
        with open_base(self.origin(config), name, found=found, progress=self.writer.making) as base:
            if not serves:
                _refuse(base.problems)
            yield base

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Remember the menus for the pages that MkDocs does not write."""
        self._nav = nav
        del config, files
        return nav

    def on_env(self, env: Templates, *, config: MkDocsConfig, files: Files) -> None:
        """Remember the templates likewise, and let the theme's be compiled once."""
        env.bytecode_cache = bytecode_cache(cache_folder(config) / TEMPLATES)
        self._theme = Theme(config=config, nav=self._nav, templates=env, files=files)

    def on_pre_page(self, page: MkDocsPage, *, config: MkDocsConfig, files: Files) -> MkDocsPage:
        """Date a page by its last commit."""
        del config, files
        self._dates.put(page)
        return page

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Name the bugs in the map of the site."""
        if template_name == "sitemap.xml" and config.site_url:
            self._keeping.sitemap = output
            return with_bugs(output, self.base, addresses(config), config.site_url)
        return output

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Remember the files of the pages that menus name."""
        del config
        if isinstance(page, RecordPage):
            self._keeping.saw(page.made, output)
        return output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the pages that MkDocs does not know."""
        themed = ThemedPages(theme=self._theme, addresses=addresses(config))
        self.counts = self.writer.write(self.base, themed, Path(config.site_dir))
        if self.writer.publish:
            origin = self.origin(config)
            self.kept = self._keeping.kept(self.base, themed, self._dates, origin=origin)
        self._opened.close()

    def on_build_error(self, *, error: Exception) -> None:
        """Let go of the cache."""
        del error
        self._opened.close()

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object
    ) -> LiveReloadServer:
        """Build again when a record is saved, added or removed, and when it is committed."""
        del builder
        root = self.root(config)
        records, commits = root / "bugs", root / ".git" / "refs" / "heads"
        server.watch(str(records if records.is_dir() else root))
        if commits.is_dir():
            server.watch(str(commits))
        return server

    @event_priority(100)
    def _show_summary(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: object
    ) -> TemplateContext:
        """Let the search see a page's title and summary only: whole pages make it too large."""
        del config, nav
        if isinstance(page, RecordPage):
            page.content = page.found_by
        return context

    @event_priority(-100)
    def _show_page(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: object
    ) -> TemplateContext:
        """Give the page back to the theme, after the search has seen its summary."""
        del config, nav
        if isinstance(page, RecordPage):
            page.content = page.html
        return context

    on_page_context = CombinedEvent(_show_summary, _show_page)

    def _judged(self, config: MkDocsConfig) -> tuple[Problem, ...]:
        upkeep = Upkeep(secret_rules=secret_rules_folder)
        return check_tree(self.root(config), now=now(), upkeep=upkeep).problems

    def origin(self, config: MkDocsConfig) -> Origin:
        """What the pages of records depend on."""
        return origin_of(config, self.config, self.asked_audience)

    def root(self, config: MkDocsConfig) -> Path:
        """The folder that holds the records' folder."""
        return records_root(config, self.config)


def _refuse(problems: Iterable[Problem]) -> None:
    lines = "\n".join(str(problem) for problem in problems)
    if lines:
        message = f"The site is not built, because records have mistakes. Correct them:\n{lines}"
        raise PluginError(message)
