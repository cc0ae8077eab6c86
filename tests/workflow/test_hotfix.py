"""The hotfix track: in order, never around a gate."""

from dataclasses import replace
from typing import Any

import pytest

from bot.forms.catalogue import FORMS
from tests.builders.doors import everything, told_of
from tests.builders.life import BACKEND, ONCALL, SENIOR, USUAL, Life, life_at
from tracker.model.deployment import HotfixStep
from tracker.model.person import Person
from tracker.model.policy import Policy
from tracker.model.status import Status
from tracker.workflow.context import Context
from tracker.workflow.decision import Refused
from tracker.workflow.hotfix_commands import hotfix_branch
from tracker.workflow.hotfix_progress import hotfix_steps
from tracker.workflow.hotfix_track import missing_tests
from tracker.workflow.next_moves import next_hotfix_step
from tracker.workflow.obstacles import obstacles
from tracker.workflow.verbs import VERBS

TESTS = {"tests": USUAL["pass-tests"]["tests"][:1]}
FIX = {key: value for key, value in USUAL["submit-fix"].items() if key != "branch"}


def branched() -> Life:
    life = life_at("in_progress", "P0").act("hotfix-declare", ONCALL)
    return life.act("hotfix-branch", branch="hotfix/old-apps", base="v1.9")


def backported() -> Life:
    """A bug whose track is at its end."""
    life = branched().act("hotfix-implement", **FIX).act("hotfix-test", **TESTS)
    life.act("hotfix-review", SENIOR).act("hotfix-deploy", version="v2", load_test_waived="x")
    life.act("hotfix-monitor", **USUAL["monitor"])
    return life.act("hotfix-backport", reference="PR 7")


def refusal_at_both_doors(life: Life, verb: str, text: str, **fields: Any) -> str:
    """The sentence that refuses a step as a command, which an edited file is refused with too."""
    decision = life.ask(verb, **fields)
    assert isinstance(decision, Refused), decision
    (reason,) = decision.reasons
    forged = told_of(life, VERBS[verb].model_validate(fields), text)
    assert reason.sentence in {
        found.reason.sentence for found in everything(life.bug, forged, life)
    }
    return reason.sentence


def remedies(life: Life, verb: str, who: Person = BACKEND, **fields: Any) -> dict[str, str | None]:
    """The command that each refusing gate offers."""
    decision = life.ask(verb, who, **fields)
    assert isinstance(decision, Refused), decision
    return {reason.gate: reason.remedy for reason in decision.reasons}


def test_a_hotfix_drives_the_lifecycle_to_deployed() -> None:
    life = branched().act("hotfix-implement", **FIX)
    assert life.bug.status == "code_review"
    life.act("hotfix-test", **TESTS).act("hotfix-review", SENIOR)
    assert life.bug.status == "load_test"
    life.act("hotfix-deploy", version="v1.9.1", load_test_waived="Emergency")

    assert life.bug.status == "deployed"
    assert [entry.action for entry in life.bug.timeline[-4:]] == [
        "hotfix-test",
        "hotfix-review",
        "pass-tests",
        "hotfix-deploy",
    ]


def rolled_back_onto_another_branch() -> Life:
    """A bug whose hotfix was rolled back, with another branch for the next one."""
    commits = ["hotfix(nfc): Accept both\n\nIncident: INC-2026-0001"]
    life = branched().act("hotfix-implement", **FIX, commits=commits).act("hotfix-test", **TESTS)
    life.act("hotfix-review", SENIOR).act("hotfix-deploy", version="v2", load_test_waived="x")
    life.act("roll-back", reason="Errors rise")
    return life.act("hotfix-branch", branch="hotfix/old-apps-two", base="v1.9")


