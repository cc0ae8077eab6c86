"""Setting a fact of which there is one replaces the one before; lists only grow."""

from datetime import UTC, datetime

from tests.builders.life import BACKEND, ONCALL, SENIOR, USUAL, life_at
from tracker.workflow.single_values import Replaced, replaced_names, told_replaced

NOON = datetime(2025, 1, 2, 12, tzinfo=UTC)


def test_handing_a_bug_over_replaces_its_assignee_and_nothing_else() -> None:
    before = life_at("investigating")
    old = before.bug

    assert replaced_names(old, before.act("assign", assignee=str(ONCALL)).bug) == ("assignee",)


def test_triage_anew_replaces_the_severity_once() -> None:
    life = life_at("triaged")
    old = life.bug

    assert replaced_names(old, life.act("triage", severity="P2", reason="Few").bug) == ("severity",)


def test_a_role_is_replaced_under_its_own_name() -> None:
    life = life_at("investigating").act("take-role", role="commander")
    old = life.bug

    assert replaced_names(old, life.act("take-role", SENIOR, role="commander").bug) == (
        "commander",
    )


def test_what_is_said_for_the_first_time_replaces_nothing() -> None:
    life = life_at("investigating")
    old = life.bug

    assert replaced_names(old, life.act("identify", **USUAL["identify"]).bug) == ()


def test_what_was_replaced_is_told_by_whoever_had_set_it() -> None:
    found = (
        Replaced(name="assignee", value=BACKEND, by=ONCALL, at=NOON),
        Replaced(name="fix branch", value="fix/old", by=SENIOR, at=NOON),
        Replaced(name="backup", value=SENIOR, by=ONCALL, at=NOON),
    )

    assert told_replaced(found) == (
        "This replaced what On-call Engineer had set at 2025-01-02 12:00 UTC:"
        " assignee Backend Engineer, backup Senior Engineer."
        " This replaced what Senior Engineer had set at 2025-01-02 12:00 UTC: fix branch fix/old."
    )


def test_of_many_values_the_first_few_are_told_and_long_ones_are_cut() -> None:
    found = [
        Replaced(name=f"field {number}", value="long " * 40, by=ONCALL, at=NOON)
        for number in range(6)
    ]

    told = told_replaced(found)
    assert told.endswith("… and 2 more.")
    assert len(told) < 600
    assert told_replaced(()) == ""
