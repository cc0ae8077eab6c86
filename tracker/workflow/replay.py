"""Whether the rules would have let a record become what it is: the judge of edited files."""

from collections import deque
from collections.abc import Iterator
from datetime import datetime

from tracker.model.documents import ResolutionKind
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.model.status import Status
from tracker.model.timeline import TimelineEntry
from tracker.workflow.as_of import as_of, reviewed
from tracker.workflow.concessions import binding
from tracker.workflow.consent import consent_faults
from tracker.workflow.consistency import triage_faults
from tracker.workflow.context import Context
from tracker.workflow.copies import copies
from tracker.workflow.decision import Reason
from tracker.workflow.exception_faults import undo_faults, waiver_faults
from tracker.workflow.factless_entries import factless_entries
from tracker.workflow.gates.fix import nobody_approves_their_own_fix
from tracker.workflow.history import lasting
from tracker.workflow.hotfix_faults import hotfix_faults
from tracker.workflow.standing import bug_is_open, role_is_held
from tracker.workflow.telling import positions
from tracker.workflow.track_faults import track_faults
from tracker.workflow.trail import ENDINGS, Finding, end_of_trail, trail
from tracker.workflow.transitions import TRANSITIONS, Transition, allowed
from tracker.workflow.verbs import VERBS
from tracker.workflow.watching import watching_faults


def replay(
    old: BugRecord | None, new: BugRecord, policy: Policy, now: datetime
) -> tuple[Finding, ...]:
    """Every condition that what was added between two versions does not meet.

    Each new move is judged by its row's gates, on the record as it stood at that moment.
    """
    known = {entry.key for entry in old.timeline} if old else set()
    fresh = tuple(each for each in enumerate(new.timeline) if each[1].key not in known)
    return (
        *_unmet_gates(new, {position for position, _ in fresh}, policy, now),
        *factless_entries(new, fresh),
        *watching_faults(old, new, fresh),
        *copies(old, new),
        *(found for position, entry in fresh for found in _standing(new, position, entry, policy)),
        *triage_faults(old, new, policy),
        *_own_approvals(old, new, policy),
        *hotfix_faults(old, new, {position for position, _ in fresh}),
        *track_faults(old, new, tuple(entry for _, entry in fresh)),
        *consent_faults(old, new),
        *waiver_faults(old, new, policy),
        *undo_faults(old, new, policy),
    )


def unexplained_status(record: BugRecord, policy: Policy, now: datetime) -> tuple[Finding, ...]:
    """What is missing for a status that the timeline's last move does not lead to."""
    told = end_of_trail(record)
    if told is record.status:
        return ()
    rows = _way(told, record)
    context = Context(actor=record.reported.by, policy=policy, now=now, at=now)
    reasons = [_no_move(record, told, rows)]
    reasons.extend(reason for _, row in rows for reason in row.unmet(record, context))
    return tuple(Finding(reason=reason, where=("status",)) for reason in dict.fromkeys(reasons))


def _unmet_gates(
    record: BugRecord, fresh: set[int], policy: Policy, now: datetime
) -> Iterator[Finding]:
    lasts = {entry.key for entry in lasting(record.timeline)}  # an undone move has no effect
    for step in trail(record):
        if step.position not in fresh or step.row is None or step.entry.key not in lasts:
            continue
        context = Context(actor=step.entry.by, policy=policy, now=now, at=step.entry.at)
        for reason in step.row.unmet(as_of(record, step.position), context):
            yield Finding(reason=reason, where=("timeline", step.position))


def _standing(
    record: BugRecord, position: int, entry: TimelineEntry, policy: Policy
) -> Iterator[Finding]:
    """The role that a command asks for, and a bug that is open, for what is no move."""
    context = Context(actor=entry.by, policy=policy, now=entry.at, at=entry.at)
    for reason in role_is_held(entry.action, context):
        yield Finding(reason=reason, where=("timeline", position, "by"))
    action = VERBS.get(entry.action)
    if entry.to is None and action is not None:
        then = as_of(record, position)
        status = end_of_trail(then)
        for reason in bug_is_open(then, status, action.verb, closed_too=action.closed_too):
            yield Finding(reason=reason, where=("timeline", position, "action"))


def _own_approvals(old: BugRecord | None, new: BugRecord, policy: Policy) -> Iterator[Finding]:
    known = old.reviews if old else ()
    told = positions(new.timeline, new.reviews, reviewed)
    for index, (review, position) in enumerate(told):
        at = _latest(new, review.at) if position is None else position
        if review in known or at is None:
            continue
        then = as_of(new, at).model_copy(update={"reviews": (review,)})
        context = Context(actor=review.by, policy=policy, now=review.at, at=review.at)
        for reason in binding(nobody_approves_their_own_fix(then, context), then, context):
            yield Finding(reason=reason, where=("reviews", index, "by"))


def _latest(record: BugRecord, moment: datetime) -> int | None:
    """The position of the last entry until a moment, for what no entry tells."""
    before = (at for at, entry in enumerate(record.timeline) if entry.at <= moment)
    return max(before, default=None)


def _no_move(record: BugRecord, told: Status, rows: tuple[tuple[str, Transition], ...]) -> Reason:
    if not rows:
        choices = ", ".join(f"`{choice}`" for choice in allowed(told))
        sentence = (
            f"{record.id} stands at `{told.words}`, from where no move leads to "
            f"`{record.status.words}`: go on with {choices}."
        )
        return Reason(gate="state", sentence=sentence, remedy=allowed(told)[0])
    verbs = ", then ".join(f"`{verb}`" for verb, _ in rows)
    sentence = (
        f"The status is `{record.status.words}`, and the timeline ends at `{told.words}`: "
        f"use {verbs}, which records the move."
    )
    return Reason(gate="state", sentence=sentence, remedy=rows[0][0])


def _way(start: Status, record: BugRecord) -> tuple[tuple[str, Transition], ...]:
    """The shortest way through the table; only a closed bug goes on from being closed."""
    ways: deque[tuple[Status, tuple[tuple[str, Transition], ...]]] = deque([(start, ())])
    seen = {start}
    while ways:
        status, way = ways.popleft()
        if status is record.status:
            return way
        if status is Status.CLOSED and way:
            continue
        for verb, row in TRANSITIONS[status].items():
            if row.to not in seen and _may_end(verb, record):
                seen.add(row.to)
                ways.append((row.to, (*way, (verb, row))))
    return ()


def _may_end(verb: str, record: BugRecord) -> bool:
    """Whether a closing move fits the resolution; without one, the usual end is meant."""
    kind = record.resolution.kind if record.resolution else ResolutionKind.FIXED
    return ENDINGS.get(verb, kind) is kind
