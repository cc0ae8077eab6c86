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
from tracker.model.severity import Severity
from tracker.workflow.clocks import limits_of
from tracker.workflow.outline import Outline
from tracker.workflow.target import ClockState, Limits, targets_of

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


def week(bugs: Iterable[Outline], policy: Policy, now: datetime) -> Week:
    """Count the bugs that are unfinished or turned within the week; others do not matter."""
    since, limits = now - WEEK, limits_of(policy)
    known = tuple(bugs)
    still_open = [bug for bug in known if bug.status.is_open]
    counted = Counter(bug.severity for bug in still_open)
    return Week(
        since=since,
        reported=tuple(bug.id for bug in known if bug.reported_at >= since),
        closed=tuple(
            bug.id for bug in known if bug.closed_at is not None and bug.closed_at >= since
        ),
        open=tuple((level, counted[level]) for level in (None, *Severity) if counted[level]),
        breached=tuple(bug.id for bug in still_open if _is_breached(bug, limits, now)),
        overdue_actions=sum(_overdue_actions(bug, now) for bug in known),
        postmortems_missing=tuple(bug.id for bug in still_open if _lacks_postmortem(bug, limits)),
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


def _is_breached(bug: Outline, limits: Limits, now: datetime) -> bool:
    return any(each.state is ClockState.BREACHED for each in targets_of(bug.clocks, limits, now))


def _overdue_actions(bug: Outline, now: datetime) -> int:
    return sum(1 for item in bug.actions if item.due is not None and item.due < now.date())


def _lacks_postmortem(bug: Outline, limits: Limits) -> bool:
    asked = bug.severity in limits.postmortem
    return asked and not bug.has_postmortem and bug.verified_at is not None


def _median_resolve(bugs: tuple[Outline, ...], since: datetime) -> timedelta | None:
    took = [
        bug.resolve
        for bug in bugs
        if bug.verified_at is not None and bug.verified_at >= since and bug.resolve is not None
    ]
    return timedelta(seconds=median(span.total_seconds() for span in took)) if took else None
