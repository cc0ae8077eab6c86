"""What a section is made of. Each block names its template by `kind`; all text in it is text."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from generator.page_models.inline import Badge, Cell, Value, cell, names
from tracker.model.checklist import ChecklistItem

SHOWN: Final = 100
"""Rows of a long table that stand on the page; the browser asks for the others when needed."""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A label and its value."""

    label: str
    value: Cell


@dataclass(frozen=True, kw_only=True)
class Facts:
    """A short table of labels and values."""

    rows: tuple[Fact, ...]
    kind: Literal["facts"] = "facts"


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """One line of text, with a role where it is more than that."""

    content: Cell
    role: Literal["plain", "lead", "label", "note", "empty"] = "plain"
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, kw_only=True)
class Narrative:
    """Markdown that a person wrote: the only text that is rendered as more than text."""

    text: str
    kind: Literal["narrative"] = "narrative"


@dataclass(frozen=True, kw_only=True)
class Bullets:
    """A list; `style` tells what the items are."""

    items: tuple[Cell, ...]
    style: Literal["plain", "ordered", "good", "bad"] = "plain"
    kind: Literal["bullets"] = "bullets"


@dataclass(frozen=True, kw_only=True)
class Tick:
    """One line of a checklist."""

    content: Cell
    done: bool
    note: Cell = ()
    anchor: str = ""


@dataclass(frozen=True, kw_only=True)
class Checklist:
    """Boxes that are ticked or not."""

    items: tuple[Tick, ...]
    kind: Literal["checklist"] = "checklist"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of a table, with the anchor that links may lead to."""

    cells: tuple[Cell, ...]
    anchor: str = ""


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table; `tools` asks for sorting and filtering in the browser."""

    caption: str
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    tools: bool = False
    facets: tuple[str, ...] = ()
    """Columns that are filtered by choosing one of their values."""
    data: str = ""
    """Where a long table has all of its rows as JSON; the page then shows the first of them."""
    in_address: bool = False
    """Whether what is looked for stands in the page's address, so that it can be sent to others."""
    falling: str = ""
    """The column whose greatest value stands first, before anybody sorts."""
    kind: Literal["table"] = "table"

    @property
    def shown(self) -> tuple[Row, ...]:
        """The rows that the page itself holds."""
        return self.rows[:SHOWN] if self.data else self.rows

    @cached_property
    def choices(self) -> dict[str, tuple[str, ...]]:
        """The values of each column that is filtered by choosing."""
        return {
            header: tuple(sorted({name for row in self.rows for name in names(row.cells[index])}))
            for index, header in enumerate(self.headers)
            if header in self.facets
        }


@dataclass(frozen=True, kw_only=True)
class Verbatim:
    """Text as it is: code, a command, its output."""

    text: str
    language: str = ""
    label: str = ""
    kind: Literal["verbatim"] = "verbatim"


@dataclass(frozen=True, kw_only=True)
class Missing:
    """Something that has to be there and is not, with the commands that add it."""

    sentence: str
    commands: tuple[str, ...] = ()
    kind: Literal["missing"] = "missing"


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One entry of a timeline."""

    at: Cell
    text: str
    who: str
    what: str
    anchor: str
    badge: Badge | None = None
    source: Cell = ()


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """What happened, oldest first."""

    entries: tuple[Happening, ...]
    kind: Literal["timeline"] = "timeline"


def facts(*pairs: tuple[str, Value]) -> Facts | None:
    """The pairs that have a value; ``None`` when none has."""
    rows = tuple(
        Fact(label=label, value=content) for label, value in pairs if (content := cell(value))
    )
    return Facts(rows=rows) if rows else None


def narrative(text: str | None) -> Narrative | None:
    """Markdown, where there is any."""
    return Narrative(text=text) if text else None


def paragraph(value: Value, role: Literal["plain", "lead", "note"] = "plain") -> Paragraph | None:
    """A line of text, where there is any."""
    content = cell(value)
    return Paragraph(content=content, role=role) if content else None


def label(text: str) -> Paragraph:
    """A small heading that is no place to link to."""
    return Paragraph(content=(text,), role="label")


def bullets(
    items: Iterable[Value], style: Literal["plain", "ordered", "good", "bad"] = "plain"
) -> Bullets | None:
    """A list, where there are items."""
    shown = tuple(content for item in items if (content := cell(item)))
    return Bullets(items=shown, style=style) if shown else None


def verbatim(text: str | None, language: str | None = "", label: str = "") -> Verbatim | None:
    """Text as it is, where there is any."""
    return Verbatim(text=text, language=language or "", label=label) if text else None


def checklist(items: Iterable[ChecklistItem]) -> Checklist | None:
    """A checklist of the record, with who ticked what."""
    ticks = tuple(
        Tick(content=cell(item.text), done=item.done, note=_ticked(item)) for item in items
    )
    return Checklist(items=ticks) if ticks else None


def table(
    caption: str,
    headers: tuple[str, ...],
    rows: Iterable[tuple[Value, ...]],
    anchors: tuple[str, ...] = (),
) -> Table | None:
    """A table without its empty columns, where there are rows; anchors name the rows, if given."""
    cells = [tuple(cell(value) for value in row) for row in rows]
    if not cells:
        return None
    kept = [index for index in range(len(headers)) if any(row[index] for row in cells)]
    names = anchors or ("",) * len(cells)
    return Table(
        caption=caption,
        headers=tuple(headers[index] for index in kept),
        rows=tuple(
            Row(cells=tuple(row[index] for index in kept), anchor=name)
            for row, name in zip(cells, names, strict=True)
        ),
    )


def _ticked(item: ChecklistItem) -> Cell:
    return tuple(
        part
        for part in (
            *cell(item.by),
            ", " if item.by and item.at else "",
            *cell(item.at),
        )
        if part
    )
