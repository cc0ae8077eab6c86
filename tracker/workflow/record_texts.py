"""Every text of a record by the field that holds it, as the search looks at them."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

_NOT_TEXT: Final = frozenset({"at", "key", "undoes"})
"""Moments and keys, which nobody looks for by words."""


def texts_of(fields: Mapping[str, object]) -> Mapping[str, str]:
    """The texts by field, as in `report.logs`; those of a list stand side by side in one.

    `fields` are those of a record as plain values, as its file holds them.
    """
    by_field: dict[str, list[str]] = defaultdict(list)
    _gather(fields, "", by_field)
    return {where: " · ".join(lines) for where, lines in by_field.items()}


def _gather(fields: Mapping[str, object], before: str, by_field: dict[str, list[str]]) -> None:
    """Add every text with the names of the fields that lead to it."""
    for name, value in fields.items():
        if name in _NOT_TEXT:
            continue
        if isinstance(value, str):
            by_field[before + name].append(value.strip())
        elif isinstance(value, dict):
            _gather(value, f"{before}{name}.", by_field)
        elif isinstance(value, list):
            _gather_items(value, before + name, by_field)


def _gather_items(items: list[object], where: str, by_field: dict[str, list[str]]) -> None:
    for item in items:
        if isinstance(item, str):
            by_field[where].append(item.strip())
        elif isinstance(item, dict):
            _gather(item, f"{where}.", by_field)
