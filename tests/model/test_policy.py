"""The policy's shape: defaults of the source documents, times, time zones, roles."""

from datetime import timedelta

import pytest
from pydantic import ValidationError

from tracker.model.explanation import explain
from tracker.model.matrix import Question
from tracker.model.person import Person
from tracker.model.policy import Policy
from tracker.model.severity import Severity
from tracker.model.triage import MatrixAnswers

LEAD = Person(name="Engineering Lead", email="lead@example.com")
OTHER = Person(name="Backend Engineer", email="backend@example.com")


def refused(**fields: object) -> str:
    with pytest.raises(ValidationError) as error:
        Policy.model_validate(fields)
    (found,) = explain(Policy, error.value)
    return found.sentence


def test_a_policy_reads_back_as_it_is_written() -> None:
    assert Policy.model_validate(Policy().model_dump(mode="json")) == Policy()


def test_the_matrix_has_a_question_for_each_answer() -> None:
    answers = [
        name for name, field in MatrixAnswers.model_fields.items() if field.annotation is bool
    ]

    assert list(Question) == answers == list(Policy().matrix)


def test_a_p0_is_escalated_from_the_engineer_on_call_up_to_the_ceo() -> None:
    path = Policy().rule(Severity.P0).escalation

    assert [step.to for step in path] == ["On-call engineer", "Engineering Lead", "CTO", "CEO"]
    assert [step.after for step in path] == sorted(step.after for step in path)
    assert [step.business_critical for step in path] == [False, False, False, True]


def test_a_bug_without_a_severity_is_held_to_the_lowest() -> None:
    assert Policy().rule(None) == Policy().rule(Severity.P3)


def test_a_role_without_members_is_held_by_everybody() -> None:
    policy = Policy(roles={"lead": (LEAD,), "senior": ()})

    assert [policy.holds(OTHER, role) for role in ("lead", "senior", "responder")] == [
        False,
        True,
        True,
    ]


@pytest.mark.parametrize("name", ["Europe/Berlim", "../../etc/passwd", "/etc/passwd", "UTC\x00"])
def test_an_unknown_time_zone_is_refused(name: str) -> None:
    assert "there is no time zone" in refused(quiet_hours={"time_zone": name})


@pytest.mark.parametrize("time", ["25:00", "7:00", "22.00", "22:60"])
def test_a_time_of_day_has_hours_and_minutes(time: str) -> None:
    assert refused(quiet_hours={"begin": time}) == "`quiet_hours.begin` must look like `22:00`."


def test_reminders_need_at_least_one_day() -> None:
    assert "must have at least 1 items" in refused(quiet_hours={"weekdays": []})


def test_spans_are_written_as_people_say_them() -> None:
    rule = {"name": "Low", "means": "Rare.", "respond_within": "1d"}

    policy = Policy.model_validate({"severities": {"P3": rule}})
    assert policy.severities[Severity.P3].respond_within == timedelta(days=1)
