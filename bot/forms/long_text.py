"""Texts that are longer than one text box of Slack takes, in several boxes, and whole again.

The block id of a further box tells its place and what stood between it and the box before:
`root_cause~2p` is the second, after an empty line.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

MOST_PARTS: Final = 8
"""Enough for the longest text that a record holds: 20,000 characters in boxes of 3,000."""

_SEPARATORS: Final = {"p": "\n\n", "n": "\n", "s": " ", "x": ""}
_FURTHER: Final = re.compile(r"^(?P<name>.+)~(?P<number>[0-9]{1,2})(?P<mark>[pnsx])$")
_VALUE: Final = "value"
_NEARLY: Final = 0.8  # full

Values = Mapping[str, Mapping[str, Mapping[str, Any]]]


def divided(text: str, most: int) -> list[tuple[str, str]]:
    """The text in parts with the ending of their block ids; the first has none.

    No part begins or ends with a space or a line break, which Slack takes away.
    """
    parts, ending, rest = [], "", text
    while len(rest) > most:
        place, mark = _division(rest, most)
        parts.append((ending, rest[:place]))
        rest = rest[place + len(_SEPARATORS[mark]) :]
        ending = f"~{len(parts) + 1}{mark}"
    return [*parts, (ending, rest)]


def with_room(text: str, most: int, *, lines: bool) -> list[tuple[str, str]]:
    """The parts, and an empty box to go on in where the last one is nearly full."""
    parts = divided(text, most)
    if len(parts[-1][1]) <= most * _NEARLY or len(parts) >= MOST_PARTS:
        return parts
    return [*parts, (f"~{len(parts) + 1}{'n' if lines else 'p'}", "")]


def number_of(ending: str) -> int:
    """The place of a part, from 1 on."""
    return int(re.sub(r"[^0-9]", "", ending) or 1)


def whole_values(values: Values) -> dict[str, Mapping[str, Mapping[str, Any]]]:
    """Slack's `state.values` with each divided text in one piece, under the name of its input."""
    found: dict[str, Mapping[str, Mapping[str, Any]]] = {}
    for name, states in values.items():
        part = _FURTHER.match(name)
        if part is None:
            found[name] = states
            continue
        more = str((states.get(_VALUE) or {}).get(_VALUE) or "")
        before = (found.get(part["name"], {}).get(_VALUE) or {}).get(_VALUE) or ""
        separator = _SEPARATORS[part["mark"]] if before and more else ""
        found[part["name"]] = {_VALUE: {_VALUE: f"{before}{separator}{more}"}}
    return found


def _division(text: str, most: int) -> tuple[int, str]:
    """Where to divide: at an empty line, else a line, else a word, in the second half."""
    for mark, separator in _SEPARATORS.items():
        place = text.rfind(separator, most // 2, most + len(separator)) if separator else most
        while place > 0 and not _is_clean(text, place, separator):
            place = text.rfind(separator, most // 2, place) if separator else place - 1
        if place > 0:
            return place, mark
    return most, "x"


def _is_clean(text: str, place: int, separator: str) -> bool:
    after = text[place + len(separator) : place + len(separator) + 1]
    return bool(after) and not text[place - 1].isspace() and not after.isspace()