def test_after_a_roll_back_the_fix_is_on_the_new_branch_with_its_own_commits() -> None:
    life = rolled_back_onto_another_branch()
    start = FORMS["hotfix-implement"].start(life.bug)
    assert (start["branch"], start["commits"]) == ("hotfix/old-apps-two", ())
    assert start["summary"] == FIX["summary"]

    fix = life.act("hotfix-implement", **FIX).bug.fix

    assert fix is not None
    assert (fix.branch, fix.commits) == ("hotfix/old-apps-two", ())


def test_another_branch_that_is_named_wins_over_that_of_the_track() -> None:
    life = rolled_back_onto_another_branch()

    fix = life.act("hotfix-implement", **FIX, branch="hotfix/third").bug.fix

    assert fix is not None
    assert fix.branch == "hotfix/third"


def test_the_incident_is_numbered_by_year_and_bug() -> None:
    hotfix = branched().bug.hotfix

    assert hotfix is not None
    assert (hotfix.incident, hotfix.commander) == ("INC-2026-0001", ONCALL)


def test_a_step_waits_for_the_step_before_it() -> None:
    life = life_at("in_progress", "P0").act("hotfix-declare", ONCALL)

    assert life.refused("hotfix-implement", **USUAL["submit-fix"]) == ("hotfix-order",)


def test_a_hotfix_skips_no_gate() -> None:
    life = branched()

    assert life.refused("hotfix-implement") == ("summary", "risk", "regression_test")


def test_a_review_without_test_evidence_does_not_lead_past_testing() -> None:
    life = branched().act("hotfix-implement", **FIX)
    weak = [{"suite": "unit", "name": "unit", "result": "passed"}]
    life.act("hotfix-test", tests=weak).act("hotfix-review", SENIOR)

    assert life.bug.status == "testing"
    assert life.act("hotfix-test", **TESTS).bug.status == "load_test"


def test_nobody_reviews_their_own_hotfix() -> None:
    life = branched().act("hotfix-implement", **FIX).act("hotfix-test", **TESTS)

    assert "own-fix" in life.refused("hotfix-review", BACKEND)


def test_a_commit_outside_the_convention_is_refused() -> None:
    wrong = ["fix stuff quickly\n\nIncident: INC-2026-0001"]

    assert branched().refused("hotfix-implement", **FIX, commits=wrong) == ("hotfix-commit",)


def test_a_branch_is_set_back_to_the_one_before() -> None:
    life = branched().act("hotfix-branch", branch="hotfix/typo", base="v1.9")

    assert life.refused("hotfix-branch", branch="hotfix/typo", base="v1.9") == ("hotfix-taken",)
    hotfix = life.act("hotfix-branch", branch="hotfix/old-apps", base="v1.9").bug.hotfix
    assert hotfix is not None
    assert hotfix.branch == "hotfix/old-apps"


def test_the_third_fix_goes_on_from_the_branch_of_the_second() -> None:
    life = rolled_back_onto_another_branch()
    life.act("hotfix-implement", **FIX, branch="hotfix/third").act("hotfix-test", **TESTS)
    life.act("hotfix-review", SENIOR).act("hotfix-deploy", version="v3", load_test_waived="x")
    life.act("roll-back", reason="Errors again")

    assert FORMS["hotfix-implement"].start(life.bug)["branch"] == "hotfix/third"
    assert hotfix_branch(life.bug) == "hotfix/third"


def test_a_step_that_a_plain_move_made_is_over_by_whom_and_when() -> None:
    life = branched().act("hotfix-implement", **FIX).act("hotfix-test", **TESTS)
    approved = life.usual("approve").bug.timeline[-1]
    refused = life.ask("hotfix-review", comment="Fine.")

    assert isinstance(refused, Refused)
    told = refused.reasons[0].sentence
    assert f"by {approved.by.name} at " in told


def test_a_branch_that_is_no_hotfix_branch_is_refused() -> None:
    life = life_at("in_progress", "P0").act("hotfix-declare", ONCALL)

    assert life.refused("hotfix-branch", branch="fix/old-apps") == ("hotfix-branch",)


