"""Entries of edited files that tell of a move or a review which the record does not have."""

from collections.abc import Iterator

from tracker.model.record import BugRecord
from tracker.model.timeline import TimelineEntry
from tracker.workflow.action import Move
from tracker.workflow.as_of import APPROVED, as_of, reviewed
from tracker.workflow.decision import Reason
from tracker.workflow.history import lasting
from tracker.workflow.standing import illegal
from tracker.workflow.telling import positions
from tracker.workflow.trail import Finding, end_of_trail
from tracker.workflow.transitions import TRANSITIONS
from tracker.workflow.verbs import VERBS


def factless_entries(
    record: BugRecord, fresh: tuple[tuple[int, TimelineEntry], ...]
) -> Iterator[Finding]:
    """Moves that say no state which they lead to, and approvals without their review."""
    lasts = {entry.key for entry in lasting(record.timeline)}
    told = {at for _, at in positions(record.timeline, record.reviews, reviewed)}
    for position, entry in fresh:
        if entry.to is not None or entry.key not in lasts:
            continue
        where = ("timeline", position, "action")
        if _always_moves(entry.action):
            yield Finding(reason=_still(record, position, entry.action), where=where)
        elif entry.action in APPROVED and position not in told:
            sentence = f"There is no review by {entry.by.name} at this time: use "
            reason = Reason(gate="review", sentence=f"{sentence}`bugbook {entry.action}`.")
            yield Finding(reason=reason, where=where)


def _always_moves(verb: str) -> bool:
    action = VERBS.get(verb)
    return action is not None and action.moves is Move.moves


def _still(record: BugRecord, position: int, verb: str) -> Reason:
    status = end_of_trail(as_of(record, position))
    row = TRANSITIONS[status].get(verb)
    if row is None and status.is_open:
        return illegal(record, status, verb)
    leads = f"leads to `{row.to}`, which `to` has to say" if row else "moves the bug"
    return Reason(gate="state", sentence=f"`{verb}` {leads}: use `bugbook {verb}`.")
