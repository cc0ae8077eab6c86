"""Facts of which a record holds one at a time, so that whoever sets one replaces another's."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from types import MappingProxyType
from typing import Final

from tracker.model.part import Part
from tracker.model.person import Person
from tracker.model.record import BugRecord

_TOLD_ELSEWHERE: Final = frozenset(
    {"schema_version", "id", "status", "policy", "incident", "reported", "resolution"}
)
"""What no two people set against each other: it is given once, or it follows from moves."""
_DOCUMENTS: Final = frozenset({"postmortem", "release_notes"})
"""Texts that several people write by turns, each on what is there."""
_FOLLOWS: Final = re.compile(r"(.*_)?(at|by|state)|computed|chosen")
"""Fields that change with another one, which tells it, or as the work goes on."""
_OBVIOUS: Final = frozenset({"assignment", "triage", "report"})
"""Sections that a field needs no name of."""
_SHORTER: Final = MappingProxyType({"hotfix commander": "commander"})  # which is a role too
_MOST: Final = 4
_LONGEST: Final = 100  # letters of a value; the history has all

Value = Person | str


@dataclass(frozen=True, kw_only=True)
class Replaced:
    """A value that stands no more, who had set it, and when."""

    name: str
    value: Value
    by: Person
    at: datetime


def single_values(record: BugRecord) -> Mapping[str, Value]:
    """Every such fact by its name as people say it: `assignee`, `hotfix branch`, `commander`."""
    held = {_SHORTER.get(name, name): value for name, value in _held(record, ())}
    held |= {each.role: each.person for each in record.responders}
    return MappingProxyType(held)


def replaced_names(old: BugRecord, new: BugRecord) -> tuple[str, ...]:
    """The facts that had a value and have another one now."""
    before, after = single_values(old), single_values(new)
    return tuple(name for name in before if name in after and before[name] != after[name])


def told_replaced(found: Sequence[Replaced]) -> str:
    """What was replaced, who had set it and when: a sentence for each of those people.

    Empty where nothing was.
    """
    setters = {(each.by, each.at): None for each in found}
    return " ".join(
        _sentence(by, at, [each for each in found if (each.by, each.at) == (by, at)])
        for by, at in setters
    )


def _sentence(by: Person, at: datetime, found: list[Replaced]) -> str:
    listed = ", ".join(f"{each.name} {_shown(each.value)}" for each in found[:_MOST])
    more = f" and {len(found) - _MOST} more" if len(found) > _MOST else ""
    return f"This replaced what {by.name} had set at {at:%Y-%m-%d %H:%M %Z}: {listed}{more}."


def _shown(value: Value) -> str:
    if isinstance(value, Person):
        return value.name
    line = " ".join(value.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"


def _held(part: Part, path: tuple[str, ...]) -> Iterator[tuple[str, Value]]:
    for field in type(part).model_fields:
        if _FOLLOWS.fullmatch(field) or (not path and field in _TOLD_ELSEWHERE | _DOCUMENTS):
            continue
        value = getattr(part, field)
        if isinstance(value, Part) and not isinstance(value, Person):
            yield from _held(value, (*path, *(() if field in _OBVIOUS else (field,))))
        elif (said := _said(value)) is not None:
            yield " ".join((*path, field)).replace("_", " "), said


def _said(value: object) -> Value | None:
    """A value as it can be told; None for one of another kind, such as a list."""
    match value:
        case Enum():
            return str(value.value).replace("_", " ")
        case datetime():
            return f"{value:%Y-%m-%d %H:%M %Z}"
        case Person() | str():
            return value
        case _:
            return None
