"""What one record gives to numbers about many: its clocks, and what became of it."""

from datetime import UTC, datetime
from typing import TypeAlias

from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.model.status import Status
from tracker.workflow.clocks import clocks_of, earlier_fixes, limits_of, spans
from tracker.workflow.counted import Counted, Facts, counted
from tracker.workflow.current_documents import current_postmortem
from tracker.workflow.history import lasting

Measured: TypeAlias = Counted[BugRecord]
"""What one record gives to the numbers; it is read off the record once."""


def measured(record: BugRecord, policy: Policy, now: datetime) -> Measured:
    """What a record gives to the numbers at a moment."""
    return counted(record, facts_of(record), limits_of(policy), now)


def facts_of(record: BugRecord) -> Facts:
    """What does not depend on the policy or the moment."""
    life = lasting(record.timeline)
    reopened = any(entry.action == "reopen" for entry in life)
    closed = reopened or any(entry.to is Status.CLOSED for entry in life)
    return Facts(
        month=f"{reported_at(record):%Y-%m}",
        spans=spans(record),
        clocks=tuple(clocks_of(record)),
        earlier_fixes=tuple(earlier_fixes(record)) if reopened else (),
        reopened=reopened if closed else None,
        has_postmortem=bool(current_postmortem(record)),
    )


def reported_at(record: BugRecord) -> datetime:
    """When it was reported, in UTC."""
    return record.reported.at.astimezone(UTC)
