"""Entries of edited files that tell of a move, review or deployment that the record lacks."""

from collections.abc import Iterator

from tracker.model.record import BugRecord
from tracker.model.timeline import TimelineEntry
from tracker.workflow.action import Move
from tracker.workflow.as_of import APPROVED, DEPLOYED, as_of, deployed, reviewed, rolled_back
from tracker.workflow.decision import Reason
from tracker.workflow.history import lasting, production_deployment
from tracker.workflow.standing import illegal
from tracker.workflow.telling import positions
from tracker.workflow.trail import Finding, end_of_trail, trail
from tracker.workflow.transitions import TRANSITIONS
from tracker.workflow.verbs import VERBS


def factless_entries(
    record: BugRecord, fresh: tuple[tuple[int, TimelineEntry], ...]
) -> Iterator[Finding]:
    """Moves that say no state which they lead to; approvals, deployments, roll backs of nothing."""
    lasts = {entry.key for entry in lasting(record.timeline)}
    told = {at for _, at in positions(record.timeline, record.reviews, reviewed)}
    for position, entry in fresh:
        if entry.key not in lasts:
            continue
        if entry.to is not None:
            yield from _undeployed(record, position)
            continue
        where = ("timeline", position, "action")
        if _always_moves(entry.action):
            yield Finding(reason=_still(record, position, entry.action), where=where)
        elif entry.action in APPROVED and position not in told:
            sentence = f"There is no review by {entry.by.name} at this time: use "
            reason = Reason(gate="review", sentence=f"{sentence}`bugbook {entry.action}`.")
            yield Finding(reason=reason, where=where)


def _undeployed(record: BugRecord, position: int) -> Iterator[Finding]:
    """A deployment that is not in the record, or one that was rolled back and still stands there.

    Else what was seen of the fix before would count for this one.
    """
    entry = record.timeline[position]
    if entry.action in DEPLOYED:
        told = positions(record.timeline, record.deployments, deployed)
        sentence = "There is no deployment at this time: use "
    elif entry.action == "roll-back" and production_deployment(as_of(record, position - 1)):
        gone = tuple(each for each in record.deployments if each.rolled_back_at)
        told = positions(record.timeline, gone, rolled_back)
        sentence = "No deployment is rolled back at this time: use "
    else:
        return
    possible = {step.position for step in trail(record) if step.row is not None}
    if position in possible.difference(at for _, at in told):
        reason = Reason(gate="deployment", sentence=f"{sentence}`bugbook {entry.action}`.")
        yield Finding(reason=reason, where=("timeline", position, "action"))


def _always_moves(verb: str) -> bool:
    action = VERBS.get(verb)
    return action is not None and action.moves is Move.moves


def _still(record: BugRecord, position: int, verb: str) -> Reason:
    then = record.model_copy(update={"timeline": record.timeline[:position]})
    status = end_of_trail(then)
    row = TRANSITIONS[status].get(verb)
    if row is None and status.is_open:
        return illegal(then, status, verb)
    leads = f"leads to `{row.to}`, which `to` has to say" if row else "moves the bug"
    return Reason(gate="state", sentence=f"`{verb}` {leads}: use `bugbook {verb}`.")
