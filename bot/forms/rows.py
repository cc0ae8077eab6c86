"""How several things are written in one text box, one a line, and read back.

A line is divided by ` | `, a list inside a line by `;`, and `-` stands for nothing.
"""

import re
from typing import Any, Final

from bot.forms.scene import UnreadableError

Row = dict[str, Any]

NOTHING: Final = ("", "-", "–")
_BULLET = re.compile(r"^(?:[-*•]|[0-9]{1,2}[.)])\s+")
_RULE = re.compile(r"^\s*---\s*$", re.MULTILINE)


def read_lines(text: str) -> list[str]:
    """One item a line; bullets and numbers in front of them are taken away."""
    return [_BULLET.sub("", line) for line in filled(text)]


def write_lines(items: tuple[str, ...]) -> str:
    """One item a line."""
    return "\n".join(items)


def filled(text: str) -> list[str]:
    """Lines that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def parts(text: str) -> list[str]:
    """Texts divided by lines of `---`."""
    return [part.strip("\n") for part in _RULE.split(text) if part.strip()]


def items(text: str) -> list[str]:
    """The things of a list inside a line."""
    return [item.strip() for item in text.split(";") if item.strip() not in NOTHING]


def columns_of(line: str, number: int, bounds: tuple[int, int], syntax: str) -> list[str]:
    """The columns of a line, filled up with empty ones; the last keeps any `|` of its own."""
    least, most = bounds
    columns = [column.strip() for column in line.split("|", most - 1)]
    if len([column for column in columns if column]) < least:
        sentence = f"Line {number}: write it as {syntax.partition(': ')[2]}."
        raise UnreadableError(sentence)
    return columns + [""] * (most - len(columns))


def row_of(*columns: object) -> str:
    """A line of columns, as `columns_of` divides it."""
    return " | ".join(str(column) if column not in (None, "") else "-" for column in columns)