def test_a_p3_is_hotfixed_only_with_a_reason() -> None:
    life = life_at("in_progress", "P3")

    assert life.refused("hotfix-declare") == ("hotfix-reason",)
    assert life.act("hotfix-declare", reason="Legal deadline").bug.hotfix is not None


def test_an_incident_is_declared_once() -> None:
    assert "hotfix-declared" in branched().refused("hotfix-declare")


def test_a_roll_back_leads_back_to_the_implementation() -> None:
    life = branched().act("hotfix-implement", **FIX).act("hotfix-test", **TESTS)
    life.act("hotfix-review", SENIOR).act("hotfix-deploy", version="v2", load_test_waived="x")
    life.act("roll-back", reason="Errors rose")

    assert hotfix_steps(life.bug) == (HotfixStep.DECLARE, HotfixStep.BRANCH)
    assert next_hotfix_step(life.bug) is HotfixStep.IMPLEMENT


def test_a_hotfix_is_closed_only_when_it_is_backported() -> None:
    life = branched().act("hotfix-implement", **FIX).act("hotfix-test", **TESTS)
    life.act("hotfix-review", SENIOR).act("hotfix-deploy", version="v2", load_test_waived="x")
    life.act("hotfix-monitor", **USUAL["monitor"]).usual("verify").usual("release-notes")
    life.usual("postmortem").usual("publish-notes").usual("publish-postmortem")

    assert life.refused("close") == ("backport",)
    assert life.act("hotfix-backport", reference="PR 7").usual("close").bug.status == "closed"


def test_a_missing_rollback_plan_is_given_with_the_deployment() -> None:
    fix = {key: value for key, value in FIX.items() if key != "rollback_plan"}
    life = branched().act("hotfix-implement", **fix).act("hotfix-test", **TESTS)
    life.act("hotfix-review", SENIOR)

    offered = remedies(life, "hotfix-deploy", version="v2")

    assert offered == {"load-test": "evidence", "rollback-plan": "hotfix-deploy"}
    plan = {"steps": ["Deploy the version before"]}
    life.act("hotfix-deploy", version="v2", rollback_plan=plan, load_test_waived="Emergency")


def test_a_refusal_on_the_track_leads_on_along_the_track() -> None:
    life = branched().act("hotfix-implement", **FIX)
    assert remedies(life, "hotfix-implement", **FIX) == {"hotfix-taken": "hotfix-test"}

    life.act("hotfix-test", tests=[{"suite": "unit", "name": "unit", "result": "passed"}])
    assert remedies(life, "hotfix-implement", SENIOR, **FIX) == {"hotfix-taken": "hotfix-review"}
    assert remedies(life, "hotfix-implement", **FIX) == {"hotfix-taken": None}, (
        "offered to its author"
    )

    life.act("hotfix-review", SENIOR)
    assert remedies(life, "hotfix-deploy", version="v2")["state"] == "hotfix-test"


def test_every_run_of_a_hotfix_is_kept_and_what_is_still_needed_is_told() -> None:
    life = life_at("in_progress", "P1").act("hotfix-declare", ONCALL)
    life.act("hotfix-branch", branch="hotfix/old-apps").act("hotfix-implement", **FIX)
    regression, unit, integration = USUAL["pass-tests"]["tests"]
    life.act("hotfix-test", tests=[{**regression, "failed_before_fix": False}])
    assert life.bug.timeline[-1].text == (
        "Rapid tests: old app passed. Still needed: a regression test that failed before the fix, "
        "passing unit tests, passing integration tests."
    )

    life.act("hotfix-review", SENIOR).act("hotfix-test", tests=[regression])
    life.act("hotfix-test", tests=[unit])
    assert life.bug.status == "testing"
    assert life.bug.timeline[-1].text == (
        "Rapid tests: unit passed. Still needed: passing integration tests."
    )

    life.act("hotfix-test", tests=[integration])
    assert life.bug.status == "load_test"
    assert [run.name for run in life.bug.tests] == ["old app", "old app", "unit", "integration"]


