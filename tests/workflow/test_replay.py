"""The judge of edited files agrees with the judge of commands, in both directions."""

from datetime import timedelta

import pytest

from tests.builders.doors import as_pull_request, everything, moved
from tests.builders.incident import EVERY, POLICY, played
from tests.builders.life import BACKEND, ONCALL, SENIOR, USUAL, Life, answers, life_at
from tracker.model.person import Person
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.model.status import Status
from tracker.model.timeline import TimelineEntry
from tracker.workflow.decision import Accepted
from tracker.workflow.replay import replay, unexplained_status
from tracker.workflow.trail import end_of_trail
from tracker.workflow.trail_faults import trail_faults


@pytest.mark.parametrize("name", EVERY)
def test_a_whole_incident_is_accepted_at_once_and_step_by_step(name: str) -> None:
    steps = played(name)
    before: BugRecord | None = None
    for step in steps:
        assert replay(before, step.record, POLICY, step.at) == ()
        before = step.record
    assert replay(None, steps[-1].record, POLICY, steps[-1].at) == ()


@pytest.mark.parametrize("status", [str(status) for status in Status])
def test_a_usual_life_is_accepted_at_once(status: str) -> None:
    life = life_at(status)
    assert everything(None, life.bug, life) == []


def test_a_status_edited_without_its_move_is_refused_with_the_sentences_of_decide() -> None:
    life = life_at("investigating")
    edited = life.bug.model_copy(update={"status": Status.IN_PROGRESS})

    told = [finding.reason.sentence for finding in everything(life.bug, edited, life)]
    assert told == [
        (
            "The status is `in progress`, and the timeline ends at `investigating`: "
            "use `identify`, which records the move."
        ),
        "No attempt to reproduce is recorded: say where and what was seen.",
        "The root cause is missing: say what causes the bug.",
        "No fix strategy is chosen: choose a preliminary one.",
    ]


def test_a_move_written_by_hand_is_judged_by_its_gates() -> None:
    life = life_at("investigating")
    edited = moved(life.bug, "identify", Status.IN_PROGRESS, BACKEND, life)

    told = [finding.reason.sentence for finding in everything(life.bug, edited, life)]
    assert "The root cause is missing: say what causes the bug." in told
    assert all(finding.where == ("timeline", 3) for finding in everything(life.bug, edited, life))


def test_a_move_that_the_table_does_not_have_is_refused_as_decide_refuses_it() -> None:
    life = life_at("triaged")
    edited = moved(life.bug, "deploy", Status.DEPLOYED, BACKEND, life)

    (reason,) = life.ask("deploy", version="v2").reasons  # type: ignore[union-attr]
    assert [found.reason for found in everything(life.bug, edited, life)] == [reason]


def at_once(life: Life, verb: str, who: Person = BACKEND, **fields: object) -> None:
    """Do what must be accepted, and let no time pass."""
    decision = life.ask(verb, who, **fields)
    assert isinstance(decision, Accepted), decision
    life.keep(decision.record)


def test_what_happens_in_one_second_is_judged_in_the_order_of_writing() -> None:
    life = life_at("load_test", "P3")
    at_once(life, "evidence", **USUAL["evidence"])
    at_once(life, "deploy", version="v2", load_test_waived="Too small")
    worse = {"category": "Caching", "answers": answers("P1"), "reason": "Payments fail too"}
    at_once(life, "triage", ONCALL, **worse)

    assert everything(None, life.bug, life) == []
    assert as_pull_request(None, life.bug, life) == ()


def test_what_fails_in_the_second_after_a_move_does_not_take_the_move_back() -> None:
    life = life_at("load_test", "P3")
    failed = {"suite": "unit", "name": "unit", "result": "failed"}
    at_once(life, "evidence", **USUAL["evidence"])
    at_once(life, "deploy", version="v2")
    at_once(life, "evidence", tests=[failed])
    at_once(life, "roll-back", reason="The error rate rose")
    assert everything(None, life.bug, life) == []

    at_once(life, "submit-fix", **USUAL["submit-fix"])
    at_once(life, "approve", SENIOR)
    reasons = life.ask("pass-tests").reasons  # type: ignore[union-attr]
    edited = moved(life.bug, "pass-tests", Status.LOAD_TEST, BACKEND, life)
    assert [found.reason for found in everything(None, edited, life)] == [*reasons]


def test_what_was_said_of_a_fix_says_nothing_of_the_one_handed_in_within_the_same_second() -> None:
    life = life_at("code_review", "P2")
    at_once(life, "approve", SENIOR)
    at_once(life, "pass-tests", **USUAL["pass-tests"])
    at_once(life, "regress", reason="Slower than before")
    at_once(life, "submit-fix", **USUAL["submit-fix"])
    forged = moved(life.bug, "approve", Status.TESTING, SENIOR, life)
    told = [finding.reason.gate for finding in everything(life.bug, forged, life)]
    assert told == ["approvals"]

    at_once(life, "approve", SENIOR)
    reasons = life.ask("pass-tests").reasons  # type: ignore[union-attr]
    assert {reason.gate for reason in reasons} >= {"regression-test", "suite-unit"}
    edited = moved(life.bug, "pass-tests", Status.LOAD_TEST, BACKEND, life)
    assert {found.reason for found in everything(None, edited, life)} == set(reasons)
    at_once(life, "pass-tests", **USUAL["pass-tests"])
    assert everything(None, life.bug, life) == []


