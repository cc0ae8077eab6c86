"""Who is called next while nobody takes a bug: a pure function of record, policy and now."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tracker.model.escalation import EscalationStep, Until
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.model.report import Level
from tracker.model.severity import Severity
from tracker.workflow.clocks import settled_at, shifted, triaged_at
from tracker.workflow.history import first, reopened_at
from tracker.workflow.mitigation import mitigated_at


class EscalationState(StrEnum):
    """How a step stands."""

    WAITING = "waiting"
    DUE = "due"
    PASSED = "passed"
    SPARED = "spared"


@dataclass(frozen=True, kw_only=True)
class Escalation:
    """One step of the path for one bug."""

    step: EscalationStep
    due: datetime
    state: EscalationState
    """`due` from its time on, until what makes it needless happens: then `passed`, or `spared`."""

    @property
    def key(self) -> str:
        """Keeps this call apart from all others of the bug; a new severity makes it another one."""
        return f"{self.step.to}@{self.due.isoformat()}"


def escalations(record: BugRecord, policy: Policy, now: datetime) -> tuple[Escalation, ...]:
    """The path of the severity in force, in the order of the policy.

    Time counts from the report; after a change of the severity, or after a reopening, from then
    on, so that an old bug that turns out to be worse does not call everybody at once. A bug
    without a severity escalates to nobody, unless production is down, and a closed one never.
    """
    severity = reckoned_severity(record)
    if severity is None or not record.status.is_open:
        return ()
    since = escalated_since(record)
    return tuple(
        _escalation(step, record, policy, since, now)
        for step in policy.rule(severity).escalation
        if not step.business_critical or record.impact.business is Level.CRITICAL
    )


def reckoned_severity(record: BugRecord) -> Severity | None:
    """The severity in force; until one is given, the worst where production is reported down."""
    reported_down = Severity.P0 if record.report.production_down else None
    return record.severity or reported_down


def escalated_since(record: BugRecord) -> datetime:
    """From when the path of the severity in force counts."""
    moments = [record.reported.at]
    if record.triage is not None:
        changes = record.triage.changes[1:]
        moments.extend(change.at for change in changes if change.before is not change.after)
    if reopened := reopened_at(record):
        moments.append(reopened)
    return max(moments)


def _escalation(
    step: EscalationStep, record: BugRecord, policy: Policy, since: datetime, now: datetime
) -> Escalation:
    due = shifted(since, step.after)
    settled = _settled(step.unless, record, policy)
    if settled is not None:
        state = EscalationState.SPARED if settled <= due else EscalationState.PASSED
    else:
        state = EscalationState.DUE if now >= due else EscalationState.WAITING
    return Escalation(step=step, due=due, state=state)


def _settled(until: Until, record: BugRecord, policy: Policy) -> datetime | None:
    """When that happened which makes a step needless; since the reopening, if there was one."""
    match until:
        case Until.TRIAGED:
            return triaged_at(record)
        case Until.ASSIGNED:
            written = record.assignment.at if record.assignment else None
            return first(record, "assign") or written
        case Until.MITIGATED:
            return mitigated_at(record, policy)
        case Until.RESOLVED:
            return settled_at(record)
