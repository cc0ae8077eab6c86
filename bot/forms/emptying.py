"""What a person deleted in a form that began with what is recorded."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from bot.forms.layout import Data, Form
from tracker.model.record import BugRecord
from tracker.workflow.revision import Revision
from tracker.workflow.verbs import VERBS

STAYS: Final = (
    "What is recorded here cannot be taken out with this form: write what it should say instead."
)
"""Told instead of a silence in which the record would stay as it was."""
_NOTHING: Final = ("", "-")


def emptied_inputs(
    form: Form,
    record: BugRecord | None,
    began: Collection[str],
    values: Mapping[str, Any],
    entries: Mapping[str, object],
) -> tuple[str, ...]:
    """The inputs that began with what is recorded, are shown, and hold nothing any more."""
    recorded = form.start(record) if record is not None else {}
    return tuple(
        field.name
        for field in form.all_inputs
        if field.name in began
        and field.name in values
        and field.name not in entries
        and recorded.get(field.name) not in (None, ())
    )


def typed_empty(form: Form, typed: Mapping[str, str]) -> frozenset[str]:
    """The inputs of which `key=` or `key=-` was typed, where that can empty the record."""
    kind = VERBS[form.verb]
    fields = kind.clearable() if issubclass(kind, Revision) else frozenset()
    return frozenset(name for name, said in typed.items() if name in fields and said in _NOTHING)


def problems_of_emptied(form: Form, emptied: Collection[str], data: Data) -> dict[str, str]:
    """A sentence for each input whose record would say something else than nothing."""
    kind = VERBS[form.verb]
    if not issubclass(kind, Revision):
        return {}
    never_empty = {field.name for field in form.all_inputs if field.default is not None}
    return {
        name: STAYS
        for name in emptied
        if name in never_empty or not (name in data or _cleared(kind, name, data))
    }


def with_cleared(form: Form, emptied: Collection[str], data: Data) -> Data:
    """The action's fields with what it is to empty."""
    kind = VERBS[form.verb]
    if not issubclass(kind, Revision):
        return data
    cleared = (_cleared(kind, name, data) for name in emptied)
    names = tuple(dict.fromkeys(name for name in cleared if name and name not in data))
    return {**data, "clear": names} if names else data


def _cleared(kind: type[Revision], name: str, data: Data) -> str:
    """What is emptied: the field, or its part when nothing is left of it."""
    part = name.partition(".")[0]
    named = next((each for each in (name, part) if each in kind.clearable()), "")
    return named or (part if part in data else "")
