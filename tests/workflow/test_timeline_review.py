"""What is wrong with a timeline: missing, in the future, out of order, contradictory."""

from datetime import timedelta
from typing import Any

import pytest

from tests.builders.incident import EVERY, finished
from tests.builders.life import START, TO_STATUS, life_at
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.workflow.timeline_review import timeline_review

LATER = START + timedelta(days=400)


def gates(record: BugRecord) -> set[str]:
    return {found.reason.gate for found in timeline_review(record, Policy(), LATER)}


def without(record: BugRecord, action: str) -> BugRecord:
    kept = tuple(entry for entry in record.timeline if entry.action != action)
    return record.model_copy(update={"timeline": kept})


@pytest.mark.parametrize("severity", ["P0", "P3"])
@pytest.mark.parametrize("status", TO_STATUS)
def test_a_usual_life_has_no_faults(status: str, severity: str) -> None:
    assert timeline_review(life_at(status, severity).bug, Policy(), LATER) == ()


@pytest.mark.parametrize("name", EVERY)
def test_a_recorded_incident_has_no_faults(name: str) -> None:
    record = finished(name)

    assert timeline_review(record, Policy(), record.timeline[-1].at + timedelta(days=999)) == ()


@pytest.mark.parametrize(
    "action", ["triage", "assign", "identify", "submit-fix", "approve", "deploy"]
)
def test_what_the_record_holds_and_the_timeline_does_not_tell_is_missing(action: str) -> None:
    found = timeline_review(without(life_at("verified").bug, action), Policy(), LATER)

    missing = [each.reason.sentence for each in found if each.reason.gate == "missing-entry"]
    assert len(missing) == 1
    assert missing[0].startswith(f"The timeline has no `{action}`")


def test_a_roll_back_and_a_step_that_nobody_told_are_missing() -> None:
    bug = life_at("deployed").act("hotfix-declare").act("roll-back", reason="Errors").bug
    bare = without(without(bug, "roll-back"), "hotfix-declare")

    told = [found.reason.sentence for found in timeline_review(bare, Policy(), LATER)]
    assert [sentence.split(" at ")[0] for sentence in told if "has no" in sentence] == [
        "The timeline has no `hotfix-declare`",
        "The timeline has no `roll-back`",
    ]


@pytest.mark.parametrize(
    ("position", "update", "gate"),
    [
        (-1, {"at": LATER + timedelta(days=1)}, "time"),
        (1, {"at": START - timedelta(days=1)}, "order"),
        (2, {"at": START + timedelta(hours=6)}, "timeline"),
        (2, {"action": "assing"}, "state"),
    ],
)
def test_entries_in_the_future_out_of_order_or_denied_are_told(
    position: int, update: dict[str, Any], gate: str
) -> None:
    bug = life_at("investigating").bug
    entries = list(bug.timeline)
    entries[position] = entries[position].model_copy(update=update)

    assert gate in gates(bug.model_copy(update={"timeline": tuple(entries)}))


def test_a_fault_says_where_it_is() -> None:
    bug = without(life_at("testing").bug, "approve")
    found = timeline_review(bug, Policy(), LATER)

    assert ("reviews", 0) in [each.where for each in found]


def test_a_policy_that_there_is_not_yet_and_a_second_incident_are_told() -> None:
    bug = life_at("investigating").act("hotfix-declare").bug
    odd = bug.model_copy(update={"policy": 7, "incident": "INC-2026-0009"})

    assert [found.reason.sentence for found in timeline_review(odd, Policy(), LATER)] == [
        "The record was judged by policy 7, and the policy is version 1: correct one of them.",
        "BUG-0001 has declared INC-2026-0001 itself: remove `incident`.",
    ]
