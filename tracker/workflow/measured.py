"""What one bug gives to numbers about many: its clocks, and what became of it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.model.status import Status
from tracker.workflow.clocks import ClockState, Spans, spans, targets
from tracker.workflow.history import lasting


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What one bug gives to the numbers; it is read off the record once."""

    bug: BugRecord
    spans: Spans
    targets: tuple[tuple[str, ClockState], ...]
    reopened: bool | None
    """``None`` where the bug was never closed."""
    lacks_postmortem: bool | None
    """``None`` where none is asked for."""

    @property
    def month(self) -> str:
        """The month of the report in UTC: ``2026-03``."""
        return f"{reported_at(self.bug):%Y-%m}"


def measured(record: BugRecord, policy: Policy, now: datetime) -> Measured:
    """What a bug gives to the numbers at a moment."""
    life = lasting(record.timeline)
    reopened = any(entry.action == "reopen" for entry in life)
    closed = reopened or any(entry.to is Status.CLOSED for entry in life)
    asked = (
        record.severity is not None
        and policy.rule(record.severity).postmortem
        and record.status in {Status.VERIFIED, Status.CLOSED}
    )
    written = record.postmortem is not None and bool(record.postmortem.published)
    return Measured(
        bug=record,
        spans=spans(record),
        targets=tuple((each.name, each.state) for each in targets(record, policy, now)),
        reopened=reopened if closed else None,
        lacks_postmortem=not written if asked else None,
    )


def reported_at(record: BugRecord) -> datetime:
    """When it was reported, in UTC."""
    return record.reported.at.astimezone(UTC)
