"""Every text of a record by the field that holds it, as the search looks at them."""

from collections.abc import Iterator, Mapping
from typing import Final

from tracker.model.record import BugRecord, to_mapping

_NOT_TEXT: Final = ("at", "key", "undoes")  # moments and keys, which nobody looks for by words


def texts_of(record: BugRecord) -> Mapping[str, str]:
    """The texts by field, as in `report.logs`; those of a list stand side by side in one."""
    by_field: dict[str, list[str]] = {}
    for where, text in _leaves(to_mapping(record)):
        by_field.setdefault(where, []).append(text)
    return {where: " · ".join(lines) for where, lines in by_field.items()}


def _leaves(value: object, where: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a record with the names of the fields that lead to it."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict):
        for name, item in value.items():
            if name not in _NOT_TEXT:
                yield from _leaves(item, f"{where}.{name}" if where else name)
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item, where)
