"""Lines in columns for a terminal; rich takes longer to load than the index to answer."""

import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from typing import Final

import click

_GAP: Final = "  "
_LEAST_ROOM: Final = 20  # characters that texts keep, however narrow the terminal is


def in_columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """One line a row, each cell below the one of the row before."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        _GAP.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def with_texts(rows: Sequence[tuple[Sequence[str], Sequence[str]]]) -> Iterator[str]:
    """Cells in columns, and beside them texts, one below the other and all but the first one dim.

    A terminal wraps the texts at its width; a pipe has none.
    """
    cells = in_columns([row for row, _ in rows])
    margin = max(map(len, cells), default=0) + len(_GAP)
    room = None
    if sys.stdout.isatty():
        room = max(shutil.get_terminal_size().columns - margin, _LEAST_ROOM)
    for cell, (_, texts) in zip(cells, rows, strict=True):
        before = cell
        for number, text in enumerate(texts):
            for line in _lines(text, room):
                yield f"{before.ljust(margin)}{click.style(line, dim=True) if number else line}"
                before = ""


def _lines(text: str, room: int | None) -> Iterator[str]:
    for line in text.splitlines() or [""]:
        yield from [line] if room is None else textwrap.wrap(line, room) or [""]
