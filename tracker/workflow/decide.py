"""The one judge: every door asks `decide`, and nothing else, whether an action may happen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tracker.model.person import Person
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.model.status import Status
from tracker.model.timeline import TimelineEntry, item_key
from tracker.model.waiver import Relaxation
from tracker.workflow.action import Action
from tracker.workflow.actions.exceptions import UndoMove
from tracker.workflow.actions.report import ReportBug
from tracker.workflow.context import Context
from tracker.workflow.decision import NOTHING, Accepted, Decision, Reason, Refused
from tracker.workflow.history import last_move
from tracker.workflow.hotfix_order import TAKEN
from tracker.workflow.moments import disorder, future_moments
from tracker.workflow.remedies import with_remedies
from tracker.workflow.standing import (
    bug_is_open,
    illegal,
    moves_are_in_order,
    role_is_held,
    time_is_past,
)
from tracker.workflow.trail import Finding
from tracker.workflow.transitions import TRANSITIONS, Transition

_SUBJECT = 100  # characters; a commit subject is a line to skim


def decide(
    record: BugRecord | None, action: Action, actor: Person, policy: Policy, now: datetime
) -> Decision:
    """Whether an action may happen, and the record that it leads to.

    ``record`` is ``None`` only for a report, whose number the caller has filled in. Pure: the
    same arguments give the same answer, which is why it can be asked again after a lost push.
    """
    context = Context(actor=actor, policy=policy, now=now, at=action.at or now)
    return decide_in(record, action, context)


def decide_in(record: BugRecord | None, action: Action, context: Context) -> Decision:
    """The same, by somebody who knows more than the record: the other bugs, or its past."""
    if isinstance(action, ReportBug):
        return _report(record, action, context)
    if record is None:
        message = "Only a report needs no record."
        raise ValueError(message)
    reasons = [*_standing(record, action, context), *action.conditions(record, context)]
    candidate = action.apply(record, context)
    reasons.extend(_wrong_times(record, candidate, context))
    walk = _walk(record.status, candidate, action, context)
    if not any(reason.gate == TAKEN for reason in reasons):
        reasons.extend(walk.unmet)
    if not (reasons or walk.trail or action.event(candidate, context)):
        reasons.extend(_nothing_new(record, candidate, action))
    if reasons:
        told = with_remedies(dict.fromkeys(reasons), action.verb, record, context)
        return Refused(reasons=told)
    return _accepted(candidate, action, context, walk)


@dataclass(frozen=True, kw_only=True)
class _Walk:
    """Moves made, each with the state it leads to; what they lack; what the policy forgives."""

    trail: tuple[tuple[str, Status], ...] = ()
    unmet: tuple[Reason, ...] = ()
    relaxed: tuple[Relaxation, ...] = ()


def _report(record: BugRecord | None, action: ReportBug, context: Context) -> Decision:
    if record is not None:
        sentence = f"{record.id} exists already: choose another number, or none."
        return Refused(reasons=(Reason(gate="id", sentence=sentence, field="id"),))
    candidate = action.create(context)
    if reasons := (*time_is_past(action.verb, context), *_wrong_times(None, candidate, context)):
        return Refused(reasons=reasons)
    return _accepted(candidate, action, context, _Walk(trail=(("report", Status.REPORTED),)))


def _standing(record: BugRecord, action: Action, context: Context) -> Iterable[Reason]:
    """Conditions on any action: its time, the actor's role, the bug being open."""
    yield from time_is_past(action.verb, context)
    yield from role_is_held(action.verb, context)
    yield from bug_is_open(record, record.status, action.verb, closed_too=action.closed_too)


def _nothing_new(record: BugRecord, candidate: BugRecord, action: Action) -> Iterable[Reason]:
    """An edit that no entry tells changes something else; else it would be a commit of nothing."""
    if not action.model_dump(exclude={"at"}, exclude_defaults=True):
        sentence = f"`{action.verb}` was given nothing to record: say what is to be recorded."
        yield Reason(gate=NOTHING, sentence=sentence)
    elif candidate == record:
        sentence = f"{record.id} holds all of this already: nothing is left to record."
        yield Reason(gate=NOTHING, sentence=sentence)


def _wrong_times(old: BugRecord | None, new: BugRecord, context: Context) -> Iterable[Reason]:
    """Times that the action brings in and that cannot be; the action's own is judged alone."""
    now = max(context.now, context.at)
    before = {found.reason for found in _time_faults(old, now)} if old else set()
    return (found.reason for found in _time_faults(new, now) if found.reason not in before)


def _time_faults(record: BugRecord, now: datetime) -> Iterable[Finding]:
    yield from future_moments(record, now)
    yield from disorder(record)


def _walk(status: Status, candidate: BugRecord, action: Action, context: Context) -> _Walk:
    """Go through the action's rows of the table; an undone move goes back the way it came."""
    verbs = action.moves(candidate, context)
    moves_at_all = bool(verbs) or isinstance(action, UndoMove)
    previous = last_move(candidate)
    early = tuple(moves_are_in_order(previous, action.verb, context.at)) if moves_at_all else ()
    if isinstance(action, UndoMove):
        return _Walk(trail=((action.verb, candidate.status),), unmet=early)
    walk = _Walk(unmet=early)
    for verb in verbs:
        transition = TRANSITIONS[status].get(verb)
        if transition is None:
            return _Walk(unmet=(illegal(candidate, status, action.verb),) if status.is_open else ())
        status = transition.to
        walk = _Walk(
            trail=(*walk.trail, (verb, status)),
            unmet=(*walk.unmet, *transition.unmet(candidate, context)),
            relaxed=(*walk.relaxed, *_relaxed(verb, transition, candidate, context)),
        )
    return walk


def _relaxed(
    verb: str, transition: Transition, candidate: BugRecord, context: Context
) -> Iterable[Relaxation]:
    for gate in transition.relaxed(candidate, context):
        reason = context.policy.relaxations[gate]
        yield Relaxation(gate=gate, reason=reason, move=verb, at=context.at)


def _accepted(candidate: BugRecord, action: Action, context: Context, walk: _Walk) -> Accepted:
    event = action.event(candidate, context)
    entries: list[TimelineEntry] = []
    if event is not None and not walk.trail:
        entries.append(_entry(candidate, action, context, event, (action.verb, None)))
    for position, (verb, to) in enumerate(walk.trail):
        text = event if position == 0 and event is not None else f"Moved on to {to.words}."
        named = action.verb if position == 0 else verb
        entries.append(_entry(candidate, action, context, text, (named, to)))
    record = candidate.model_copy(
        update={
            "status": walk.trail[-1][1] if walk.trail else candidate.status,
            "policy": context.policy.version if walk.trail else candidate.policy,
            "relaxations": (*candidate.relaxations, *walk.relaxed),
            "timeline": (*candidate.timeline, *entries),
        }
    )
    return Accepted(record=record, entries=tuple(entries), subject=_skimmed(action.subject(record)))


def _skimmed(subject: str) -> str:
    return subject if len(subject) <= _SUBJECT else f"{subject[: _SUBJECT - 1].rstrip()}…"


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
        undoes=action.undoes(record, context),
    )
