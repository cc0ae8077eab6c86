"""What a build by MkDocs leaves for later ones that only have other records to show."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from generator.built import BuiltPage, Kind
from generator.codec import Codec, CodecError
from generator.contents import Contents
from generator.opening import Origin
from generator.page_urls import Addresses
from generator.shell import Shell
from generator.stamped import MenuPage, StampedPages, first_anchor, without_content


@dataclass(frozen=True, kw_only=True)
class KeptTheme:
    """MkDocs' part in a site: it stays until its settings, guides, theme or dates change."""

    origin: Origin
    docs: Path
    """The folder of the guides."""
    dates: str
    """When the guides changed last, in one short text."""
    links: tuple[tuple[str, bool], ...]
    """The pages of bugs that guides lead to, and whether they were there."""
    shells: tuple[tuple[Kind, Shell], ...]
    contents: Contents
    menus: tuple[MenuPage, ...]
    sitemap: str
    """The map of the site without the pages of bugs; empty where a site has no address."""
    sitemap_at: int
    """The time in its packed form."""
    files: tuple[str, ...] = ()
    """The addresses of all files that MkDocs wrote."""

    @cached_property
    def pages(self) -> StampedPages:
        """Shows pages without MkDocs."""
        return StampedPages(
            addresses=Addresses(directories=self.origin.site.directories),
            shells=dict(self.shells),
            contents=self.contents,
            menus={menu.like.path: menu for menu in self.menus},
        )


_KEPT: Final = Codec(KeptTheme)


def menu_page(made: BuiltPage, output: str, toc: str) -> MenuPage | None:
    """Cut the file of a page at its content and headings; nothing where it cannot be cut.

    `toc` are its headings as the theme writes them.
    """
    if not made.html or output.count(made.html) != 1:
        return None
    before, _, after = output.partition(made.html)
    pieces = [*_cut(before, toc), "content", *_cut(after, toc)]
    first = first_anchor(made)
    if any(_leads_to(pieces[::2], each.anchor) > (each.anchor == first) for each in made.headings):
        return None
    return MenuPage(like=without_content(made), first=first, shell=Shell(pieces=tuple(pieces)))


def _leads_to(texts: Iterable[str], anchor: str) -> int:
    """How often a heading is led to; the first one is, to skip the menus."""
    return sum(text.count(f'"#{anchor}"') for text in texts)


def _cut(text: str, toc: str) -> list[str]:
    texts = text.split(toc) if toc else [text]
    return [piece for each in texts for piece in (each, "toc")][:-1]


def write_theme(path: Path, kept: KeptTheme) -> None:
    """Keep it in a file."""
    path.write_bytes(_KEPT.write(kept))


def read_theme(path: Path) -> KeptTheme | None:
    """What was kept; nothing when there is nothing that can be read."""
    try:
        return _KEPT.read(path.read_bytes())
    except (OSError, CodecError):
        return None
