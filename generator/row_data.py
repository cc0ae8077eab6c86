"""The rows of a long table as JSON, for the script that shows the ones that are not on the page."""

from collections.abc import Iterator
from functools import cache

from generator.codec import json_text
from generator.inline_html import BADGES, Link
from generator.page_models.blocks import Table
from generator.page_models.inline import (
    Badge,
    Cell,
    Code,
    Day,
    Inline,
    PageLink,
    When,
)
from generator.page_models.page import Page, Section


def long_tables(page: Page) -> Iterator[Table]:
    """The tables of a page that have rows elsewhere."""
    for part in (*page.glance, *page.sections):
        yield from _in_section(part)


def rows_json(table: Table, link: Link) -> str:
    """All rows; addresses are as seen from the page that shows the table.

    A cell is a list of texts and of parts: `["a", text, address]`, `["badge", class, words]`,
    `["time", machine, words]` and `["code", text]`.
    """
    known = cache(link)
    rows = [[_cell(content, known) for content in row.cells] for row in table.rows]
    return json_text({"rows": rows})


def _in_section(part: Section) -> Iterator[Table]:
    yield from (block for block in part.blocks if isinstance(block, Table) and block.data)
    for inner in part.sections:
        yield from _in_section(inner)


def _cell(content: Cell, link: Link) -> list[str | list[str]]:
    return [_part(part, link) for part in content]


def _part(part: Inline, link: Link) -> str | list[str]:
    if isinstance(part, str):  # as most are
        return part
    match part:
        case PageLink():
            shown = ["a", part.text, link(part.path), *(["bb-id"] if part.is_id else [])]
        case Badge():
            name = BADGES[part.family]
            shown = ["badge", f"{name} {name}--{part.value}", part.words]
        case Day():
            shown = ["time", part.words, part.words]
        case When():
            shown = ["time", part.machine, part.words]
        case Code():
            shown = ["code", part.text]
        case _:  # a link to the web
            shown = ["a", part.text, part.address]
    return shown
