"""Each gate of the transition table: what it refuses, and that all is told at once."""

from datetime import timedelta
from typing import Any

import pytest

from tests.builders.doors import everything, moved
from tests.builders.life import (
    ANSWERS,
    BACKEND,
    SENIOR,
    TO_STATUS,
    USUAL,
    Life,
    answers,
    life_at,
)
from tracker.model.person import Person
from tracker.model.policy import Policy
from tracker.model.status import Status
from tracker.workflow.decision import Refused


@pytest.mark.parametrize("severity", ANSWERS)
@pytest.mark.parametrize("status", TO_STATUS)
def test_the_usual_commands_lead_through_every_state(status: str, severity: str) -> None:
    assert life_at(status, severity).bug.status == status


def test_a_bug_without_an_assignee_cannot_be_investigated() -> None:
    assert "state" in life_at("triaged").refused("identify", summary="s", what="w")


def test_a_p1_without_a_backup_is_not_assigned() -> None:
    assert life_at("triaged").refused("assign", assignee=str(BACKEND)) == ("backup",)


def test_nobody_is_their_own_backup() -> None:
    same = str(BACKEND)

    assert life_at("triaged").refused("assign", assignee=same, backup=same) == ("backup",)


def test_a_p2_needs_no_backup() -> None:
    life = life_at("triaged", "P2").act("assign", assignee=str(BACKEND))

    assert life.bug.status == "investigating"


def test_everything_that_a_root_cause_lacks_is_told_at_once() -> None:
    refused = life_at("investigating").refused("identify", summary="s", what="w")

    assert refused == ("reproduction", "why-it-happened", "why-not-caught", "strategy")


def test_a_bug_that_was_reopened_before_its_triage_still_needs_severity_and_assignee() -> None:
    life = life_at("reported").act("wont-fix", reason="Old").act("reopen", reason="It is not")

    assert life.refused("identify", **USUAL["identify"]) == ("severity", "assignee")
    life.act("triage", category="Caching", answers=answers("P2"))
    life.act("assign", assignee=str(BACKEND))
    assert life.usual("identify").bug.status == "in_progress"


def test_a_bug_that_nobody_tried_to_reproduce_is_not_given_up() -> None:
    assert life_at("investigating").refused("cannot-reproduce") == ("reproduction",)


def test_a_bug_that_was_tried_in_vain_is_closed_as_not_reproduced() -> None:
    tried = [{"where": "staging", "result": "works", "reproduced": False}]
    life = life_at("investigating").act("cannot-reproduce", reproductions=tried)

    assert (life.bug.status, life.bug.resolution and life.bug.resolution.kind) == (
        "closed",
        "not_reproduced",
    )


def test_everything_that_a_fix_lacks_is_told_at_once() -> None:
    refused = life_at("in_progress").refused("submit-fix")

    assert refused == ("summary", "branch", "risk", "regression_test")


def test_nobody_approves_their_own_fix() -> None:
    assert "own-fix" in life_at("code_review").refused("approve", BACKEND)


def test_a_peer_review_of_a_p1_is_kept_and_waits_for_a_senior() -> None:
    peer = Person(name="Peer Engineer", email="peer@example.com")
    life = life_at("code_review", policy=Policy(roles={"senior": (SENIOR,)})).act("approve", peer)

    assert (life.bug.status, len(life.bug.reviews)) == ("code_review", 1)
    assert life.act("approve", SENIOR).bug.status == "testing"


def test_an_approval_says_what_is_still_needed_before_the_comment_that_may_end_anyhow() -> None:
    peer = Person(name="Peer Engineer", email="peer@example.com")
    life = life_at("code_review", policy=Policy(roles={"senior": (SENIOR,)}))
    life.act("approve", peer, comment="Looks right")

    needed = "P1 needs the approval of a senior: ask one to review."
    said = life.bug.timeline[-1].text
    assert said == f"Approved by Peer Engineer. {needed} Looks right"


def test_a_review_of_an_earlier_fix_does_not_count() -> None:
    life = life_at("testing").act("fail-tests", reason="still broken")
    life.act("submit-fix", **USUAL["submit-fix"])

    assert life.bug.status == "code_review"
    assert life.refused("pass-tests") == ("state",)
    assert "approvals" not in life.act("approve", SENIOR).refused("pass-tests")


def test_tests_without_a_regression_test_that_failed_before_prove_nothing() -> None:
    tests = [{"suite": "regression", "name": "old app", "result": "passed"}]

    assert "regression-test" in life_at("testing", "P3").refused("pass-tests", tests=tests)


