"""After a roll back or a reopening, nothing of the first fix passes for the second."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.forms.catalogue import FORMS
from tests.builders.doors import everything, moved
from tests.builders.life import BACKEND, ONCALL, SENIOR, USUAL, Life, life_at
from tracker.model.fix import Fix
from tracker.model.status import Status
from tracker.workflow.context import Context
from tracker.workflow.current_fix import current_approvals, current_evidence
from tracker.workflow.decision import Refused
from tracker.workflow.next_moves import next_on_track
from tracker.workflow.readiness import Mark, readiness
from tracker.workflow.readiness_group import Group

CHANGE: dict[str, Any] = {
    "pull_request": "PR #1",
    "commits": ["hotfix(nfc): Accept both\n\nIncident: INC-2026-0001"],
    "files": [{"path": "nfc.py"}],
    "code": "accept(both)",
    "code_language": "python",
}
FIRST: dict[str, Any] = {
    **USUAL["submit-fix"],
    **CHANGE,
    "steps": ["Verify twice"],
    "design": {"small_change": "Yes"},
    "breaking_changes": ["Old keys"],
    "technical_debt": "Two algorithms",
}
SECOND = {**USUAL["submit-fix"], "branch": "fix/second", "summary": "Another way."}
DESCRIPTION = {"summary", "risk", "regression_test"}


def deployed(verb: str = "submit-fix") -> Life:
    life = life_at("in_progress")
    if verb == "hotfix-implement":
        life.act("hotfix-declare", ONCALL).act("hotfix-branch", branch="hotfix/first")
    life.act(verb, **FIRST if verb == "submit-fix" else {**FIRST, "branch": None})
    for step in ("approve", "pass-tests", "evidence", "release-notes", "deploy", "monitor"):
        life.usual(step)
    return life


def rolled_back() -> Life:
    return deployed().act("roll-back", reason="Errors rise")


def reopened() -> Life:
    life = deployed()
    for step in ("verify", "publish-notes", "postmortem", "publish-postmortem"):
        life.usual(step)
    life.act("link", kind="follow_up", ref="BUG-0002").usual("close")
    return life.act("reopen", reason="Seen again").usual("identify")


def rolled_back_on_track() -> Life:
    """A hotfix that waits for its second implementation."""
    life = deployed("hotfix-implement").act("roll-back", reason="Errors rise")
    assert life.bug.fix is not None
    assert life.bug.fix.branch == "hotfix/first"
    return life


def fix_of(life: Life) -> Fix:
    assert life.bug.fix is not None
    return life.bug.fix


ENDED = pytest.mark.parametrize("ended", [rolled_back, reopened])


@ENDED
def test_a_second_fix_is_described_anew(ended: Callable[[], Life]) -> None:
    assert set(ended().refused("submit-fix")) == {*DESCRIPTION, "branch"}


@ENDED
def test_only_what_was_chosen_planned_or_owed_stays_of_a_first_fix(
    ended: Callable[[], Life],
) -> None:
    life = ended()
    first = fix_of(life)
    second = fix_of(life.act("submit-fix", SENIOR, **SECOND))

    said = {*SECOND, "submitted_at", "submitted_by"}
    kept = {
        name
        for name in set(Fix.model_fields) - said
        if getattr(first, name) not in (None, ()) and getattr(second, name) == getattr(first, name)
    }
    assert kept <= {"strategy", "deployment_plan", "technical_debt"}
    assert second.submitted_by == SENIOR
    assert everything(None, life.bug, life) == []


@ENDED
def test_the_form_of_a_second_fix_shows_answers_to_confirm_but_not_the_first_change(
    ended: Callable[[], Life],
) -> None:
    start = FORMS["submit-fix"].start(ended().bug)

    assert (start["summary"], start["regression_test"]) == (
        FIRST["summary"],
        FIRST["regression_test"],
    )
    assert not any(start[name] for name in ("branch", *CHANGE))


@pytest.mark.parametrize("verb", ["submit-fix", "hotfix-implement"])
def test_after_a_roll_back_either_command_takes_the_branch_of_the_track(verb: str) -> None:
    life = rolled_back_on_track().act("hotfix-branch", branch="hotfix/second")
    described = {name: FIRST[name] for name in DESCRIPTION}
    assert FORMS[verb].start(life.bug)["branch"] == "hotfix/second"

    fix = fix_of(life.act(verb, **described))

    assert (fix.branch, fix.pull_request, fix.commits) == ("hotfix/second", None, ())
    assert (
        next_on_track(
            life.bug, Context(actor=BACKEND, policy=life.policy, now=life.now, at=life.now)
        )
        == "hotfix-test"
    )


def test_a_track_that_keeps_its_branch_keeps_no_commits_of_a_fix_that_was_rolled_back() -> None:
    described = {name: FIRST[name] for name in DESCRIPTION}
    fix = fix_of(rolled_back_on_track().act("submit-fix", **described))

    assert (fix.branch, fix.pull_request, fix.commits) == ("hotfix/first", None, ())


@pytest.mark.parametrize("verb", ["submit-fix", "hotfix-implement"])
def test_a_fix_that_was_sent_back_is_worked_on_where_it_is(verb: str) -> None:
    life = life_at("in_progress").act("hotfix-declare", ONCALL)
    life.act("hotfix-branch", branch="hotfix/first")
    life.act(verb, **{**FIRST, "branch": "hotfix/third"})
    life.act("request-changes", SENIOR, reason="Too wide").act(verb)

    assert (fix_of(life).branch, fix_of(life).pull_request) == ("hotfix/third", "PR #1")


def test_a_fix_on_another_branch_has_another_pull_request() -> None:
    life = life_at("in_progress").act("submit-fix", **FIRST)
    life.act("request-changes", SENIOR, reason="Too wide").act("submit-fix", branch="fix/other")

    assert (fix_of(life).pull_request, fix_of(life).commits) == (None, ())
    assert fix_of(life).summary == FIRST["summary"]


@ENDED
def test_tests_and_approvals_of_a_first_fix_say_nothing_of_the_next(
    ended: Callable[[], Life],
) -> None:
    life = ended()
    for verb in (None, "submit-fix"):
        if verb:
            life.act(verb, **SECOND)
        assert (current_evidence(life.bug), current_approvals(life.bug)) == ((), ())


@ENDED
def test_the_readiness_of_a_next_fix_owes_nothing_to_the_first(ended: Callable[[], Life]) -> None:
    life = ended()
    page = readiness(life.bug, life.policy, life.now)
    marks = {section.group: section.mark for section in page.sections}
    told = " ".join(fact for section in page.sections for fact in section.facts)

    for group in (Group.ANALYSIS, Group.TESTS, Group.REVIEW, Group.LOAD, Group.DEPLOYMENT):
        assert marks[group] is Mark.UNMET
    assert marks[Group.MONITORING] is Mark.LATER
    assert "PR #1" not in told
    assert "0 %" not in told


@ENDED
def test_a_deployment_by_hand_is_not_that_of_the_first_fix(ended: Callable[[], Life]) -> None:
    life = ended().act("submit-fix", **SECOND)
    for step in ("approve", "pass-tests", "evidence"):
        life.usual(step)
    forged = moved(life.bug, "deploy", Status.DEPLOYED, BACKEND, life)

    assert [found.reason.sentence for found in everything(life.bug, forged, life)] == [
        "There is no deployment at this time: use `bugbook deploy`."
    ]


def test_a_roll_back_by_hand_takes_the_deployment_back() -> None:
    life = deployed()
    forged = moved(life.bug, "roll-back", Status.IN_PROGRESS, BACKEND, life)

    assert [found.reason.sentence for found in everything(life.bug, forged, life)] == [
        "No deployment is rolled back at this time: use `bugbook roll-back`."
    ]


def test_checks_and_figures_of_a_first_fix_do_not_verify_the_second() -> None:
    life = reopened().act("submit-fix", **SECOND)
    for step in ("approve", "pass-tests", "evidence", "deploy"):
        life.usual(step)

    assert set(life.refused("verify")) == {"immediate-checks", "short-term-checks", "error-rate"}


def test_a_test_run_without_a_time_is_of_the_first_fix() -> None:
    life = rolled_back().act("submit-fix", **SECOND).usual("approve")
    undated = tuple(run.model_copy(update={"at": None, "key": None}) for run in life.bug.tests)

    assert current_evidence(life.bug.model_copy(update={"tests": undated})) == ()


def test_documents_published_for_a_first_fix_do_not_close_the_second() -> None:
    life = reopened().act("submit-fix", **SECOND)
    for step in ("approve", "pass-tests", "evidence", "deploy", "monitor", "verify"):
        life.usual(step)

    refused = life.ask("close")
    assert isinstance(refused, Refused)
    assert [reason.gate for reason in refused.reasons] == ["release-notes", "postmortem"]
    assert all("published" in reason.sentence for reason in refused.reasons)
    forged = moved(life.bug, "close", Status.CLOSED, BACKEND, life)
    told = {found.reason.sentence for found in everything(life.bug, forged, life)}
    assert {reason.sentence for reason in refused.reasons} <= told

    life.act("release-notes", summary="Redemption works at last.").usual("publish-notes")
    life.act("postmortem", summary="Twice.").usual("publish-postmortem").usual("close")
    assert everything(None, life.bug, life) == []


def test_a_backport_of_a_first_fix_is_none_of_the_second() -> None:
    life = deployed("hotfix-implement").act("hotfix-monitor", **USUAL["monitor"])
    life.act("hotfix-backport", reference="PR #512").act("roll-back", reason="Errors rise")
    life.act("submit-fix", **{**SECOND, "branch": "hotfix/second"})
    for step in ("approve", "pass-tests", "evidence", "deploy", "monitor"):
        life.usual(step)
    life.act("hotfix-monitor", error_rate_after="0 %")

    refused = life.ask("hotfix-backport", reference="#512")
    assert isinstance(refused, Refused)
    (reason,) = refused.reasons
    assert reason.sentence.endswith("That was an earlier fix: name what brings this one.")
    life.act("hotfix-backport", reference="PR #513")
    assert everything(None, life.bug, life) == []
