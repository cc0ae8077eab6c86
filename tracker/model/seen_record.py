"""The record as each reader of a site may see it: pure."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, get_args

from pydantic.fields import FieldInfo

from tracker.model.audience import Audience
from tracker.model.part import Part
from tracker.model.person import Person
from tracker.model.record import BugRecord

HIDDEN: Final = "[internal]"
"""Stands where a text must be and is not for this reader."""
_NOBODY: Final = Person(name="Somebody", email="not-shown@example.invalid")
"""Stands where a person must be: `.invalid` is never an address (RFC 2606)."""
_NEVER: Final = frozenset({"id", "schema", "status"})


def seen_by(audience: Audience, record: BugRecord, internal: Iterable[str]) -> BugRecord:
    """The record without what is internal, for the public; the team sees all of it."""
    if audience is Audience.TEAM:
        return record
    seen: Any = record
    for name in internal:
        seen = _without(seen, _steps(name))
    shown: BugRecord = seen
    return shown


def hiding_faults(internal: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The names that no field has, or whose fields no page can do without; each by its place."""
    for place, name in enumerate(internal):
        found = _field(BugRecord, _steps(name))
        if found is None:
            yield place, f"Records have no field `{name}`: look it up in the field reference."
        elif name in _NEVER or (found.is_required() and _stand_in(found) is None):
            yield place, f"No page can do without `{name}`: name the section around it instead."


def _steps(name: str) -> list[str]:
    """`actions[].owner` and `actions.owner` mean the same."""
    return name.replace("[]", "").split(".")


def _without(part: Part, steps: list[str]) -> Part:
    name, *rest = steps
    if rest:
        return part.model_copy(update={name: _inside(getattr(part, name), rest)})
    field = type(part).model_fields[name]
    if field.is_required():
        return part.model_copy(update={name: _stand_in(field)})
    return part.model_copy(update={name: field.get_default(call_default_factory=True)})


def _inside(value: Any, steps: list[str]) -> Any:  # noqa: ANN401 - what a record holds
    if isinstance(value, tuple):
        return tuple(_inside(item, steps) for item in value)
    return value if value is None else _without(value, steps)


def _field(model: type[Part], steps: list[str]) -> FieldInfo | None:
    """The field that dotted names lead to, if there is one."""
    name, *rest = steps
    found = model.model_fields.get(name)
    if found is None or not rest:
        return found
    inner = _model_in(found.annotation)
    return _field(inner, rest) if inner else None


def _model_in(hint: Any) -> type[Part] | None:  # noqa: ANN401 - an annotation
    if isinstance(hint, type) and issubclass(hint, Part) and hint is not Person:
        return hint
    return next((found for inner in get_args(hint) if (found := _model_in(inner))), None)


def _stand_in(field: FieldInfo) -> str | Person | None:
    """What a page shows of a field that must be there; nothing for a number, a time or a key."""
    if field.annotation is Person:
        return _NOBODY
    patterns = (pattern for each in field.metadata if (pattern := getattr(each, "pattern", None)))
    fits = all(re.search(pattern, HIDDEN) for pattern in patterns)
    return HIDDEN if field.annotation is str and fits else None