def test_a_hotfix_whose_test_failed_stays_in_testing_with_the_failed_run() -> None:
    life = branched().act("hotfix-implement", **FIX)
    failed = {**TESTS["tests"][0], "result": "failed"}
    life.act("hotfix-test", tests=[failed]).act("hotfix-review", SENIOR)
    life.act("hotfix-test", tests=[failed])
    assert (life.bug.status, len(life.bug.tests)) == ("testing", 2)

    assert life.act("hotfix-test", **TESTS).bug.status == "load_test"


def test_a_branch_is_settled_once_the_fix_is_handed_in() -> None:
    life = branched().act("hotfix-branch", branch="hotfix/better-name")
    life.act("hotfix-implement", **FIX)
    text = "Branch hotfix/other created from origin/main."

    assert refusal_at_both_doors(life, "hotfix-branch", text, branch="hotfix/other") == (
        "Hotfix step `branch` is over: `hotfix/better-name` is recorded, by Backend Engineer at "
        "2026-03-03 15:00 UTC, and BUG-0001 stands at `code review`. Step `test` comes next."
    )
    assert refusal_at_both_doors(backported(), "hotfix-branch", text, branch="hotfix/other") == (
        "Hotfix step `branch` is over: `hotfix/old-apps` is recorded, by Backend Engineer at "
        "2026-03-03 10:00 UTC, and BUG-0001 stands at `deployed`. Every step of the track is "
        "taken: go on with `verify`."
    )
    life.act("request-changes", SENIOR, reason="Too wide")
    assert life.act("hotfix-branch", branch="hotfix/other").bug.hotfix is not None


def test_a_branch_is_not_recorded_twice_in_the_same_words() -> None:
    life, text = branched(), "Branch hotfix/old-apps created from v1.9."
    same = {"branch": "hotfix/old-apps", "base": "v1.9"}

    assert refusal_at_both_doors(life, "hotfix-branch", text, **same) == (
        "Hotfix step `branch` is recorded already, by Backend Engineer at 2026-03-03 10:00 UTC: "
        f"{text} Step `implement` comes next."
    )
    corrected = life.act("hotfix-branch", branch="hotfix/old-apps", base="v2.0").bug.hotfix
    assert corrected is not None
    assert corrected.base == "v2.0"
    life.act("hotfix-branch", branch="hotfix/Old-Apps", base="v2.0")


def test_a_backport_is_recorded_once_for_each_reference() -> None:
    life = backported()

    assert refusal_at_both_doors(
        life, "hotfix-backport", "Backported to main: PR 7.", reference="PR 7"
    ) == (
        "Hotfix step `backport` is recorded already, by Backend Engineer at 2026-03-04 16:00 UTC: "
        "Backported to main: PR 7. Every step of the track is taken: go on with `verify`."
    )
    life.act("hotfix-backport", reference="PR 8 to release/1.x")


@pytest.mark.parametrize(
    "again",
    ["PR #512", "pr #512", "PR  #512", "#512", "PR 512", "512", "https://github.com/x/y/pull/512"],
)
def test_a_backport_written_otherwise_is_recorded_already(again: str) -> None:
    life = backported().act("hotfix-backport", reference="PR #512")

    for text in (f"Backported to main: {again}.", "Brought to main."):
        refused = refusal_at_both_doors(life, "hotfix-backport", text, reference=again)
        assert "recorded already, by Backend Engineer" in refused
    life.act("hotfix-backport", reference="PR #5120")


def test_an_incident_is_declared_once_at_both_doors() -> None:
    assert refusal_at_both_doors(branched(), "hotfix-declare", "Declared again.") == (
        "INC-2026-0001 is declared for BUG-0001 already, by On-call Engineer at 2026-03-03 05:00 "
        "UTC. Step `implement` comes next."
    )


