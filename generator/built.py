"""What is kept of a page that was made: all that the theme needs to show it, as plain data."""

from base64 import b64decode
from dataclasses import dataclass
from html import escape
from pathlib import Path
from posixpath import basename, dirname
from typing import Final

from generator.page_models.dossier import Dossier
from generator.page_models.outline import Heading, Outline, outline
from generator.page_models.page import Page
from generator.page_urls import Addresses
from generator.plain_text import plain_text
from tracker.model.problem import Problem

_DESCRIPTION: Final = 200
"""Characters of a description that search engines and chats show."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What makes a theme write different pages: place, menu, contents, and a record to edit."""

    folder: str
    """The folder that all of them are in: links are written as seen from there."""
    depth: int
    """Folders below it."""
    menu: bool
    parts: bool
    record: bool
    moved: bool


@dataclass(frozen=True, kw_only=True)
class BuiltPage:
    """A page with its content as HTML, from its heading to its foot."""

    path: str
    kind: str
    title: str
    summary: str
    """One line without marks."""
    html: str
    headings: tuple[Heading, ...]
    record_path: str | None = None
    """The record that it shows, where it shows one."""
    moved_to: str = ""
    """The address that a browser goes on to, as seen from here."""

    @property
    def in_reference(self) -> bool:
        """Whether it stands beside its neighbours' menu."""
        return self.kind == "reference"

    @property
    def hidden(self) -> list[str]:
        """What the theme leaves out beside it; the table of a list needs the room."""
        menu = [] if self.in_reference else ["navigation"]
        return [*menu, "toc"] if self.kind == "list" else menu

    @property
    def outline(self) -> Outline:
        """Its headings."""
        return Outline(path=self.path, headings=self.headings)


@dataclass(frozen=True, kw_only=True)
class BugFacts:
    """What the rest of the site needs to know of a bug's pages without having them."""

    paths: tuple[str, ...]
    """Its pages, in their order."""
    kinds: tuple[Kind, ...]
    """Which of the theme's pages they need, each once."""
    readable: bool
    bug_id: str
    title: str = ""
    summary: str = ""
    severity: str = ""
    status: str = ""
    components: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    """What is wrong with its file."""
    asked: tuple[tuple[str, bool], ...] = ()
    """Which other bugs it asked for, and whether they had a page."""


@dataclass(frozen=True, kw_only=True)
class BuiltFile:
    """A file of the site that is no page, by its address below the site."""

    path: str
    content: str = ""
    base64: str = ""
    """Instead of `content`, for a file that is no text."""
    source: str = ""
    """Where the file lies below the folder of the records, if it is handed out as it is."""

    def data(self, root: Path) -> bytes:
        """Its bytes; `root` is the folder of the records."""
        if self.source:
            return (root / self.source).read_bytes()
        if self.base64:
            return b64decode(self.base64)
        return as_bytes(self.content)


def as_bytes(text: str) -> bytes:
    """A text as files hold it; half a character becomes its number."""
    return text.encode("utf-8", errors="xmlcharrefreplace")


@dataclass(frozen=True, kw_only=True)
class BuiltPages:
    """Pages, and the files beside them."""

    pages: tuple[BuiltPage, ...]
    files: tuple[BuiltFile, ...] = ()


@dataclass(frozen=True, kw_only=True)
class BuiltBug:
    """All that is made from one record."""

    facts: BugFacts
    made: BuiltPages
    terms: dict[str, int]
    """The words by which it is found, with their weights."""
    dossier: Dossier | None
    """What it is made from, as the reader may see it; nothing when its file cannot be read."""


def kind_of(page: BuiltPage, addresses: Addresses) -> Kind:
    """Which of the theme's pages a page needs."""
    folder = page.path.split("/")[0] if page.record_path else dirname(_without_index(page.path))
    return Kind(
        folder=folder,
        depth=addresses.url(page.path).removeprefix(f"{folder}/").count("/"),
        menu=page.in_reference,
        parts=bool(page.headings),
        record=page.record_path is not None,
        moved=bool(page.moved_to),
    )


def _without_index(path: str) -> str:
    return dirname(path) if basename(path) == "index.md" else path


def built(page: Page, html: str, moved_to: str = "") -> BuiltPage:
    """A page model with its HTML, and the address of the page that it only leads to."""
    return BuiltPage(
        path=page.path,
        kind=page.kind,
        title=page.title,
        summary=plain_text(page.summary),
        html=html,
        headings=outline(page).headings,
        record_path=page.provenance.record_path if page.provenance else None,
        moved_to=moved_to,
    )


def description(summary: str) -> str:
    """The start of a summary in one line, as HTML for an attribute."""
    return escape(" ".join(summary.split())[:_DESCRIPTION])
