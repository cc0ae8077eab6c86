from datetime import timedelta

import pytest

from demo.facts import ScenarioRefusedError, missing_facts, told_record
from demo.repository import demo_policy
from tests.builders.incident import NFC, REDIS, finished
from tests.guards import REPOSITORY
from tracker.model.checklist import ChecklistItem
from tracker.model.record import BugRecord
from tracker.operations.scenario import Scenario, read_scenario


def scenario(name: str) -> Scenario:
    path = REPOSITORY / "demo" / "scenarios" / f"{name}.yaml"
    return read_scenario(path.read_bytes(), path.name)


def changed(record: BugRecord, **fields: object) -> BugRecord:
    return record.model_copy(update=fields)


def test_a_record_has_all_facts_of_itself() -> None:
    record = finished(NFC)

    missing, count = missing_facts(record, record)

    assert missing == ()
    assert count > 500


def test_a_record_that_was_made_on_another_day_has_the_same_facts() -> None:
    record = finished(NFC)
    started = record.impact.model_copy(update={"started": record.reported.at + timedelta(days=400)})

    assert missing_facts(record, changed(record, impact=started))[0] == ()


def test_a_fact_that_differs_is_told_with_its_place() -> None:
    record = finished(NFC)
    impact = record.impact.model_copy(update={"users": "Nobody"})

    assert missing_facts(record, changed(record, impact=impact))[0] == (
        "impact.users should be '~5,000 users attempted NFC redemption' and is 'Nobody'.",
    )


def test_a_fact_that_was_forgotten_is_told() -> None:
    record = finished(REDIS)

    missing = missing_facts(record, changed(record, actions=record.actions[:-1]))[0]

    assert any(text.startswith("actions[2].text should be") for text in missing)


def test_the_order_of_checks_is_no_fact_and_their_state_is_one() -> None:
    record = finished(NFC)
    first, *others = record.monitoring.immediate
    turned = record.monitoring.model_copy(update={"immediate": (*others, first)})
    undone = record.monitoring.model_copy(
        update={"immediate": (ChecklistItem(text=first.text, done=False), *others)}
    )

    assert missing_facts(record, changed(record, monitoring=turned))[0] == ()
    assert missing_facts(record, changed(record, monitoring=undone))[0][0] == (
        f"monitoring.immediate.{first.text}.done should be True and is False."
    )


def test_a_scenario_can_be_told_under_another_number() -> None:
    record = told_record(scenario(NFC), "BUG-0007", demo_policy(timedelta(seconds=5)))

    assert (record.id, record.status.value) == ("BUG-0007", "closed")


def test_a_scenario_that_breaks_a_rule_is_refused() -> None:
    whole = scenario(NFC)
    without_triage = tuple(step for step in whole.steps if step.action.verb != "triage")
    broken = Scenario(title=whole.title, people=whole.people, steps=without_triage)

    with pytest.raises(ScenarioRefusedError, match="`assign` is refused"):
        told_record(broken, "BUG-0007", demo_policy(timedelta(seconds=5)))