def test_tests_and_samples_are_taken_as_often_as_there_are_some() -> None:
    life = backported()
    steps = len(life.bug.hotfix.steps) if life.bug.hotfix else 0
    life.act("hotfix-monitor", **USUAL["monitor"]).act("hotfix-test", **TESTS)

    assert life.bug.hotfix is not None
    assert len(life.bug.hotfix.steps) == steps + 2
    assert everything(None, life.bug, life) == []


@pytest.mark.parametrize("verb", ["request-changes", "fail-tests", "regress"])
def test_a_way_back_to_the_fix_voids_the_steps_after_the_branch(verb: str) -> None:
    reached = {"request-changes": (), "fail-tests": ("approve",)}.get(
        verb, ("approve", "pass-tests")
    )
    life = branched().act("hotfix-implement", **FIX)
    for step in reached:
        life.usual(step)
    life.act(verb, SENIOR, reason="Too slow")

    assert next_hotfix_step(life.bug) is HotfixStep.IMPLEMENT


@pytest.mark.parametrize(
    ("status", "step"),
    [
        ("triaged", HotfixStep.BRANCH),
        ("code_review", HotfixStep.TEST),
        ("testing", HotfixStep.TEST),
        ("load_test", HotfixStep.DEPLOY),
        ("deployed", HotfixStep.MONITOR),
        ("verified", HotfixStep.BACKPORT),
    ],
)
def test_an_incident_that_is_declared_late_goes_on_from_where_the_bug_stands(
    status: Status, step: HotfixStep
) -> None:
    life = life_at(status, "P0").act("hotfix-declare", ONCALL)
    assert next_hotfix_step(life.bug) is step


def test_a_hotfix_step_that_was_undone_may_be_merged() -> None:
    life = branched().act("hotfix-implement", **FIX).act("undo", reason="Another bug was meant")

    assert everything(None, life.bug, life) == []


def test_the_monitoring_of_nothing_is_no_step() -> None:
    life = backported()

    assert life.refused("hotfix-monitor", run="kubectl get pods") == ("monitoring",)
    assert life.refused("monitor") == ("monitoring",)
    life.act("hotfix-monitor", checklist=[{"text": "Stakeholders told", "done": True}])


@pytest.mark.parametrize(
    ("verb", "who", "fields", "recorded"),
    [
        ("hotfix-implement", BACKEND, FIX, "Backend Engineer at 2026-03-03 15:00 UTC"),
        ("hotfix-review", SENIOR, {}, "Senior Engineer at 2026-03-04 01:00 UTC"),
        (
            "hotfix-deploy",
            BACKEND,
            {"version": "v2"},
            "Backend Engineer at 2026-03-04 06:00 UTC",
        ),
    ],
)
def test_a_step_that_moved_the_bug_on_is_recorded_once(
    verb: str, who: Person, fields: dict[str, Any], recorded: str
) -> None:
    life = backported()
    refused = life.ask(verb, who, **fields)

    assert isinstance(refused, Refused)
    (reason,) = refused.reasons
    assert f"Hotfix step `{verb[7:]}` is recorded already, by {recorded}" in reason.sentence
    assert reason.sentence.endswith("Every step of the track is taken: go on with `verify`.")
    assert obstacles(life.bug, verb, seen_by(life, who)) == (replace(reason, remedy="verify"),)
    forged = told_of(life, VERBS[verb].model_validate(fields), "Once more.", who)
    without_fact = life.bug.model_copy(update={"timeline": forged.timeline})
    for edited in (forged, without_fact):
        told = {found.reason.sentence for found in everything(life.bug, edited, life)}
        assert reason.sentence in told


def seen_by(life: Life, who: Person) -> Context:
    return Context(actor=who, policy=life.policy, now=life.now, at=life.now)


