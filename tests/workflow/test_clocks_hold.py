"""Clocks hold through restarts, zones, daylight saving, and things told late or out of order."""

import itertools
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from tests.builders.life import ONCALL, START, Life, life_at
from tracker.model.policy import Policy
from tracker.model.record import BugRecord, to_mapping
from tracker.model.severity import Severity
from tracker.model.status import Status
from tracker.workflow.clocks import ClockState, Target, spans, targets
from tracker.workflow.escalation import escalations

STATUSES = st.sampled_from([str(status) for status in Status])
SEVERITIES = st.sampled_from([str(severity) for severity in Severity])
ZONES = st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
OFFSETS = st.integers(-14 * 4, 14 * 4).map(lambda quarters: timedelta(minutes=15 * quarters))
WAITS = st.timedeltas(timedelta(0), timedelta(days=60))


def fix(life: Life, now: datetime) -> Target:
    return {target.name: target for target in targets(life.bug, life.policy, now)}["Fix"]


def in_zone(value: Any, zone: timezone) -> Any:
    """A record's plain values with every time written in another zone."""
    if isinstance(value, dict):
        return {key: in_zone(item, zone) for key, item in value.items()}
    if isinstance(value, list):
        return [in_zone(item, zone) for item in value]
    try:
        return datetime.fromisoformat(value).astimezone(zone).isoformat()
    except (TypeError, ValueError):
        return value


@given(status=STATUSES, severity=SEVERITIES, waited=WAITS)
def test_a_record_that_was_written_and_read_again_has_the_same_clocks(
    status: str, severity: str, waited: timedelta
) -> None:
    life = life_at(status, severity)
    again = BugRecord.model_validate(to_mapping(life.bug))
    now = life.now + waited

    assert spans(again) == spans(life.bug)
    assert targets(again, life.policy, now) == targets(life.bug, life.policy, now)
    assert escalations(again, life.policy, now) == escalations(life.bug, life.policy, now)


@given(status=STATUSES, severity=SEVERITIES, offset=OFFSETS, waited=WAITS)
def test_the_zone_in_which_times_are_written_changes_no_clock(
    status: str, severity: str, offset: timedelta, waited: timedelta
) -> None:
    life = life_at(status, severity)
    moved = BugRecord.model_validate(in_zone(to_mapping(life.bug), timezone(offset)))
    now = life.now + waited

    assert spans(moved) == spans(life.bug)
    assert targets(moved, life.policy, now) == targets(life.bug, life.policy, now)
    assert escalations(moved, life.policy, now) == escalations(life.bug, life.policy, now)


@given(
    reported=st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)),  # noqa: DTZ001 - gets one
    zone=ZONES,
    waited=WAITS,
)
def test_a_day_has_the_hours_that_the_policy_says_also_when_the_clocks_change(
    reported: datetime, zone: str, waited: timedelta
) -> None:
    """Python reckons with wall clocks where two times share a zone; people who wait do not."""
    at = reported.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
    life = life_at("investigating")
    life.record = life.bug.model_copy(
        update={"reported": life.bug.reported.model_copy(update={"at": at})}
    )
    now = (at.astimezone(UTC) + waited).astimezone(ZoneInfo(zone))
    target = fix(life, now)

    assert target.due.astimezone(UTC) - at.astimezone(UTC) == timedelta(hours=24)
    assert target.left == timedelta(hours=24) - waited
    assert (target.state is ClockState.BREACHED) == (waited > timedelta(hours=24))


@given(st.lists(SEVERITIES, min_size=1, max_size=6))
def test_however_often_the_severity_changes_the_last_one_counts_from_the_report(
    chosen: list[str],
) -> None:
    life = life_at("investigating")
    for severity in chosen:
        life.act("triage", ONCALL, severity=severity, reason="We know more")
    within = Policy().rule(Severity(chosen[-1])).fix_within
    due = [target.due for target in targets(life.bug, life.policy, life.now)]

    assert due[1:] == ([START + within] if within else [])


@given(waited=WAITS, severity=st.sampled_from(["P0", "P1", "P2"]))
def test_a_bug_that_is_opened_again_has_its_whole_time_again(
    waited: timedelta, severity: str
) -> None:
    life = life_at("closed", severity)
    assert fix(life, life.now).done is not None
    life.now += waited
    life.act("reopen", reason="Seen again")
    within = Policy().rule(life.bug.severity).fix_within
    reopened = life.bug.timeline[-1].at

    assert within is not None
    assert (fix(life, life.now).done, fix(life, life.now).due) == (None, reopened + within)
    assert spans(life.bug).resolve is None
    assert spans(life.bug).acknowledge == spans(life_at("closed", severity).bug).acknowledge


@given(st.lists(st.integers(-600, 900), min_size=1, max_size=4, unique=True), st.data())
def test_mitigations_told_late_and_out_of_order_count_from_when_they_happened(
    minutes: list[int], data: st.DataObject
) -> None:
    life = life_at("investigating")
    for minute in data.draw(st.permutations(minutes)):
        life.act("mitigate", text="Flag off", at=(START + timedelta(minutes=minute)).isoformat())

    assert spans(life.bug).mitigate == max(timedelta(minutes=min(minutes)), timedelta(0))


def test_a_triage_told_later_for_an_earlier_time_counts_as_the_response() -> None:
    life = life_at("triaged")
    early = (START + timedelta(minutes=30)).isoformat()
    assert spans(life.bug).acknowledge == timedelta(hours=5)

    life.act("triage", ONCALL, severity="P1", reason="It was seen at once", at=early)

    assert spans(life.bug).acknowledge == timedelta(minutes=30)


def test_a_verification_is_forgotten_by_a_reopening_at_the_same_moment() -> None:
    life = life_at("deployed").usual("monitor")
    moment = life.now.isoformat()
    life.act("verify", at=moment)
    for step in ("publish-notes", "postmortem", "publish-postmortem"):
        life.usual(step)
    life.act("close", at=moment).act("reopen", reason="No", at=moment)

    assert spans(life.bug).resolve is None


def test_an_undone_verification_stops_no_clock() -> None:
    life = life_at("verified")
    assert spans(life.bug).resolve is not None

    assert spans(life.act("undo", reason="Wrong bug").bug).resolve is None


@given(status=STATUSES, waited=st.lists(WAITS, min_size=2, max_size=5))
def test_what_is_done_stays_as_it_was_however_long_one_waits(
    status: str, waited: list[timedelta]
) -> None:
    life = life_at(status)
    seen = [targets(life.bug, life.policy, life.now + wait) for wait in sorted(waited)]

    for earlier, later in itertools.pairwise(seen):
        for before, after in zip(earlier, later, strict=True):
            assert before == after or before.done is None
