"""The moves that a timeline tells, laid beside the table: which rows they are, if any."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.model.documents import ResolutionKind
from tracker.model.explanation import Location
from tracker.model.record import BugRecord
from tracker.model.status import Status
from tracker.model.timeline import TimelineEntry
from tracker.workflow.actions.exceptions import UNDO
from tracker.workflow.decision import Reason
from tracker.workflow.standing import bug_is_open, illegal, moves_are_in_order
from tracker.workflow.transitions import MOVES, TRANSITIONS, Transition
from tracker.workflow.verbs import VERBS

_ROWS = {
    "hotfix-implement": "submit-fix",
    "hotfix-test": "pass-tests",
    "hotfix-review": "approve",
    "hotfix-deploy": "deploy",
}
ENDINGS = {
    "mark-duplicate": ResolutionKind.DUPLICATE,
    "wont-fix": ResolutionKind.WONT_FIX,
    "cannot-reproduce": ResolutionKind.NOT_REPRODUCED,
    "close-without-deploy": ResolutionKind.NO_DEPLOYMENT,
    "close": ResolutionKind.FIXED,
}
"""Moves that close a bug, and the resolution that each leads to."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A reason why a record cannot be as it is, and the keys that lead to its place."""

    reason: Reason
    where: Location


@dataclass(frozen=True, kw_only=True)
class Step:
    """A move of the timeline: its position, the state before it, its row of the table."""

    position: int
    entry: TimelineEntry
    before: Status | None
    row: Transition | None

    @property
    def move(self) -> str:
        """The name of the row: a hotfix step makes the move that it drives."""
        return _ROWS.get(self.entry.action, self.entry.action)


def trail(record: BugRecord) -> tuple[Step, ...]:
    """Every move in the order of the file; a bug that was reported by hand needs no first entry."""
    steps: list[Step] = []
    status: Status | None = Status.REPORTED
    for position, entry in enumerate(record.timeline):
        if entry.to is None:
            continue
        if not steps and entry.action == "report":
            status = None
        row = _row(status, entry, steps)
        steps.append(Step(position=position, entry=entry, before=status, row=row))
        status = entry.to
    return tuple(steps)


def _row(before: Status | None, entry: TimelineEntry, steps: list[Step]) -> Transition | None:
    """The table's row; for a move that was taken back, the way back to where it began."""
    if entry.action != UNDO:
        return TRANSITIONS[before].get(_ROWS.get(entry.action, entry.action))
    undone = [step for step in steps if step.entry.key in entry.undoes]
    newest = bool(undone) and undone == steps[-len(undone) :]
    back = undone[0].before if newest else None
    return Transition(to=back) if back is not None else None


def end_of_trail(record: BugRecord) -> Status:
    """The state that the timeline justifies."""
    moves = [entry.to for entry in record.timeline if entry.to is not None]
    return moves[-1] if moves else Status.REPORTED


def trail_faults(record: BugRecord) -> Iterator[Finding]:
    """Moves that are no rows of the table or not in order, and commands that nobody knows."""
    previous: TimelineEntry | None = None
    for step in trail(record):
        yield from _row_faults(record, step)
        at = ("timeline", step.position, "at")
        for reason in moves_are_in_order(previous, step.entry.action, step.entry.at):
            yield Finding(reason=reason, where=at)
        if previous is None or step.entry.at >= previous.at:
            previous = step.entry
    yield from _entry_faults(record)


def _row_faults(record: BugRecord, step: Step) -> Iterator[Finding]:
    entry, where = step.entry, ("timeline", step.position)
    if step.row is None and step.before is not None:
        closed = bug_is_open(record.id, step.before, entry.action, closed_too=False)
        reason = next(iter(closed), illegal(record, step.before, entry.action))
        yield Finding(reason=reason, where=(*where, "action"))
    elif step.row is not None and step.row.to is not entry.to:
        sentence = f"`{entry.action}` leads to `{step.row.to}`, not to `{entry.to}`: correct `to`."
        yield Finding(reason=Reason(gate="state", sentence=sentence), where=(*where, "to"))


def _entry_faults(record: BugRecord) -> Iterator[Finding]:
    known = {*VERBS, *MOVES}
    keys: set[str] = set()
    for position, entry in enumerate(record.timeline):
        if entry.key in keys:
            sentence = f"The key `{entry.key}` stands above already: give this entry another one."
            reason = Reason(gate="key", sentence=sentence)
            yield Finding(reason=reason, where=("timeline", position, "key"))
        keys.add(entry.key)
        if entry.to is None and entry.action not in known:
            near = difflib.get_close_matches(entry.action, known, n=1)
            hint = f"did you mean `{near[0]}`?" if near else "write `note` for what people did."
            reason = Reason(gate="command", sentence=f"`{entry.action}` is no command: {hint}")
            yield Finding(reason=reason, where=("timeline", position, "action"))