def test_a_load_test_that_may_be_waived_is_refused_with_the_way_to_waive_it() -> None:
    life = branched().act("hotfix-implement", **FIX).act("hotfix-test", **TESTS)
    refused = life.act("hotfix-review", SENIOR).ask("hotfix-deploy", version="v2")

    assert isinstance(refused, Refused)
    (reason,) = refused.reasons
    assert reason.sentence == (
        "The load test has not passed: record its result, or waive it with a reason when you "
        "deploy (`load_test_waived=…`, in a terminal `--load-test-waived …`)."
    )
    life.act("hotfix-deploy", version="v2", load_test_waived="Emergency")


@pytest.mark.parametrize("verb", ["monitor", "hotfix-monitor"])
def test_monitoring_without_a_figure_is_refused_in_a_file_as_well(verb: str) -> None:
    life = branched().act("hotfix-implement", **FIX).act("hotfix-test", **TESTS)
    life.act("hotfix-review", SENIOR).act("hotfix-deploy", version="v2", load_test_waived="x")
    nothing = "Nothing new was watched: give the error rate, another metric or a check."
    for _ in range(2):
        refused = life.ask(verb)
        assert isinstance(refused, Refused)
        assert [reason.sentence for reason in refused.reasons] == [nothing]
        forged = told_of(life, VERBS[verb].model_validate({}), "Watched.")
        assert nothing in {each.reason.sentence for each in everything(life.bug, forged, life)}
        life.act("hotfix-monitor", **USUAL["monitor"])


def test_the_kinds_of_tests_that_a_hotfix_still_needs_are_named_until_it_is_deployed() -> None:
    life = life_at("in_progress", "P1").act("hotfix-declare", ONCALL)
    life.act("hotfix-branch", branch="hotfix/old-apps").act("hotfix-implement", **FIX)

    def told() -> str:
        return missing_tests(life.bug, seen_by(life, BACKEND))

    assert not told()
    regression, unit, integration = USUAL["pass-tests"]["tests"]
    life.act("hotfix-test", tests=[regression, unit])
    assert told() == (
        "Tests still needed to leave testing: passing integration tests; to deploy: the load test, "
        "the smoke test on staging."
    )
    life.act("hotfix-test", tests=[integration]).act("hotfix-review", SENIOR)
    assert told() == ("Tests still needed to deploy: the load test, the smoke test on staging.")
    assert not missing_tests(life.usual("evidence").bug, seen_by(life, BACKEND))


def test_a_branch_named_again_without_its_base_is_recorded_already() -> None:
    life, text = branched(), "Branch hotfix/old-apps created from v1.9."

    refused = refusal_at_both_doors(life, "hotfix-branch", text, branch="hotfix/old-apps")
    assert "recorded already, by Backend Engineer at 2026-03-03 10:00 UTC" in refused
    corrected = life.act("hotfix-branch", branch="hotfix/better-name").bug.hotfix
    assert corrected is not None
    assert corrected.base == "v1.9"


@pytest.mark.parametrize(
    ("move", "step", "fields"),
    [("approve", "hotfix-review", {}), ("deploy", "hotfix-deploy", {"version": "v2"})],
)
def test_a_step_is_for_the_role_of_the_move_that_it_makes(
    move: str, step: str, fields: dict[str, Any]
) -> None:
    life = branched().act("hotfix-implement", **FIX).act("hotfix-test", **TESTS)
    if move == "deploy":
        life.act("hotfix-review", SENIOR)
    for permissions, refused in (
        ({move: "lead"}, True),
        ({move: "lead", step: "responder"}, False),
    ):
        life.policy = Policy(
            roles={"lead": (ONCALL,), "responder": (SENIOR,)}, permissions=permissions
        )
        decision = life.ask(step, SENIOR, **fields)
        gates = {each.gate for each in decision.reasons} if isinstance(decision, Refused) else set()
        assert ("role" in gates) is refused
        forged = told_of(life, VERBS[step].model_validate(fields), "Done.", SENIOR)
        found = {each.reason.gate for each in everything(life.bug, forged, life)}
        assert ("role" in found) is refused
