"""Pages within shells that are known: neither MkDocs nor the theme is needed for them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import escape
from typing import Protocol

from markupsafe import Markup

from generator.built import BuiltPage, Kind, description, kind_of
from generator.contents import Contents
from generator.page_urls import Addresses
from generator.shell import Shell


class UnknownPageError(Exception):
    """No shell is kept for a page: the theme has to write it."""


class Pages(Protocol):
    """Turns pages into files."""

    addresses: Addresses

    def mark(self, kinds: tuple[Kind, ...]) -> str:
        """Differs when the theme makes other pages of these kinds; empty when none can tell."""
        ...

    def html(self, made: BuiltPage) -> str:
        """The file of a page."""
        ...


@dataclass(frozen=True, kw_only=True)
class MenuPage:
    """A page that a menu names: its file with gaps, and what else must stay for that."""

    like: BuiltPage
    """The page without what goes into the gaps."""
    first: str
    """The anchor of its first heading, if it has one."""
    shell: Shell


@dataclass(kw_only=True)
class StampedPages:
    """Pages in shells that were proven by an earlier build."""

    addresses: Addresses
    shells: Mapping[Kind, Shell]
    contents: Contents
    menus: Mapping[str, MenuPage]
    """By the path of the page."""

    def mark(self, kinds: tuple[Kind, ...]) -> str:
        """Differs when the theme makes other pages of these kinds.

        Raises:
            UnknownPageError: one of them is not known.
        """
        if not self.shells.keys() >= {*kinds}:
            raise UnknownPageError(kinds)
        return "-".join(self.shells[kind].mark for kind in kinds)

    def knows(self, made: BuiltPage) -> bool:
        """Whether a page can be shown."""
        if made.path in self.menus:
            kept = self.menus[made.path]
            return (without_content(made), first_anchor(made)) == (kept.like, kept.first)
        return kind_of(made, self.addresses) in self.shells

    def html(self, made: BuiltPage) -> str:
        """The file of a page.

        Raises:
            UnknownPageError: the theme has to write it.
        """
        if not self.knows(made):
            raise UnknownPageError(made.path)
        toc = self.contents.filled(made.headings)
        if made.path in self.menus:
            return self.menus[made.path].shell.filled({"content": made.html, "toc": toc})
        found = self.shells[kind_of(made, self.addresses)]
        return found.filled(page_values(made, self.addresses, toc))


def without_content(made: BuiltPage) -> BuiltPage:
    """What the file of a page in a menu is made from beside its content and its headings."""
    return replace(made, html="", headings=())


def first_anchor(made: BuiltPage) -> str:
    """Where a reader goes who skips the menus."""
    return made.headings[0].anchor if made.headings else ""


def page_values(made: BuiltPage, addresses: Addresses, toc: str) -> dict[str, str]:
    """What goes into the gaps of a shell."""
    title = escape(made.title)
    return {
        "content": made.html,
        "summary": description(made.summary),
        "record": made.record_path or "",
        "moved_to": escape(made.moved_to),
        "url": addresses.url(made.path),
        "title": title,
        "title_text": Markup(title).striptags(),  # noqa: S704 - escaped above
        "title_escaped": escape(title),
        "toc": toc,
        "first": first_anchor(made),
    }