def test_a_p1_needs_every_suite_of_its_policy() -> None:
    only_regression = USUAL["pass-tests"]["tests"][:1]
    refused = life_at("testing").refused("pass-tests", tests=only_regression)

    assert refused == ("suite-unit", "suite-integration")


def test_a_p0_needs_its_critical_tests_only() -> None:
    only_regression = USUAL["pass-tests"]["tests"][:1]
    life = life_at("testing", "P0").act("pass-tests", tests=only_regression)

    assert life.bug.status == "load_test"


def test_a_test_that_fails_last_stops_the_fix() -> None:
    failing = [{"suite": "unit", "name": "unit", "result": "failed"}]
    runs = [*USUAL["pass-tests"]["tests"], *failing]

    assert "failing-test" in life_at("testing").refused("pass-tests", tests=runs)


def test_everything_that_a_deployment_lacks_is_told_at_once() -> None:
    life = life_at("in_progress")
    life.act("submit-fix", **{**USUAL["submit-fix"], "rollback_plan": None})
    life.usual("approve").usual("pass-tests")

    assert life.refused("deploy", version="v2") == (
        "load-test",
        "rollback-plan",
        "release-notes",
        "staging",
    )


@pytest.mark.parametrize(("severity", "waivable"), [("P0", True), ("P1", False), ("P3", True)])
def test_a_load_test_is_waived_with_a_reason_where_the_severity_allows_it(
    severity: str, *, waivable: bool
) -> None:
    life = life_at("load_test", severity).usual("release-notes")
    gates = _gates(life, "deploy", version="v2", load_test_waived="Too small to matter")

    assert ("load-test" not in gates) is waivable


def test_verification_waits_for_the_monitoring_window() -> None:
    life = life_at("deployed")
    deployed = life.bug.deployments[-1].at
    life.usual("monitor")
    window = Policy().rule(life.bug.severity).monitor_for
    life.now = deployed + window / 2
    assert life.refused("verify") == ("monitoring-window",)
    life.now = deployed + window

    assert life.act("verify").bug.status == "verified"


def test_a_mistyped_category_and_pattern_are_answered_with_the_nearest() -> None:
    life = life_at("reported")
    decision = life.ask(
        "triage", category="Cacheing", pattern="Race conditon", answers=answers("P1")
    )

    assert isinstance(decision, Refused)
    assert [reason.sentence for reason in decision.reasons] == [
        "`Cacheing` is not a category of the policy: did you mean `Caching`?",
        "`Race conditon` is not a bug pattern of the policy: did you mean `Race condition`?",
    ]


def test_everything_that_a_verification_lacks_is_told_at_once() -> None:
    refused = life_at("deployed").refused("verify")

    assert refused == ("immediate-checks", "short-term-checks", "error-rate")


def test_an_unticked_check_stops_the_verification() -> None:
    unticked = {**USUAL["monitor"], "short_term": [{"text": "Metrics normal"}]}

    assert life_at("deployed").act("monitor", **unticked).refused("verify") == (
        "short-term-checks",
    )


def test_some_checks_of_the_policy_do_not_stand_for_all() -> None:
    first, *others = Policy().checklists.immediate
    ticked = {**USUAL["monitor"], "immediate": [{"text": first, "done": True}]}
    life = life_at("deployed").act("monitor", **ticked)

    decision = life.ask("verify")
    assert isinstance(decision, Refused)
    assert [reason.sentence for reason in decision.reasons] == [
        f"The immediate check `{text}` is not done: do it and tick it." for text in others
    ]
    life.act("monitor", immediate=[{"text": text, "done": True} for text in others])
    assert life.act("verify").bug.status == "verified"


def test_a_bug_may_have_checks_of_its_own_instead() -> None:
    own = [
        {"text": "Redemption works", "done": True},
        {"text": Policy().checklists.immediate[0], "done": True},
    ]
    life = life_at("deployed").act("monitor", **{**USUAL["monitor"], "immediate": own})

    assert life.act("verify").bug.status == "verified"


def test_checks_ticked_before_the_deployment_are_open_after_it() -> None:
    life = life_at("load_test").usual("evidence").usual("release-notes").usual("monitor")
    decision = life.usual("deploy").ask("verify")

    assert isinstance(decision, Refused)
    outdated = "was not ticked since the deployment: do it and tick it."
    assert [reason.sentence for reason in decision.reasons] == [
        f"The immediate check `Redemption works` {outdated}",
        f"The short-term check `Metrics normal` {outdated}",
        "The error rate before the fix and after its deployment is not recorded: record both.",
    ]
    assert life.usual("monitor").act("verify").bug.status == "verified"


