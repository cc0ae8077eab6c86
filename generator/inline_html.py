"""What stands within a line as HTML; the one place where text of records meets its tags.

Python and not a template, because most of a page is cells: a macro takes three times as long.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from markupsafe import Markup, escape

from generator.page_models.inline import Badge, Cell, Code, Day, Inline, PageLink, When

Link = Callable[[str], str]
"""The address of a page, given its path, as seen from the page that is rendered."""
BADGES: Final = {
    "severity": "bb-severity",
    "status": "bb-status",
    "document": "bb-document-state",
    "clock": "bb-clock",
    "result": "bb-result",
}


@lru_cache(maxsize=4096)
def escaped(text: str) -> str:
    """The text as HTML; most words of a page stand on many of them."""
    return str(escape(text))


def cell_html(content: Cell, link: Link) -> Markup:
    """The parts of a cell, one after another."""
    return Markup("".join([_part(part, link) for part in content]))  # noqa: S704 - escaped below


def badge_html(badge: Badge) -> Markup:
    """A word with its colour."""
    return Markup(_badge(badge))  # noqa: S704 - escaped below


def _badge(badge: Badge) -> str:
    name = BADGES[badge.family]
    return f'<span class="{name} {name}--{escaped(badge.value)}">{escaped(badge.words)}</span>'


def _part(part: Inline, link: Link) -> str:
    if isinstance(part, str):  # as most are
        return escaped(part)
    match part:
        case Code():
            shown = f"<code>{escaped(part.text)}</code>"
        case When():
            shown = f'<time datetime="{part.machine}">{part.words}</time>'
        case Day():
            shown = f'<time datetime="{part.words}">{part.words}</time>'
        case Badge():
            shown = _badge(part)
        case PageLink():
            name = ' class="bb-id"' if part.is_id else ""
            shown = f'<a{name} href="{escaped(link(part.path))}">{escaped(part.text)}</a>'
        case _:  # a link to the web
            address = escaped(part.address)
            shown = f'<a href="{address}" rel="noopener noreferrer">{escaped(part.text)}</a>'
    return shown
