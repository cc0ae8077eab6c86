"""Who is called, when, and when no more."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders.life import BACKEND, ONCALL, SENIOR, START, USUAL, Life, life_at
from tracker.model.policy import Policy
from tracker.model.quiet_hours import QuietHours, Weekday
from tracker.model.severity import Severity
from tracker.workflow.escalation import escalations
from tracker.workflow.mitigation import mitigated_at
from tracker.workflow.quiet_hours import is_quiet, loud_from

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
EARLIEST = START.replace(tzinfo=None)
MOMENTS = st.datetimes(EARLIEST, EARLIEST + timedelta(days=700), timezones=st.just(UTC))


def standing(life: Life, after: timedelta) -> dict[str, str]:
    found = escalations(life.bug, life.policy, START + after)
    return {each.step.to: each.state.value for each in found}


def p0(*, critical: bool = False) -> Life:
    life = Life(severity="P0").usual("report")
    if critical:
        life.now = START
        life.act("impact", business="critical")
    life.now = START + 5 * MINUTE
    return life.usual("triage")


def test_a_bug_without_a_severity_calls_nobody() -> None:
    assert standing(Life().usual("report"), HOUR) == {}


def test_production_that_is_reported_down_calls_along_the_path_of_the_worst() -> None:
    life = Life().act("report", **USUAL["report"], production_down=True)

    assert standing(life, HOUR) == dict.fromkeys(
        ("On-call engineer", "Engineering Lead", "CTO"), "due"
    )


def test_nobody_taking_a_p0_calls_one_after_the_other() -> None:
    life = p0()

    assert standing(life, 5 * MINUTE) == {
        "On-call engineer": "due",
        "Engineering Lead": "waiting",
        "CTO": "waiting",
    }
    assert set(standing(life, HOUR).values()) == {"due"}


def test_the_ceo_is_called_only_where_the_business_is_at_stake() -> None:
    assert "CEO" not in standing(p0(), 3 * HOUR)
    assert standing(p0(critical=True), 3 * HOUR)["CEO"] == "due"


def test_who_takes_the_bug_in_time_spares_the_lead() -> None:
    life = p0()
    life.now = START + 10 * MINUTE
    life.act("assign", assignee=str(BACKEND), backup=str(SENIOR))

    assert standing(life, 3 * HOUR) == {
        "On-call engineer": "passed",
        "Engineering Lead": "spared",
        "CTO": "due",
    }


def test_a_handover_calls_nobody_again() -> None:
    life = p0()
    life.now = START + 10 * MINUTE
    life.act("assign", assignee=str(BACKEND), backup=str(SENIOR))
    life.now = START + 5 * HOUR
    life.act("assign", assignee=str(SENIOR), backup=str(BACKEND))

    assert standing(life, 6 * HOUR)["Engineering Lead"] == "spared"


def test_a_mitigation_ends_the_escalation() -> None:
    life = p0()
    life.now = START + 30 * MINUTE
    life.act("mitigate", text="Rolled back")

    assert standing(life, 3 * HOUR)["CTO"] == "spared"


@pytest.mark.parametrize("rate", ["0 %", "0%", "0.0 %", "0"])
def test_a_fix_in_production_without_errors_ends_the_escalation(rate: str) -> None:
    life = life_at("deployed", "P0")
    seen = life.act("monitor", error_rate_before="4 %", error_rate_after=rate).bug

    assert mitigated_at(seen, life.policy) == seen.monitoring.samples[-1].at


@pytest.mark.parametrize("rate", ["4 %", "0.4 %", "10 %", "fine", "0 of 3 probes fail"])
def test_a_fix_that_may_still_fail_ends_no_escalation(rate: str) -> None:
    life = life_at("deployed", "P0")
    assert mitigated_at(life.bug, life.policy) is None
    life.act("monitor", error_rate_before="4 %", error_rate_after=rate)

    assert mitigated_at(life.bug, life.policy) is None


def test_checks_that_are_all_done_end_the_escalation_whatever_the_figure() -> None:
    life = life_at("deployed", "P0")
    life.act("monitor", error_rate_before="4 %", error_rate_after="0.1 %")
    some, *rest = life.policy.checklists.immediate
    life.act("monitor", immediate=[{"text": some, "done": True}])
    assert mitigated_at(life.bug, life.policy) is None

    life.act("monitor", immediate=[{"text": text, "done": True} for text in rest])
    assert mitigated_at(life.bug, life.policy) == life.bug.monitoring.immediate[-1].at


def test_a_fix_that_fails_again_or_is_rolled_back_is_no_mitigation() -> None:
    life = life_at("deployed", "P0")
    life.act("monitor", error_rate_before="4 %", error_rate_after="0 %")
    again = replace(life).act("monitor", error_rate_before="4 %", error_rate_after="3 %")
    assert mitigated_at(again.bug, life.policy) is None

    life.act("roll-back", reason="Errors again")
    assert mitigated_at(life.bug, life.policy) is None


def test_the_fix_before_a_reopening_mitigates_nothing_after_it() -> None:
    life = life_at("closed", "P0")
    assert mitigated_at(life.bug, life.policy) is not None
    life.act("reopen", reason="Seen again")

    assert mitigated_at(life.bug, life.policy) is None


def test_an_old_bug_that_becomes_a_p0_counts_from_then_on() -> None:
    life = life_at("triaged", "P3")
    life.now = START + timedelta(days=3)
    life.act("triage", ONCALL, severity="P0", reason="Data is lost")

    assert standing(life, timedelta(days=3, minutes=10))["Engineering Lead"] == "waiting"
    assert standing(life, timedelta(days=3, minutes=15))["Engineering Lead"] == "due"


def test_a_bug_that_is_opened_again_asks_for_a_new_mitigation() -> None:
    life = life_at("investigating", "P0").act("mitigate", text="Off")
    life.act("wont-fix", reason="Old").act("reopen", reason="Seen again")
    reopened = life.bug.timeline[-1].at - START

    assert standing(life, reopened)["CTO"] == "waiting"
    assert standing(life, reopened + HOUR)["CTO"] == "due"


def test_a_closed_bug_calls_nobody() -> None:
    assert standing(life_at("closed", "P0"), timedelta(days=30)) == {}


@given(st.lists(st.timedeltas(timedelta(0), timedelta(days=2)), min_size=2, max_size=6))
def test_a_step_that_is_due_stays_due_while_nothing_happens(waits: list[timedelta]) -> None:
    life = p0()
    seen = [standing(life, wait) for wait in sorted(waits)]

    for earlier, later in itertools.pairwise(seen):
        assert all(later[to] == "due" for to, state in earlier.items() if state == "due")


def quiet(**fields: object) -> Policy:
    return Policy(quiet_hours=QuietHours.model_validate(fields))


@given(at=MOMENTS, zone=st.sampled_from(["UTC", "Europe/Berlin", "America/New_York"]))
def test_a_reminder_waits_until_a_working_day_of_the_team(at: datetime, zone: str) -> None:
    policy = quiet(time_zone=zone)
    sent = loud_from(policy, Severity.P2, at)
    local = sent.astimezone(ZoneInfo(zone))

    assert at <= sent <= at + timedelta(days=3)
    assert local.weekday() < 5
    assert 7 <= local.hour < 22
    assert not is_quiet(policy, Severity.P2, sent)


@given(at=MOMENTS)
def test_a_p0_knows_no_quiet_hours(at: datetime) -> None:
    assert loud_from(Policy(), Severity.P0, at) == at


@given(at=MOMENTS)
def test_a_team_that_works_at_night_is_told_at_night(at: datetime) -> None:
    policy = quiet(begin="06:00", end="18:00", weekdays=list(Weekday))
    sent = loud_from(policy, None, at)

    assert not 6 <= sent.hour < 18
    assert sent - at <= 12 * HOUR


@given(at=MOMENTS)
def test_without_a_night_only_days_off_are_quiet(at: datetime) -> None:
    policy = quiet(begin="00:00", end="00:00")

    assert is_quiet(policy, None, at) == (at.weekday() >= 5)
