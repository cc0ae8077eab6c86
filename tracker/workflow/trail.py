"""The moves that a timeline tells, laid beside the table: which rows they are, if any."""

from dataclasses import dataclass

from tracker.model.documents import ResolutionKind
from tracker.model.explanation import Location
from tracker.model.record import BugRecord
from tracker.model.status import Status
from tracker.model.timeline import TimelineEntry
from tracker.workflow.decision import Reason
from tracker.workflow.history import UNDO, lasting
from tracker.workflow.transitions import TRANSITIONS, Transition

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


def made_already(record: BugRecord, verb: str) -> TimelineEntry | None:
    """The entry of a move that was made and still holds; `None` where it may be made again.

    One that led on holds until a way leads back behind it, one that led back until the next.
    """
    order, made = list(Status), None
    lasts = {entry.key for entry in lasting(record.timeline)}
    for step in trail(record):
        if step.entry.key not in lasts or step.entry.to is None:
            continue
        if step.move == _ROWS.get(verb, verb):
            made = step
        elif made is not None:
            reached, before = made.entry.to or Status.REPORTED, made.before or Status.REPORTED
            led_on = order.index(reached) > order.index(before)
            if not led_on or order.index(step.entry.to) < order.index(reached):
                made = None
    return made.entry if made is not None else None


def already(what: str, entry: TimelineEntry) -> str:
    """That something is recorded, by whom and when, in the words of the timeline."""
    said = f"{what} is recorded already, by {entry.by.name} at {entry.at:%Y-%m-%d %H:%M %Z}"
    told = f"{said}: {entry.text}" if entry.text else said
    return told if told.endswith((".", "!", "?")) else f"{told}."
