from datetime import timedelta

import pytest

from tests.builders.life import ANSWERS, BACKEND, SENIOR, TO_STATUS, USUAL, life_at
from tracker.model.fix import Suite
from tracker.model.policy import Policy
from tracker.model.severity import Severity
from tracker.workflow import readiness as module
from tracker.workflow.context import Context
from tracker.workflow.next_moves import next_moves
from tracker.workflow.readiness import Mark, Readiness, readiness
from tracker.workflow.readiness_group import Group
from tracker.workflow.transitions import TRANSITIONS


def page_at(status: str, severity: str = "P1") -> Readiness:
    life = life_at(status, severity)
    return readiness(life.bug, life.policy, life.now)


def marks(page: Readiness) -> dict[Group, Mark]:
    return {section.group: section.mark for section in page.sections}


def test_every_gate_of_the_table_has_its_group() -> None:
    gates = {gate for rows in TRANSITIONS.values() for row in rows.values() for gate in row.gates}

    assert gates == set(module._GROUPS)  # noqa: SLF001 - the table that must not be forgotten


@pytest.mark.parametrize("severity", ANSWERS)
def test_a_bug_that_may_be_deployed_is_ready_and_one_step_before_it_is_not(severity: str) -> None:
    life = life_at("load_test", severity)
    assert not readiness(life.bug, life.policy, life.now).confirmed

    life.usual("evidence").usual("release-notes")
    page = readiness(life.bug, life.policy, life.now)
    assert page.verdict == "PRODUCTION READINESS: CONFIRMED"
    assert life.usual("deploy").bug.status == "deployed"


@pytest.mark.parametrize("severity", ANSWERS)
@pytest.mark.parametrize("status", [status for status in TO_STATUS if status != "reported"])
def test_what_stands_in_the_way_of_the_usual_move_is_on_the_page(
    status: str, severity: str
) -> None:
    life = life_at(status, severity)
    context = Context(actor=BACKEND, policy=life.policy, now=life.now, at=life.now)
    usual = next(iter(next_moves(life.bug, context)))

    assert set(usual.unmet) <= set(readiness(life.bug, life.policy, life.now).unmet)


def test_every_condition_on_the_whole_way_is_told_at_once() -> None:
    page = page_at("reported")

    assert {reason.gate for reason in page.unmet} >= {
        "severity", "assignee", "reproduction", "root-cause", "strategy", "summary",
        "regression-test", "approvals", "load-test", "rollback-plan",
    }  # fmt: skip
    assert all(reason.remedy for reason in page.unmet)


def test_a_bug_without_a_severity_is_held_to_the_lowest() -> None:
    sentences = [reason.sentence for reason in page_at("reported").unmet]

    assert "P3 needs passing regression tests: record their result." in sentences
    assert not any("None" in sentence for sentence in sentences)


def test_what_only_the_time_after_the_deployment_can_bring_does_not_count_before_it() -> None:
    life = life_at("load_test").usual("evidence").usual("release-notes")
    page = readiness(life.bug, life.policy, life.now)

    later = {reason.gate for section in page.sections for reason in section.later}
    assert page.confirmed
    assert later >= {"deployment", "immediate-checks", "error-rate", "postmortem"}


def test_after_the_deployment_everything_up_to_the_end_counts() -> None:
    page = page_at("deployed")

    assert {reason.gate for reason in page.unmet} >= {"immediate-checks", "postmortem"}
    assert not any(section.later for section in page.sections)


def test_the_monitoring_window_is_judged_at_the_time_of_asking() -> None:
    life = life_at("deployed").usual("monitor")
    deployed = life.bug.deployments[0].at

    def gates(minutes: int) -> set[str]:
        page = readiness(life.bug, life.policy, deployed + timedelta(minutes=minutes))
        return {reason.gate for reason in page.unmet}

    assert "monitoring-window" in gates(119)
    assert "monitoring-window" not in gates(120)


def test_security_and_migration_are_asked_for_where_the_policy_names_their_tests() -> None:
    rules = Policy().severities
    suites = (*rules[Severity.P1].suites, Suite.SECURITY, Suite.MIGRATION)
    strict = rules[Severity.P1].model_copy(update={"suites": suites})
    policy = Policy(severities={**rules, Severity.P1: strict})
    life = life_at("testing")

    page = readiness(life.bug, policy, life.now)
    assert marks(page)[Group.SECURITY] is Mark.UNMET
    assert marks(page)[Group.MIGRATION] is Mark.UNMET
    assert marks(page_at("testing"))[Group.SECURITY] is Mark.NOT_ASKED


def test_each_group_says_what_the_record_holds_for_it() -> None:
    facts = {section.group: section.facts for section in page_at("closed").sections}

    assert facts[Group.TESTS][0] == "Regression: old app: passed, seen failing before the fix"
    assert facts[Group.REVIEW] == ("Approved by Senior Engineer as a senior",)
    assert facts[Group.LOAD] == ("Load: load: passed",)
    assert facts[Group.MONITORING][1] == "Error rate: 100 % → 0 %"
    assert facts[Group.DOCUMENTS] == (
        "Release notes: published as 1.0",
        "Post-mortem: published as 1.0",
    )


def test_a_closed_fix_is_ready() -> None:
    assert page_at("closed").confirmed


def test_a_bug_that_was_closed_without_a_fix_is_not_ready() -> None:
    life = life_at("in_progress").act("wont-fix", reason="Too rare")
    page = readiness(life.bug, life.policy, life.now)

    assert page.verdict == "PRODUCTION READINESS: NOT READY"
    assert [reason.remedy for reason in page.unmet] == ["reopen"]


def test_a_waived_condition_does_not_count_and_is_named_with_its_reason() -> None:
    life = life_at("load_test").usual("release-notes")
    life.act("evidence", tests=USUAL["evidence"]["tests"][:1])
    assert [reason.gate for reason in readiness(life.bug, life.policy, life.now).unmet] == [
        "staging"
    ]

    waivable = life.policy.model_copy(update={"waivers": {"staging": "senior"}})
    life.policy = waivable
    life.act("waive", SENIOR, gate="staging", reason="Staging is down")
    page = readiness(life.bug, life.policy, life.now)
    assert page.confirmed
    assert [line for section in page.sections for line in section.conceded] == [
        "Waived by Senior Engineer: `staging`: Staging is down"
    ]


def test_a_condition_that_the_policy_relaxes_is_named_on_the_page() -> None:
    policy = Policy(relaxations={"staging": "There is no staging yet"})
    life = life_at("load_test", policy=policy)
    page = readiness(life.bug, life.policy, life.now)

    deployment = next(each for each in page.sections if each.group is Group.DEPLOYMENT)
    assert deployment.conceded == ("Not applied by the policy: `staging`: There is no staging yet",)
    assert "staging" not in {reason.gate for reason in page.unmet}
