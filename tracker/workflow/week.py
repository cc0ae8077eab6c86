"""The last seven days in numbers, and what is left: for a digest and for whoever leads."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from statistics import median
from typing import Final
from zoneinfo import ZoneInfo

from tracker.model.policy import Policy
from tracker.model.quiet_hours import Weekday
from tracker.model.record import BugRecord
from tracker.model.severity import Severity
from tracker.workflow.clocks import ClockState, spans, targets
from tracker.workflow.history import verified_at

WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Week:
    """Numbers of the seven days before a moment; ids where people want to look."""

    since: datetime
    reported: tuple[str, ...]
    closed: tuple[str, ...]
    open: tuple[tuple[Severity | None, int], ...]
    """By severity, the worst first; what nobody judged comes first of all."""
    breached: tuple[str, ...]
    """Open bugs with a target that is missed."""
    overdue_actions: int
    postmortems_missing: tuple[str, ...]
    median_resolve: timedelta | None
    """From the report to the verified fix, of those verified in the week."""


def week(records: Iterable[BugRecord], policy: Policy, now: datetime) -> Week:
    """Count the bugs that are unfinished or changed within the week; others do not matter."""
    since = now - WEEK
    known = tuple(records)
    still_open = [record for record in known if record.status.is_open]
    counted = Counter(record.severity for record in still_open)
    return Week(
        since=since,
        reported=tuple(each.id for each in known if each.reported.at >= since),
        closed=tuple(
            each.id for each in known if each.resolution is not None and each.resolution.at >= since
        ),
        open=tuple((level, counted[level]) for level in (None, *Severity) if counted[level]),
        breached=tuple(each.id for each in still_open if _is_breached(each, policy, now)),
        overdue_actions=sum(_overdue_actions(each, now) for each in known),
        postmortems_missing=tuple(
            each.id for each in still_open if _lacks_postmortem(each, policy)
        ),
        median_resolve=_median_resolve(known, since),
    )


def digest_due(policy: Policy, now: datetime) -> datetime | None:
    """The newest moment at which the week is told; none where the policy wants none."""
    wanted = policy.weekly_digest
    if wanted.weekday is None:
        return None
    zone = ZoneInfo(policy.quiet_hours.time_zone)
    today = now.astimezone(zone).date()
    back = (today.weekday() - tuple(Weekday).index(wanted.weekday)) % 7
    for days in (back, back + 7):
        at = datetime.combine(
            today - timedelta(days=days), time.fromisoformat(wanted.at), tzinfo=zone
        ).astimezone(UTC)
        if at <= now:
            return at
    return None


def _is_breached(record: BugRecord, policy: Policy, now: datetime) -> bool:
    return any(each.state is ClockState.BREACHED for each in targets(record, policy, now))


def _overdue_actions(record: BugRecord, now: datetime) -> int:
    open_items = (item for item in record.actions if item.done_at is None and item.due)
    return sum(1 for item in open_items if item.due is not None and item.due < now.date())


def _lacks_postmortem(record: BugRecord, policy: Policy) -> bool:
    asked = record.severity is not None and policy.rule(record.severity).postmortem
    published = record.postmortem is not None and record.postmortem.published
    return asked and not published and verified_at(record) is not None


def _median_resolve(records: tuple[BugRecord, ...], since: datetime) -> timedelta | None:
    took = [
        span
        for record in records
        if (at := verified_at(record)) is not None
        and at >= since
        and (span := spans(record).resolve) is not None
    ]
    return timedelta(seconds=median(span.total_seconds() for span in took)) if took else None