def test_a_roll_back_makes_the_checks_open_again_in_commands_and_files() -> None:
    life = life_at("deployed").usual("monitor").act("roll-back", reason="Errors rose")
    for step in ("submit-fix", "approve", "pass-tests", "evidence", "deploy"):
        life.usual(step)

    decision = life.ask("verify")
    assert isinstance(decision, Refused)
    assert [reason.gate for reason in decision.reasons] == [
        "immediate-checks",
        "short-term-checks",
        "error-rate",
    ]
    edited = moved(life.bug, "verify", Status.VERIFIED, BACKEND, life)
    assert {found.reason for found in everything(life.bug, edited, life)} == set(decision.reasons)
    life.usual("monitor").act("verify")
    assert everything(None, life.bug, life) == []


def test_checks_that_are_done_after_the_verification_do_not_make_up_for_it_in_a_file() -> None:
    life = life_at("deployed")
    before, reasons = life.bug, life.ask("verify").reasons  # type: ignore[union-attr]
    life.keep(moved(before, "verify", Status.VERIFIED, BACKEND, life))
    life.now += timedelta(minutes=5)
    life.usual("monitor")

    assert {found.reason for found in everything(before, life.bug, life)} == set(reasons)


def test_a_tick_without_a_time_shows_nothing() -> None:
    life = life_at("deployed").usual("monitor")
    (check,) = life.bug.monitoring.immediate
    undated = (check.model_copy(update={"at": None}),)
    monitoring = life.bug.monitoring.model_copy(update={"immediate": undated})
    life.keep(life.bug.model_copy(update={"monitoring": monitoring}))

    assert life.refused("verify") == ("immediate-checks",)


def test_a_tick_that_is_noted_afterwards_takes_no_later_one_back() -> None:
    life = life_at("deployed")
    early = life.now - timedelta(hours=6)
    immediate = USUAL["monitor"]["immediate"]
    life.usual("monitor").act("monitor", at=early, immediate=immediate, error_rate_after="9 %")

    assert life.refused("monitor", at=early, immediate=immediate) == ("monitoring",)
    assert life.act("verify").bug.status == "verified"


def test_everything_that_closing_lacks_is_told_at_once() -> None:
    life = life_at("verified").act("action", text="Add a test", horizon="immediate")

    assert life.refused("close") == ("release-notes", "postmortem", "action-items")


def test_technical_debt_needs_a_follow_up() -> None:
    life = life_at("in_progress", "P3")
    life.act("submit-fix", **USUAL["submit-fix"], technical_debt="Remove the fallback")
    for step in ("approve", "pass-tests", "evidence", "deploy", "monitor", "verify"):
        life.usual(step)

    assert life.refused("close") == ("follow-up",)
    assert life.act("link", kind="follow_up", ref="CR-1").usual("close").bug.status == "closed"


def test_a_bug_is_not_its_own_duplicate() -> None:
    assert life_at("reported").refused("mark-duplicate", duplicate_of="BUG-0001") == ("duplicate",)


def test_a_role_that_a_command_asks_for_is_named_in_the_refusal() -> None:
    policy = Policy(roles={"lead": (SENIOR,)}, permissions={"wont-fix": "lead"})

    assert life_at("reported", policy=policy).refused("wont-fix", reason="old") == ("role",)


def _gates(life: Life, verb: str, **fields: Any) -> tuple[str, ...]:
    decision = life.ask(verb, **fields)
    return tuple(reason.gate for reason in getattr(decision, "reasons", ()))


@pytest.mark.parametrize("title", ["release_manager", "Release Manager", "release-manager"])
def test_a_role_that_the_policy_gives_to_people_is_not_approved_in_by_others(title: str) -> None:
    life = life_at("closed", policy=Policy(roles={"release_manager": (SENIOR,)}))
    refused = life.ask("approve-document", document="postmortem", role=title)

    assert isinstance(refused, Refused)
    (reason,) = refused.reasons
    assert reason.field == "role"
    assert reason.sentence == (
        "Backend Engineer does not have the role `release manager`, which the policy gives to "
        "Senior Engineer: name the role in which Backend Engineer approves."
    )
    life.act("approve-document", SENIOR, document="postmortem", role=title)
    assert life.bug.approvals[-1].role == title


def test_a_title_that_the_policy_gives_to_nobody_is_free_to_approve_in() -> None:
    policy = Policy(roles={"lead": ()}, user_groups={"deployer": ("deployers",)})
    life = life_at("closed", policy=policy)

    for title in ("lead", "On-call Engineer"):
        life.act("approve-document", document="postmortem", role=title)
    refused = life.ask("approve-document", document="postmortem", role="Deployer")

    assert isinstance(refused, Refused)
    assert "a member of the Slack group deployers" in refused.reasons[0].sentence
