"""Every text of a record by the field that holds it, as the search looks at them."""

from collections.abc import Iterable, Mapping
from typing import Final

from tracker.model.record import BugRecord, to_mapping

_NOT_TEXT: Final = ("at", "key", "undoes")  # moments and keys, which nobody looks for by words


def texts_of(record: BugRecord) -> Mapping[str, str]:
    """The texts by field, as in `report.logs`; those of a list stand side by side in one."""
    by_field: dict[str, list[str]] = {}
    _gather(to_mapping(record).items(), by_field)
    return {where: " · ".join(lines) for where, lines in by_field.items()}


def _gather(values: Iterable[tuple[str, object]], by_field: dict[str, list[str]]) -> None:
    """Add every text with the names of the fields that lead to it."""
    for where, value in values:
        if isinstance(value, str):
            by_field.setdefault(where, []).append(value)
        elif isinstance(value, dict):
            fields = ((f"{where}.{name}", value[name]) for name in value if name not in _NOT_TEXT)
            _gather(fields, by_field)
        elif isinstance(value, list):
            _gather(((where, item) for item in value), by_field)
