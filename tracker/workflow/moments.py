"""Times in a record that cannot be: later than now, or before what they follow."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import get_args

from pydantic import AwareDatetime, BaseModel

from tracker.model.explanation import Location
from tracker.model.moment import moment_in_words
from tracker.model.record import BugRecord
from tracker.workflow.as_of import HANDED_IN
from tracker.workflow.decision import Reason
from tracker.workflow.history import lasting
from tracker.workflow.trail import Finding

_TOLD_TWICE: tuple[tuple[Location, tuple[str, ...]], ...] = (
    (("reported", "at"), ("report",)),
    (("assignment", "at"), ("assign",)),
    (("root_cause", "identified_at"), ("identify",)),
    (("fix", "submitted_at"), HANDED_IN),
    (("fix", "submitted_by"), HANDED_IN),
)
"""Facts that the timeline tells as well: there they cannot be changed, so here neither."""

_FOLLOWS: tuple[tuple[Location, Location], ...] = (
    (("impact", "detected"), ("impact", "started")),
    (("impact", "ended"), ("impact", "started")),
    (("postmortem", "ended"), ("impact", "started")),
)


_AHEAD = ("until",)
"""Times that are meant to lie ahead: until when reminders rest."""


def future_moments(record: BugRecord, now: datetime) -> Iterator[Finding]:
    """Times later than now; due dates are days, not times."""
    if newest_moment(record) <= now:
        return
    for where, at in _moments(record, ()):
        if at > now:
            sentence = (
                f"`{_named(where)}` is {moment_in_words(at)}, which is later than now: "
                "give the time at which it happened."
            )
            reason = Reason(gate="time", sentence=sentence, field=str(where[-1]))
            yield Finding(reason=reason, where=where)


def newest_moment(record: BugRecord) -> datetime:
    """The latest time that the record tells of."""
    times: list[datetime] = []
    _gather(record, times)
    return max(times)


def disorder(record: BugRecord) -> Iterator[Finding]:
    """Times that are before what they follow."""
    for later, earlier in _FOLLOWS:
        ended, began = _at(record, later), _at(record, earlier)
        if isinstance(ended, datetime) and isinstance(began, datetime) and ended < began:
            sentence = (
                f"`{_named(later)}` is before `{_named(earlier)}` ({moment_in_words(began)}): "
                "correct one of them."
            )
            reason = Reason(gate="time-order", sentence=sentence, field=str(later[-1]))
            yield Finding(reason=reason, where=later)
    for index, deployment in enumerate(record.deployments):
        back = deployment.rolled_back_at
        if back is not None and back < deployment.at:
            sentence = "The deployment is rolled back before it was made: correct one of the times."
            where = ("deployments", index, "rolled_back_at")
            yield Finding(reason=Reason(gate="time-order", sentence=sentence), where=where)


def told_otherwise(record: BugRecord) -> Iterator[Finding]:
    """Times and people that the timeline tells otherwise."""
    life = lasting(record.timeline)
    for where, actions in _TOLD_TWICE:
        entries = [entry for entry in life if entry.action in actions]
        said = _at(record, where)
        if not entries or said is None:
            continue
        entry = entries[-1]
        told = entry.by if str(where[-1]).endswith("by") else entry.at
        if said != told:
            shown = moment_in_words(told) if isinstance(told, datetime) else str(told)
            sentence = f"The timeline says `{entry.action}` {shown}: the record must say the same."
            yield Finding(reason=Reason(gate="timeline", sentence=sentence), where=where)


def _named(where: Location) -> str:
    steps = (f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in where)
    return "".join(steps).removeprefix(".")


def _at(record: BugRecord, where: Location) -> object:
    found: object = record
    for step in where:
        found = getattr(found, str(step), None)
    return found


def _moments(value: object, where: Location) -> Iterator[tuple[Location, datetime]]:
    if isinstance(value, datetime):
        yield where, value
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _moments(item, (*where, index))
    elif isinstance(value, BaseModel):
        for name in _dated_fields(type(value)):
            item = getattr(value, name)
            if item:
                yield from _moments(item, (*where, name))


def _gather(value: BaseModel, times: list[datetime]) -> None:
    """Add the times alone, in a fraction of the time that their places take."""
    for name in _dated_fields(type(value)):
        found = getattr(value, name)
        for item in found if type(found) is tuple else (found,):
            if isinstance(item, datetime):
                times.append(item)
            elif item is not None:
                _gather(item, times)


@cache
def _dated_fields(model: type) -> tuple[str, ...]:
    """The fields of a model that hold a time, or something that does: few, and asked for often."""
    fields = model.model_fields.items() if issubclass(model, BaseModel) else ()
    return tuple(
        name for name, field in fields if name not in _AHEAD and _is_dated(field.annotation)
    )


def _is_dated(annotation: object) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return bool(_dated_fields(annotation))
    if annotation is datetime or annotation is AwareDatetime:
        return True
    return any(_is_dated(argument) for argument in get_args(annotation))
