"""Pages within the theme: as MkDocs writes them, and the same bytes ten times faster."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Protocol

from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation

from generator.built import BuiltPage, Kind, kind_of
from generator.contents import Contents, contents
from generator.page_models.outline import Heading
from generator.page_paths import from_docs
from generator.page_urls import Addresses
from generator.record_page import RecordPage, anchor_links
from generator.shell import Sample, Shell, between, sample, shell
from generator.stamped import page_values

_EVENTS: Final = ("pre_page", "page_markdown", "page_content", "page_context", "post_page")
_UNCONCERNED: Final = ("generator.", "material.plugins.search.", "mkdocs.contrib.search")
"""Where plugins come from whose part in a page does not change it."""
_ENTRY: Final = "partials/toc-item.html"


class Template(Protocol):
    """A template of the theme."""

    def render(self, context: Mapping[str, Any]) -> str:
        """Its output."""
        ...


class Templates(Protocol):
    """The templates of the theme."""

    bytecode_cache: Any

    def get_template(self, name: str) -> Template:
        """One of them."""
        ...


@dataclass(frozen=True, kw_only=True)
class Theme:
    """What MkDocs knows when it writes pages."""

    config: MkDocsConfig
    nav: Navigation
    templates: Templates
    files: Files

    @cached_property
    def others(self) -> Sequence[File]:
        """The pages that MkDocs writes itself."""
        return self.files.documentation_pages()

    def page(self, made: BuiltPage) -> RecordPage:
        """The page as MkDocs has it before it is written."""
        file = virtual_file(made, self.config, InclusionLevel.NOT_IN_NAV)
        page = RecordPage(made, file=file, config=self.config)
        plugins = self.config.plugins
        plugins.on_pre_page(page, config=self.config, files=self.files)
        page.read_source(self.config)
        page.meta["search"] = {"exclude": True}  # the theme's search would get too large
        page.markdown = plugins.on_page_markdown(
            "", page=page, config=self.config, files=self.files
        )
        page.render(self.config, self.files)
        page.content = plugins.on_page_content(
            page.html, page=page, config=self.config, files=self.files
        )
        return page

    def show(self, page: RecordPage) -> str:
        """The file of a page, by the way that MkDocs goes for every page."""
        config, plugins = self.config, self.config.plugins
        page.active = True
        context = plugins.on_page_context(
            get_context(self.nav, self.others, config, page),
            page=page,
            config=config,
            nav=self.nav,
        )
        output = self.templates.get_template("main.html").render(context)
        page.active = False
        return plugins.on_post_page(output, page=page, config=config)

    def entries(self, headings: tuple[Heading, ...]) -> list[str]:
        """Each entry of a table of contents as the theme writes it."""
        template = self.templates.get_template(_ENTRY)
        context = get_context(self.nav, self.others, self.config)
        return [template.render({**context, "toc_item": link}) for link in anchor_links(headings)]

    @cached_property
    def is_plain(self) -> bool:
        """Whether no plugin makes something of its own of each page."""
        methods = (
            method for event in _EVENTS for method in self.config.plugins.events.get(event, ())
        )
        return all(method.__module__.startswith(_UNCONCERNED) for method in methods)


def virtual_file(made: BuiltPage, config: MkDocsConfig, inclusion: InclusionLevel) -> File:
    """A page in memory with the way to its record."""
    file = File.generated(config, made.path, content="", inclusion=inclusion)
    if made.record_path is not None:
        root = Path(config.config_file_path).parent
        docs = Path(config.docs_dir).relative_to(root).as_posix()
        file.edit_uri = from_docs(made.record_path, docs)
    return file


@dataclass(kw_only=True)
class ThemedPages:
    """Turns pages into files; shells are checked against the theme before they are used."""

    theme: Theme
    addresses: Addresses
    _shells: dict[Kind, Shell | None] = field(default_factory=dict)
    _proven: set[Kind] = field(default_factory=set)
    _marks: dict[tuple[Kind, ...], str] = field(default_factory=dict)
    _tocs: dict[tuple[Heading, ...], str] = field(default_factory=dict)
    _separator: str = ""

    def mark(self, kinds: tuple[Kind, ...]) -> str:
        """Differs when the theme makes other pages of these kinds; empty when none can tell."""
        if kinds not in self._marks:
            shells = [self._shell(kind) for kind in kinds]
            marks = [found.mark for found in shells if found]
            self._marks[kinds] = "-".join(marks) if len(marks) == len(shells) else ""
        return self._marks[kinds]

    def html(self, made: BuiltPage) -> str:
        """The file of a page; one that no shell is known for goes MkDocs' own way."""
        kind = kind_of(made, self.addresses)
        found = self._shell(kind)
        if found is None:
            return self.plain(made)
        stamped = found.filled(page_values(made, self.addresses, self._toc(made.headings)))
        if kind not in self._proven:
            self._proven.add(kind)
            plain = self.plain(made)
            if plain != stamped:
                self._shells[kind] = None
                return plain
        return stamped

    def lacks(self, kinds: tuple[Kind, ...]) -> bool:
        """Whether no page of one of these kinds was shown yet."""
        return not self._proven >= {*kinds}

    @property
    def proven(self) -> tuple[tuple[Kind, Shell], ...]:
        """The shells that gave the bytes that MkDocs gives."""
        return tuple(
            (kind, found) for kind, found in self._shells.items() if found and kind in self._proven
        )

    @property
    def contents(self) -> Contents | None:
        """The entries of tables of contents, if they give what the theme gave for each so far."""
        made = contents(self.theme.entries, self._separator)
        shown = self._tocs.items()
        stands = made and all(made.filled(headings) == told for headings, told in shown)
        return made if stands else None

    def is_stamped(self, made: BuiltPage) -> bool:
        """Whether a shell is used for a page."""
        return self._shell(kind_of(made, self.addresses)) is not None

    def plain(self, made: BuiltPage) -> str:
        """The file of a page by MkDocs' own way."""
        return self.theme.show(self.theme.page(made))

    def _shell(self, kind: Kind) -> Shell | None:
        if kind not in self._shells:
            self._shells[kind] = self._made(kind) if self.theme.is_plain else None
        return self._shells[kind]

    def _made(self, kind: Kind) -> Shell | None:
        given: Sample = sample(kind, directories=self.addresses.directories)
        page = self.theme.page(given.page)
        page.title = page.safe_title = page.meta["title"] = given.title
        output = self.theme.show(page)
        items: tuple[str, str] | None = None
        if kind.parts:
            first, second = self.theme.entries(given.page.headings)
            items = (first, second)
            self._separator = between(output, items)
        return shell(output, self.addresses.url(given.page.path), items)

    def _toc(self, headings: tuple[Heading, ...]) -> str:
        found = self._tocs.get(headings)
        if found is None:
            found = self._separator.join(self.theme.entries(headings))
            self._tocs[headings] = found
        return found
