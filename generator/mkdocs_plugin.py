"""The MkDocs plugin: adds the pages of the records in memory, and shows edits while it serves."""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Literal

from mkdocs.config.base import Config
from mkdocs.config.config_options import Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import get_relative_url
from mkdocs.utils.templates import TemplateContext

from generator.page_models.page import Page
from generator.page_paths import IN_MENUS, from_docs
from generator.record_page import RecordPage
from generator.render import Renderer
from generator.row_data import long_tables, rows_json
from generator.site_address import SiteAddress
from generator.site_pages import shelf_files, shelf_of, shelf_pages
from generator.theme import add_assets, use_theme
from tracker.checks.check_tree import Upkeep, check_tree
from tracker.clock import now
from tracker.library import secret_rules_folder
from tracker.model.problem import Problem
from tracker.operations.read_work_tree import read_work_tree

Command = Literal["build", "gh-deploy", "serve"]


class BugbookConfig(Config):
    """Settings below `bugbook:` in mkdocs.yml."""

    records = Type(str, default=".")
    """The folder that holds `bugs/`, as seen from mkdocs.yml."""


class BugbookPlugin(BasePlugin[BugbookConfig]):
    """A thin shell: everything that it shows is made by pure page models and templates."""

    def __init__(self) -> None:
        self._command: Command = "build"

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
        """Add a page for everything that the records ask for.

        Raises:
            PluginError: a record cannot be read and this is not a preview.
        """
        tree = read_work_tree(self._root(config))
        if self._command == "serve":
            tree = replace(tree, problems=self._judged(config))
        else:
            _refuse(tree.problems)
        shelf = shelf_of(tree)
        pages = shelf_pages(shelf)
        virtual = {page.path: _virtual(page, config) for page in pages}
        renderer = Renderer()
        for page in pages:
            file = virtual[page.path]
            html = renderer.html(page, partial(_link, virtual, file))
            RecordPage(page, html, file=file, config=config)
            files.append(file)
            for table in long_tables(page):
                rows = rows_json(table, partial(_link, virtual, file))
                files.append(File.generated(config, table.data, content=rows))
        for made in shelf_files(shelf, _address(config)):
            files.append(File.generated(config, made.path, content=made.content))
        add_assets(files, config)
        return files

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object
    ) -> LiveReloadServer:
        """Build again when a record is saved, added or removed, and when it is committed."""
        del builder
        root = self._root(config)
        records, commits = root / "bugs", root / ".git" / "refs" / "heads"
        server.watch(str(records if records.is_dir() else root))
        if commits.is_dir():
            server.watch(str(commits))
        return server

    @event_priority(100)
    def _show_summary(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: object
    ) -> TemplateContext:
        """Let the search see a record's title and summary only: whole pages make it too large."""
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
        return check_tree(self._root(config), now=now(), upkeep=upkeep).problems

    def _root(self, config: MkDocsConfig) -> Path:
        base = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        return (base / self.config.records).resolve()


def _virtual(page: Page, config: MkDocsConfig) -> File:
    """A page in memory with the way to its record; only index pages are for menus."""
    index = page.path in IN_MENUS
    inclusion = InclusionLevel.INCLUDED if index else InclusionLevel.NOT_IN_NAV
    file = File.generated(config, page.path, content="", inclusion=inclusion)
    if page.provenance is not None:
        root = Path(config.config_file_path).parent
        docs = Path(config.docs_dir).relative_to(root).as_posix()
        file.edit_uri = from_docs(page.provenance.record_path, docs)
    return file


def _address(config: MkDocsConfig) -> SiteAddress:
    return SiteAddress(
        name=config.site_name, root=config.site_url or "", directories=config.use_directory_urls
    )


def _link(pages: dict[str, File], seen_from: File, path: str) -> str:
    name = re.split("[?#]", path, maxsplit=1)[0]
    address = pages[name].url if name in pages else name
    return f"{get_relative_url(address, seen_from.url)}{path[len(name) :]}"


def _refuse(problems: Iterable[Problem]) -> None:
    lines = "\n".join(str(problem) for problem in problems)
    if lines:
        message = f"The site is not built, because records have mistakes. Correct them:\n{lines}"
        raise PluginError(message)