def test_a_test_run_counts_from_its_entry_on_though_it_names_an_earlier_time() -> None:
    life = life_at("testing", "P2")
    early = {"at": life.now - timedelta(hours=1)}
    runs = [{**run, **early} for run in USUAL["pass-tests"]["tests"]]
    before = life.bug
    life.keep(moved(before, "pass-tests", Status.LOAD_TEST, BACKEND, life))
    life.now += timedelta(hours=1)
    life.act("evidence", tests=runs)

    told = {finding.reason.gate for finding in everything(before, life.bug, life)}
    assert "regression-test" in told
    life.keep(before)
    assert everything(before, life.act("pass-tests", tests=runs).bug, life) == []


def test_of_two_documents_published_in_one_second_the_later_one_closes_no_bug_before() -> None:
    life = life_at("verified", "P1").usual("postmortem")
    before = life.bug
    at_once(life, "publish", document="release_notes")
    at_once(life, "publish", document="postmortem")
    at_once(life, "close")
    assert everything(before, life.bug, life) == []

    *rest, published, closed = life.bug.timeline
    turned = life.bug.model_copy(update={"timeline": (*rest, closed, published)})
    told = [finding.reason.gate for finding in replay(before, turned, life.policy, life.now)]
    assert told == ["postmortem"]


def test_a_triage_that_is_noted_later_does_not_judge_an_earlier_move() -> None:
    life = life_at("deployed", "P3")
    before = life.bug.timeline[0].at
    worse = {"category": "Caching", "answers": answers("P0"), "reason": "It was down"}
    life.act("triage", ONCALL, at=before, **worse)

    assert replay(None, life.bug, life.policy, life.now) == ()


def test_nobody_approves_their_own_fix_by_editing_the_author_away() -> None:
    life = life_at("code_review", "P2")
    forged = life.ask("approve", SENIOR)
    assert isinstance(forged, Accepted)
    fix = forged.record.fix
    assert fix is not None
    review = forged.record.reviews[0].model_copy(update={"by": BACKEND})
    edited = forged.record.model_copy(
        update={"reviews": (review,), "fix": fix.model_copy(update={"submitted_by": SENIOR})}
    )

    told = {finding.reason.sentence for finding in everything(life.bug, edited, life)}
    assert "Backend Engineer wrote this fix and cannot approve it: ask somebody else." in told


def test_a_role_is_asked_for_in_files_too() -> None:
    policy = Policy(roles={"lead": (SENIOR,)}, permissions={"wont-fix": "lead"})
    life = Life(policy=policy).usual("report")
    (reason,) = life.ask("wont-fix", reason="Old").reasons  # type: ignore[union-attr]
    edited = moved(life.bug, "wont-fix", Status.CLOSED, BACKEND, life)

    assert reason in [finding.reason for finding in replay(life.bug, edited, policy, life.now)]


def test_a_closed_bug_is_reopened_before_it_is_worked_on() -> None:
    life = life_at("closed")
    entry = TimelineEntry(key="zzzzzz", at=life.now, by=BACKEND, action="mitigate", text="Off.")
    edited = life.bug.model_copy(update={"timeline": (*life.bug.timeline, entry)})

    told = [finding.reason.sentence for finding in everything(life.bug, edited, life)]
    assert told == ["BUG-0001 is closed: reopen it before `mitigate`."]


def test_a_skipped_step_of_the_hotfix_track_is_refused() -> None:
    life = life_at("investigating").act("hotfix-declare")
    branched = life.ask("hotfix-branch", branch="hotfix/x")
    assert isinstance(branched, Accepted)
    hotfix = branched.record.hotfix
    assert hotfix is not None
    hotfix = hotfix.model_copy(update={"steps": hotfix.steps[1:]})
    edited = branched.record.model_copy(update={"hotfix": hotfix})

    told = {finding.reason.sentence for finding in everything(life.bug, edited, life)}
    assert "Hotfix step `declare` comes before `branch`: do it first." in told


def test_a_copied_key_does_not_hide_a_new_move() -> None:
    life = life_at("triaged")
    entry = life.bug.timeline[0].model_copy(
        update={"action": "wont-fix", "to": Status.CLOSED, "at": life.now}
    )
    edited = life.bug.model_copy(update={"timeline": (*life.bug.timeline, entry)})

    told = [finding.reason.gate for finding in everything(life.bug, edited, life)]
    assert "key" in told


def test_the_way_to_a_closed_status_is_that_of_the_resolution() -> None:
    life = life_at("deployed").act("wont-fix", reason="Old")
    honest = life.bug
    edited = honest.model_copy(update={"timeline": honest.timeline[:-1]})

    told = [
        finding.reason.sentence for finding in unexplained_status(edited, life.policy, life.now)
    ]
    assert told == [
        (
            "The status is `closed`, and the timeline ends at `deployed`: "
            "use `wont-fix`, which records the move."
        )
    ]


def test_a_status_that_no_move_leads_to_is_refused() -> None:
    life = life_at("testing")
    edited = life.bug.model_copy(update={"status": Status.TRIAGED})

    (finding,) = unexplained_status(edited, life.policy, life.now)
    assert finding.reason.sentence.startswith(
        "BUG-0001 stands at `testing`, from where no move leads to `triaged`: go on with "
    )


def test_a_bug_reported_by_hand_needs_no_timeline() -> None:
    record = Life().usual("report").bug.model_copy(update={"timeline": ()})

    assert end_of_trail(record) is Status.REPORTED
    assert list(trail_faults(record)) == []
