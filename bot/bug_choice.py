"""Which bug a command is about when none was typed; pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.model.bug_summary import BugSummary
from tracker.model.person import Person

_SHOWN = 8


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The one bug that is meant, or those that a person is asked to choose from."""

    bug: BugSummary | None = None
    candidates: tuple[BugSummary, ...] = ()


def meant_bug(standing: Sequence[BugSummary], caller: Person, *, hotfix: bool = False) -> Choice:
    """The caller's only bug among the open ones; for the hotfix track its only open bug.

    The assignee's bugs come before those that the caller reported. Somebody without any chooses
    among all that are open.
    """
    on_track = [bug for bug in standing if bug.on_hotfix_track]
    if hotfix and len(on_track) == 1:
        return Choice(bug=on_track[0])
    assigned = [bug for bug in standing if _is_assigned(bug, caller)]
    for mine in (assigned, [bug for bug in standing if _concerns(bug, caller)]):
        if len(mine) == 1:
            return Choice(bug=mine[0])
        if mine:
            return Choice(candidates=tuple(mine[:_SHOWN]))
    return Choice(candidates=tuple(standing[:_SHOWN]))


def _is_assigned(bug: BugSummary, person: Person) -> bool:
    return person.email.lower() in {bug.assignee_email, bug.backup_email}


def _concerns(bug: BugSummary, person: Person) -> bool:
    return person.email.lower() in {bug.commander_email, bug.reporter_email}
