"""Which bug a command is about when none was typed; pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.model.person import Person
from tracker.model.record import BugRecord

_SHOWN = 8


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The one bug that is meant, or those that a person is asked to choose from."""

    bug: BugRecord | None = None
    candidates: tuple[BugRecord, ...] = ()


def meant_bug(standing: Sequence[BugRecord], caller: Person, *, hotfix: bool = False) -> Choice:
    """The caller's only bug among the open ones; for the hotfix track its only open bug.

    The assignee's bugs come before those that the caller reported. Somebody without any chooses
    among all that are open.
    """
    on_track = [record for record in standing if record.hotfix is not None]
    if hotfix and len(on_track) == 1:
        return Choice(bug=on_track[0])
    assigned = [record for record in standing if _is_assigned(record, caller)]
    for mine in (assigned, [record for record in standing if _concerns(record, caller)]):
        if len(mine) == 1:
            return Choice(bug=mine[0])
        if mine:
            return Choice(candidates=tuple(mine[:_SHOWN]))
    return Choice(candidates=tuple(standing[:_SHOWN]))


def _is_assigned(record: BugRecord, person: Person) -> bool:
    assignment = record.assignment
    return assignment is not None and person in {assignment.assignee, assignment.backup}


def _concerns(record: BugRecord, person: Person) -> bool:
    leads = record.hotfix is not None and record.hotfix.commander == person
    return leads or record.reported.by == person
