"""What stands within a line as HTML; the one place where text of records meets its tags.

Python and not a template, because most of a page is cells: a macro takes three times as long.
"""

from collections.abc import Callable
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


def cell_html(content: Cell, link: Link) -> Markup:
    """The parts of a cell, one after another."""
    return Markup("".join([_part(part, link) for part in content]))  # noqa: S704 - escaped below


def badge_html(badge: Badge) -> Markup:
    """A word with its colour."""
    return Markup(_badge(badge))  # noqa: S704 - escaped below


def _badge(badge: Badge) -> str:
    name = BADGES[badge.family]
    return f'<span class="{name} {name}--{escape(badge.value)}">{escape(badge.words)}</span>'


def _part(part: Inline, link: Link) -> str:
    if isinstance(part, str):  # as most are
        return escape(part)
    match part:
        case Code():
            shown = f"<code>{escape(part.text)}</code>"
        case When():
            shown = f'<time datetime="{part.machine}">{part.words}</time>'
        case Day():
            shown = f'<time datetime="{part.words}">{part.words}</time>'
        case Badge():
            shown = _badge(part)
        case PageLink():
            name = ' class="bb-id"' if part.is_id else ""
            shown = f'<a{name} href="{escape(link(part.path))}">{escape(part.text)}</a>'
        case _:  # a link to the web
            address = escape(part.address)
            shown = f'<a href="{address}" rel="noopener noreferrer">{escape(part.text)}</a>'
    return shown
