"""The one judge: every door asks `decide`, and nothing else, whether an action may happen."""

from collections.abc import Iterable
from datetime import datetime

from tracker.model.person import Person
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.model.status import Status
from tracker.model.timeline import TimelineEntry, item_key
from tracker.workflow.action import Action
from tracker.workflow.actions.report import ReportBug
from tracker.workflow.context import Context
from tracker.workflow.decision import Accepted, Decision, Reason, Refused
from tracker.workflow.history import last_move
from tracker.workflow.moments import disorder, future_moments
from tracker.workflow.standing import (
    bug_is_open,
    illegal,
    moves_are_in_order,
    role_is_held,
    time_is_past,
)
from tracker.workflow.trail import Finding
from tracker.workflow.transitions import TRANSITIONS

_SUBJECT = 100  # characters; a commit subject is a line to skim


def decide(
    record: BugRecord | None, action: Action, actor: Person, policy: Policy, now: datetime
) -> Decision:
    """Whether an action may happen, and the record that it leads to.

    ``record`` is ``None`` only for a report, whose number the caller has filled in. Pure: the
    same arguments give the same answer, which is why it can be asked again after a lost push.
    """
    context = Context(actor=actor, policy=policy, now=now, at=action.at or now)
    if isinstance(action, ReportBug):
        return _report(record, action, context)
    if record is None:
        message = "Only a report needs no record."
        raise ValueError(message)
    reasons = [*_standing(record, action, context), *action.conditions(record, context)]
    candidate = action.apply(record, context)
    reasons.extend(_wrong_times(record, candidate, context))
    trail, unmet = _walk(record.status, candidate, action, context)
    reasons.extend(unmet)
    if reasons:
        return Refused(reasons=tuple(dict.fromkeys(reasons)))
    return _accepted(candidate, action, context, trail)


def _report(record: BugRecord | None, action: ReportBug, context: Context) -> Decision:
    if record is not None:
        sentence = f"{record.id} exists already: choose another number, or none."
        return Refused(reasons=(Reason(gate="id", sentence=sentence, field="id"),))
    candidate = action.create(context)
    if reasons := (*time_is_past(action.verb, context), *_wrong_times(None, candidate, context)):
        return Refused(reasons=reasons)
    return _accepted(candidate, action, context, (("report", Status.REPORTED),))


def _standing(record: BugRecord, action: Action, context: Context) -> Iterable[Reason]:
    """Conditions on any action: its time, the actor's role, the bug being open."""
    yield from time_is_past(action.verb, context)
    yield from role_is_held(action.verb, context)
    yield from bug_is_open(record.id, record.status, action.verb, closed_too=action.closed_too)


def _wrong_times(old: BugRecord | None, new: BugRecord, context: Context) -> Iterable[Reason]:
    """Times that the action brings in and that cannot be; the action's own is judged alone."""
    now = max(context.now, context.at)
    before = {found.reason for found in _time_faults(old, now)} if old else set()
    return (found.reason for found in _time_faults(new, now) if found.reason not in before)


def _time_faults(record: BugRecord, now: datetime) -> Iterable[Finding]:
    yield from future_moments(record, now)
    yield from disorder(record)


def _walk(
    status: Status, candidate: BugRecord, action: Action, context: Context
) -> tuple[tuple[tuple[str, Status], ...], tuple[Reason, ...]]:
    """Go through the action's rows of the table: the moves made, and what is missing for them."""
    trail: list[tuple[str, Status]] = []
    verbs = action.moves(candidate, context)
    previous = last_move(candidate)
    unmet = list(moves_are_in_order(previous, action.verb, context.at)) if verbs else []
    for verb in verbs:
        transition = TRANSITIONS[status].get(verb)
        if transition is None:
            return (), () if not status.is_open else (illegal(candidate, status, verb),)
        unmet.extend(transition.unmet(candidate, context))
        status = transition.to
        trail.append((verb, status))
    return tuple(trail), tuple(unmet)


def _accepted(
    candidate: BugRecord, action: Action, context: Context, trail: tuple[tuple[str, Status], ...]
) -> Accepted:
    event = action.event(candidate, context)
    entries: list[TimelineEntry] = []
    if event is not None and not trail:
        entries.append(_entry(candidate, action, context, event, (action.verb, None)))
    for position, (verb, to) in enumerate(trail):
        text = event if position == 0 and event is not None else f"Moved on to {to.words}."
        named = action.verb if position == 0 else verb
        entries.append(_entry(candidate, action, context, text, (named, to)))
    status = trail[-1][1] if trail else candidate.status
    record = candidate.model_copy(
        update={"status": status, "timeline": (*candidate.timeline, *entries)}
    )
    return Accepted(
        record=record, entries=tuple(entries), subject=action.subject(record)[:_SUBJECT]
    )


def _entry(
    record: BugRecord,
    action: Action,
    context: Context,
    text: str,
    move: tuple[str, Status | None],
) -> TimelineEntry:
    verb, to = move
    return TimelineEntry(
        key=item_key(record.id, context.at, context.actor.email, verb, text, len(record.timeline)),
        at=context.at,
        by=context.actor,
        action=verb,
        to=to,
        text=text,
        source=action.origin(),
    )
