"""The things that a bug's people are reminded of while it is open."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from tracker.model.escalation import Until
from tracker.model.moment import in_utc
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.model.severity import Severity
from tracker.model.status import Status
from tracker.workflow.actions.incident import COMMANDER, holder_of
from tracker.workflow.as_of import handed_in
from tracker.workflow.clocks import Target, settled_at, shifted, targets, triaged_at
from tracker.workflow.escalation import EscalationState, escalations
from tracker.workflow.mitigation import mitigated_at
from tracker.workflow.reminder_follow_ups import action_items, follow_ups
from tracker.workflow.reminder_thread import Moment, Thread, fixed, owners, turning, with_span

_LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)
_CLOCK_VERBS = {"Response": "triage", "Fix": None, "Release notes": "release-notes"}
_ENDS_CALLS = {
    Until.TRIAGED: "triage",
    Until.ASSIGNED: "assign",
    Until.MITIGATED: "mitigate",
    Until.RESOLVED: None,
}


def threads(record: BugRecord, policy: Policy) -> tuple[Thread, ...]:
    """All that the people of a bug are to be reminded of; of a closed one its action items only."""
    if not record.status.is_open:
        return tuple(action_items(record, policy))
    return (
        *_triage(record, policy),
        *_clocks(record, policy),
        *_escalations(record, policy),
        *_missing_lead(record, policy),
        *_status_updates(record, policy),
        *_waiting_review(record, policy),
        *follow_ups(record, policy),
        *action_items(record, policy),
    )


def _triage(record: BugRecord, policy: Policy) -> Iterator[Thread]:
    """A bug that nobody has judged may be the worst there is, so it is told once as if it were.

    What is told again waits for the morning.
    """
    if record.severity is None:
        worst, usual = policy.rule(Severity.P0), policy.rule(Severity.P2)
        reported = record.reported.at
        words = with_span("Nobody has judged it for {span}: triage it.", reported)
        yield Thread(
            topic="triage",
            begin=(Moment(at=shifted(reported, worst.respond_within), words=words),),
            again_after=usual.respond_within,
            verb="triage",
            role="responder",
            wakes=Severity.P0 in policy.quiet_hours.except_for,
        )


def _clocks(record: BugRecord, policy: Policy) -> Iterator[Thread]:
    """Targets at risk, then breached, then breached still."""
    for target in targets(record, policy, record.reported.at):
        if target.done is not None:
            continue
        yield Thread(
            topic=target.name.lower().replace(" ", "-"),
            begin=_at_risk_and_breached(record, target, policy),
            again_after=policy.reminders.again_after,
            verb=_CLOCK_VERBS.get(target.name),
            people=owners(record),
        )


def _at_risk_and_breached(
    record: BugRecord, target: Target, policy: Policy
) -> tuple[Moment, Moment]:
    span = _span(record, target, policy)
    risky = shifted(target.due, -(1 - policy.at_risk_from) * span)
    due = f"{target.due:%Y-%m-%d %H:%M %Z}"
    named = f"{target.name} {'are' if target.name.endswith('s') else 'is'}"
    left = with_span(f"{named} at risk: {{span}} are left until {due}.", target.due)
    words = turning(target.due, left, f"{named} overdue since {due}.")
    return Moment(at=risky, words=words), Moment(at=target.due, words=words)


def _span(record: BugRecord, target: Target, policy: Policy) -> timedelta:
    """How long the whole target is; the fix of a reopened bug counts from the reopening."""
    rule = policy.rule(record.severity)
    if target.name == "Response":
        return rule.respond_within
    if target.name == "Fix":
        return rule.fix_within or timedelta(0)
    return rule.release_notes_within or timedelta(hours=2)


def _escalations(record: BugRecord, policy: Policy) -> Iterator[Thread]:
    """Each step of the path that nothing has made needless; see `escalation.py`."""
    is_outage = record.severity is None
    nobody = "Production is down, and nobody has" if is_outage else "Nobody has"
    for step in escalations(record, policy, _LONG_AGO):
        if step.state not in (EscalationState.WAITING, EscalationState.DUE):
            continue
        unless = step.step.unless
        lacking = "taken" if unless is Until.ASSIGNED else unless.value
        yield Thread(
            topic="escalation",
            item=step.key.replace(":", ""),
            begin=(Moment(at=step.due, words=fixed(f"{nobody} {lacking} it yet")),),
            verb="triage" if is_outage else _ENDS_CALLS[unless],
            people=owners(record),
            role=step.step.role,
            urgent=True,
            loud=True,
            called=step.step.to,
        )


def _missing_lead(record: BugRecord, policy: Policy) -> Iterator[Thread]:
    """A bug that is worth a room of its own needs somebody who leads."""
    triaged = triaged_at(record)
    room = record.severity is not None and policy.rule(record.severity).incident_channel
    if not room or triaged is None or settled_at(record) is not None:
        return
    if record.assignment is None and holder_of(record, COMMANDER) is None:
        yield Thread(
            topic="lead",
            begin=(
                Moment(
                    at=shifted(triaged, policy.reminders.lead_within),
                    words=fixed("Nobody leads the response: take the role of the commander."),
                ),
            ),
            again_after=policy.reminders.lead_within,
            verb="take-role",
            role="lead",
            urgent=True,
        )


def _status_updates(record: BugRecord, policy: Policy) -> Iterator[Thread]:
    """Stakeholders hear how it stands while the trouble lasts; each update starts the span anew."""
    every = policy.rule(record.severity).status_update_every if record.severity else None
    triaged = triaged_at(record)
    if every is None or triaged is None:
        return
    if mitigated_at(record, policy) is not None:
        return
    since = max((triaged, *(told.at for told in record.communication)), key=in_utc)
    commander, scribe = holder_of(record, COMMANDER), holder_of(record, "communications")
    named = scribe or commander
    words = with_span("Stakeholders have heard nothing for {span}: send a status update.", since)
    yield Thread(
        topic="status-update",
        begin=(Moment(at=shifted(since, every), words=words),),
        again_after=every,
        verb="communicate",
        people=(named,) if named else owners(record),
    )


def _waiting_review(record: BugRecord, policy: Policy) -> Iterator[Thread]:
    """An expedited review has a target of its own."""
    within = policy.rule(record.severity).review_within if record.severity else None
    fix = handed_in(record.timeline)
    if record.status is Status.CODE_REVIEW and within is not None and fix is not None:
        words = with_span("The fix waits for its review for {span}.", fix.at)
        yield Thread(
            topic="review",
            begin=(Moment(at=shifted(fix.at, within), words=words),),
            again_after=max(within, timedelta(hours=1)),
            verb="approve",
            role="senior" if policy.rule(record.severity).senior_approval else None,
        )
