"""The record as each reader of a site may see it: pure."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, get_args

from pydantic.fields import FieldInfo

from tracker.model.audience import Audience
from tracker.model.part import Part
from tracker.model.person import Person
from tracker.model.record import BugRecord
from tracker.model.told_sections import TOLD_BY

HIDDEN: Final = "[internal]"
"""Stands where a text must be and is not for this reader."""
_NOBODY: Final = Person(name="Somebody", email="not-shown@example.invalid")
"""Stands where a person must be: `.invalid` is never an address (RFC 2606)."""
_TELLING: Final = 12  # characters
_NEVER: Final = frozenset({"id", "schema", "status"})


def seen_by(audience: Audience, record: BugRecord, internal: Iterable[str]) -> BugRecord:
    """The record without what is internal, for the public; the team sees all of it.

    Sentences of the timeline that tell of an internal section are taken out with it, and so is each
    longer text of it wherever else in the record it was written again.
    """
    if audience is Audience.TEAM:
        return record
    seen: Any = record
    hidden: list[Any] = []
    for name in internal:
        hidden += _values(record, _steps(name))
        seen = _without(seen, _steps(name))
    shown: BugRecord = _untold(seen, {_steps(name)[0] for name in internal}, hidden)
    again = "|".join(re.escape(text) for text in sorted(_texts(hidden), key=len, reverse=True))
    return _unwritten(shown, re.compile(again)) if again else shown


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


def _values(value: Any, steps: list[str]) -> Iterator[Any]:  # noqa: ANN401 - what a record holds
    """What stands at a place, or at each of the places that lists make of it."""
    if isinstance(value, tuple):
        for item in value:
            yield from _values(item, steps)
    elif steps and value is not None:
        yield from _values(getattr(value, steps[0]), steps[1:])
    elif value is not None:
        yield value


def _untold(record: BugRecord, sections: set[str], hidden: list[Any]) -> BugRecord:
    """The record whose timeline does not tell of sections, nor that hidden people did so."""
    verbs = frozenset[str]().union(*(TOLD_BY.get(section, ()) for section in sections))
    people = {value for value in _leaves(hidden) if isinstance(value, Person)}
    timeline = tuple(
        entry.model_copy(update={"text": HIDDEN, "by": _NOBODY if entry.by in people else entry.by})
        if entry.action in verbs
        else entry
        for entry in record.timeline
    )
    return record.model_copy(update={"timeline": timeline})


def _texts(hidden: list[Any]) -> set[str]:
    """The texts that are long enough to be known again; a shorter one may be any word."""
    found = (value for value in _leaves(hidden) if type(value) is str)
    return {text for text in found if len(text) >= _TELLING}


def _leaves(value: Any) -> Iterator[Any]:  # noqa: ANN401 - what a record holds
    if isinstance(value, tuple | list):
        for item in value:
            yield from _leaves(item)
    elif isinstance(value, Part) and not isinstance(value, Person):
        for name in type(value).model_fields:
            yield from _leaves(getattr(value, name))
    else:
        yield value


def _unwritten(value: Any, again: re.Pattern[str]) -> Any:  # noqa: ANN401 - what a record holds
    """The value with “[internal]” instead of each text that is hidden elsewhere."""
    if type(value) is str:
        return again.sub(HIDDEN, value)
    if isinstance(value, tuple):
        return tuple(_unwritten(item, again) for item in value)
    if not isinstance(value, Part) or isinstance(value, Person):
        return value
    names = type(value).model_fields
    return value.model_copy(
        update={name: _unwritten(getattr(value, name), again) for name in names}
    )


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
