"""When a reminder may be sent: at once, or after the night and the days off."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tracker.model.policy import Policy
from tracker.model.quiet_hours import QuietHours, Weekday
from tracker.model.severity import Severity

_WEEK = 8  # days after which every weekday has come


def loud_from(policy: Policy, severity: Severity | None, at: datetime) -> datetime:
    """The first moment from `at` on at which a reminder of this severity may be sent."""
    hours = policy.quiet_hours
    if severity in hours.except_for or _is_loud(hours, at):
        return at
    zone = ZoneInfo(hours.time_zone)
    today = at.astimezone(zone).date()
    starts = [
        datetime.combine(today + timedelta(days=day), start, tzinfo=zone).astimezone(UTC)
        for day in range(_WEEK + 1)
        for start in (time.min, time.fromisoformat(hours.end))
    ]
    return min(start for start in starts if start > at and _is_loud(hours, start))


def is_quiet(policy: Policy, severity: Severity | None, at: datetime) -> bool:
    """Whether reminders of this severity wait at a moment."""
    return loud_from(policy, severity, at) != at


def _is_loud(hours: QuietHours, at: datetime) -> bool:
    local = at.astimezone(ZoneInfo(hours.time_zone))
    begin, end = time.fromisoformat(hours.begin), time.fromisoformat(hours.end)
    now = local.time()
    night = begin <= now < end if begin <= end else not end <= now < begin
    return not night and tuple(Weekday)[local.weekday()] in hours.weekdays
