from datetime import datetime, timedelta

import pytest

from tests.builders.life import START, SUPPORT, Life, life_at
from tests.checks.team import Team
from tracker.workflow.decision import Refused


def test_times_in_the_past_and_in_order_are_fine(team: Team) -> None:
    life = life_at("triaged").act(
        "impact", started=START - timedelta(hours=1), detected=START, ended=START
    )

    assert team.put(life.bug).told() == []


def test_a_backdated_note_is_fine(team: Team) -> None:
    life = life_at("triaged").act("note", text="Deployed", at=START - timedelta(hours=3))

    assert team.put(life.bug).told() == []


def test_a_time_later_than_the_check_is_told(team: Team) -> None:
    team.put(life_at("triaged").bug)

    problems = team.problems(now=START + timedelta(hours=1))
    assert {problem.rule for problem in problems} == {"time"}
    assert problems[0].message == (
        "`triage.changes[1].at` is 2026-03-02 14:00 UTC, which is later than now: "
        "give the time at which it happened."
    )


def test_an_end_before_the_beginning_is_told(team: Team) -> None:
    life = life_at("triaged").act("impact", started=START, ended=START + timedelta(hours=1))
    team.put(life.bug).edit("BUG-0001", 'ended: "2026-03-02T10', 'ended: "2026-03-02T08')

    assert team.told() == [
        ("`impact.ended` is before `impact.started` (2026-03-02 09:00 UTC): correct one of them.")
    ]


def test_a_fact_that_the_timeline_tells_otherwise_is_told(team: Team) -> None:
    team.put(life_at("triaged").bug)
    team.edit("BUG-0001", 'at: "2026-03-02T09:00:00Z"', 'at: "2026-03-02T08:00:00Z"')

    assert team.told() == [
        "The timeline says `report` 2026-03-02 09:00 UTC: the record must say the same."
    ]


@pytest.mark.parametrize(
    ("fields", "gate"),
    [
        ({"started": START + timedelta(days=9)}, "time"),
        ({"started": START, "ended": START - timedelta(hours=1)}, "time-order"),
    ],
)
def test_commands_refuse_such_times_too(fields: dict[str, datetime], gate: str) -> None:
    decision = Life().usual("report").ask("impact", SUPPORT, **fields)

    assert isinstance(decision, Refused)
    assert [reason.gate for reason in decision.reasons] == [gate]
