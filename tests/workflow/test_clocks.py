"""Clocks: spans and targets."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders.life import START, Life, life_at
from tracker.workflow.clocks import ClockState, Target, spans, targets
from tracker.workflow.decision import Refused


def test_a_bug_without_a_severity_has_no_targets() -> None:
    life = life_at("reported")

    assert targets(life.bug, life.policy, life.now) == ()


@pytest.mark.parametrize(
    ("hours", "state"),
    [(17, "on_track"), (18, "on_track"), (19, "at_risk"), (24, "at_risk"), (25, "breached")],
)
def test_the_fix_of_a_p1_is_due_a_day_after_the_report(hours: int, state: str) -> None:
    life = life_at("investigating")
    found = targets(life.bug, life.policy, START + timedelta(hours=hours))

    assert {target.name: target.state for target in found}["Fix"] == state


def test_a_target_that_was_met_stays_met() -> None:
    life = life_at("verified", "P2")
    found = {target.name: target for target in targets(life.bug, life.policy, life.now)}

    assert found["Fix"].state is ClockState.MET


def test_a_response_after_an_hour_was_missed() -> None:
    life = life_at("triaged")

    assert targets(life.bug, life.policy, life.now)[0].state is ClockState.MISSED


def test_a_reopened_bug_is_not_resolved_any_more() -> None:
    life = life_at("closed")
    assert spans(life.bug).resolve is not None

    assert spans(life.act("reopen", reason="again").bug).resolve is None


def test_a_new_severity_rebases_the_target_from_the_report() -> None:
    life = life_at("investigating", "P2").act("triage", severity="P0", reason="Data is lost")
    due = {target.name: target.due for target in targets(life.bug, life.policy, life.now)}

    assert due["Fix"] == START + timedelta(hours=4)


def test_a_mitigation_stops_its_clock_and_moves_no_state() -> None:
    life = life_at("investigating")
    life.now = START + timedelta(hours=11)
    life.act("mitigate", text="Rolled back the release")

    assert spans(life.bug).mitigate == timedelta(hours=11)
    assert life.bug.status == "investigating"


def test_a_p3_has_no_fix_target() -> None:
    life = life_at("investigating", "P3")

    assert [target.name for target in targets(life.bug, life.policy, life.now)] == ["Response"]


def test_release_notes_of_a_p0_are_due_two_hours_after_the_deployment() -> None:
    life = life_at("deployed", "P0")
    deployed = life.bug.deployments[-1].at
    due = {target.name: target.due for target in targets(life.bug, life.policy, life.now)}

    assert due["Release notes"] == deployed + timedelta(hours=2)


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=30)))
def test_an_open_target_only_gets_worse_as_time_goes_by(waited: timedelta) -> None:
    life = life_at("investigating")
    order = [ClockState.ON_TRACK, ClockState.AT_RISK, ClockState.BREACHED]
    earlier, later = (
        targets(life.bug, life.policy, START + passed)[1].state for passed in (waited, waited * 2)
    )

    assert order.index(earlier) <= order.index(later)


@pytest.mark.parametrize("status", ["reported", "investigating", "deployed", "closed"])
def test_no_span_is_negative(status: str) -> None:
    found = spans(life_at(status).bug)

    assert all(
        span is None or span >= timedelta(0)
        for span in (found.detect, found.acknowledge, found.identify, found.mitigate, found.resolve)
    )


def live(life: Life, *steps: str) -> Life:
    for step in steps:
        life.usual(step)
    return life


def rolled_back() -> Life:
    """A P0 whose notes are published, and whose first fix is rolled back after that."""
    life = life_at("deployed", "P0").act("publish", document="release_notes")
    life.act("roll-back", reason="Errors again")
    return live(life, "submit-fix", "approve", "pass-tests", "evidence", "deploy")


def notes_clock(life: Life) -> Target:
    found = targets(life.bug, life.policy, life.bug.deployments[-1].at)
    return next(target for target in found if target.name == "Release notes")


def test_notes_of_a_fix_that_was_rolled_back_are_no_notes_of_the_next_one() -> None:
    life = rolled_back()
    assert notes_clock(life).done is None

    life.now = life.bug.deployments[-1].at + timedelta(hours=1)
    life.act("publish", document="release_notes")

    assert notes_clock(life).state is ClockState.MET
    assert notes_clock(life).left == timedelta(hours=1)


def test_notes_that_are_out_before_the_deployment_leave_the_whole_time() -> None:
    life = live(life_at("load_test", "P0"), "evidence", "release-notes", "publish-notes", "deploy")

    assert notes_clock(life).left == timedelta(hours=2)


def test_a_fix_after_a_roll_back_is_closed_with_its_own_release_notes() -> None:
    life = live(rolled_back(), "monitor", "verify", "postmortem", "publish-postmortem")
    refused = life.ask("close")

    assert isinstance(refused, Refused)
    assert [reason.sentence for reason in refused.reasons if reason.gate == "release-notes"] == [
        "The published release notes tell of an earlier fix: publish a revision."
    ]
    live(life, "publish-notes", "close")


def test_a_bug_that_was_opened_again_is_closed_with_documents_of_what_came_after() -> None:
    life = life_at("closed", "P0").act("reopen", reason="Seen again")
    live(life, "identify", "submit-fix", "approve", "pass-tests", "evidence", "deploy")
    live(life, "monitor", "verify")
    refused = life.ask("close")

    assert isinstance(refused, Refused)
    assert {reason.gate for reason in refused.reasons} == {"release-notes", "postmortem"}
    assert "before the bug was opened again" in " ".join(
        reason.sentence for reason in refused.reasons
    )
    live(life, "publish-notes", "publish-postmortem", "close")
