"""The one judge: time, order, closed bugs, what a move leaves behind."""

from datetime import timedelta
from typing import Any

import pytest

from tests.builders.life import BACKEND, ONCALL, SENIOR, START, SUPPORT, Life, answers, life_at
from tracker.model.status import Status
from tracker.workflow.decide import decide
from tracker.workflow.decision import Accepted, Refused
from tracker.workflow.verbs import VERBS


def test_a_report_makes_a_record_by_the_person_who_reported() -> None:
    bug = life_at("reported").bug

    assert (bug.status, bug.reported.by, bug.reported.at) == ("reported", SUPPORT, START)
    assert [entry.action for entry in bug.timeline] == ["report"]


def test_a_number_that_is_taken_is_refused() -> None:
    assert life_at("reported").refused("report", title="Again", what_is_broken="x",
                                       environment={}) == ("id",)  # fmt: skip


def test_nothing_happens_later_than_now() -> None:
    life = life_at("reported")
    late = (life.now + timedelta(seconds=1)).isoformat()

    assert life.refused("note", text="from the future", at=late) == ("time",)


def test_a_move_cannot_have_happened_before_the_move_that_led_to_it() -> None:
    life = life_at("triaged")
    early = (START - timedelta(minutes=1)).isoformat()

    assert life.refused("assign", assignee=str(BACKEND), backup=str(ONCALL), at=early) == ("order",)


def test_a_note_may_tell_what_happened_before_the_report() -> None:
    early = (START - timedelta(hours=1)).isoformat()

    assert life_at("reported").act("note", text="Deployed", at=early).bug.timeline[-1].at < START


def test_a_long_subject_says_that_something_is_left_out() -> None:
    long = life_at("reported").ask("note", text="word " * 40)
    short = life_at("reported").ask("note", text="word")

    assert isinstance(long, Accepted)
    assert len(long.subject) <= 100
    assert long.subject.endswith("word…")
    assert isinstance(short, Accepted)
    assert short.subject == "word"


def test_a_refused_move_names_the_state_and_the_moves_that_it_allows() -> None:
    decision = life_at("reported").ask("deploy", version="v2")

    assert isinstance(decision, Refused)
    assert decision.reasons[0].sentence == (
        "BUG-0001 stands at `reported`, where `deploy` is not possible: "
        "go on with `triage`, `mark-duplicate`, `wont-fix`."
    )


def test_the_same_question_gets_the_same_answer() -> None:
    life = life_at("triaged")

    assert life.ask("assign", assignee=str(BACKEND), backup=str(ONCALL)) == life.ask(
        "assign", assignee=str(BACKEND), backup=str(ONCALL)
    )


@pytest.mark.parametrize("verb", ["note", "action", "link"])
def test_a_closed_bug_still_takes_notes_to_dos_and_links(verb: str) -> None:
    fields: dict[str, Any] = {
        "note": {"text": "Seen again in the logs"},
        "action": {"text": "Add a test", "horizon": "immediate"},
        "link": {"kind": "similar", "ref": "BUG-0002"},
    }[verb]

    assert life_at("closed").act(verb, **fields).bug.status == "closed"


def test_a_closed_bug_takes_no_new_impact() -> None:
    assert life_at("closed").refused("impact", users="all") == ("open",)


def test_a_reopened_bug_is_investigated_again_and_has_no_resolution() -> None:
    bug = life_at("closed").act("reopen", reason="Customers see it again").bug

    assert (bug.status, bug.resolution) == ("investigating", None)


def test_a_deviation_from_the_matrix_needs_a_reason() -> None:
    fields = {"category": "Caching", "answers": answers("P3"), "severity": "P1"}
    life = life_at("reported")

    assert life.refused("triage", ONCALL, **fields) == ("severity-reason",)
    assert life.act("triage", ONCALL, **fields, reason="Big customer").bug.severity == "P1"


def test_a_category_that_the_policy_does_not_know_is_refused() -> None:
    fields = {"category": "Cachinng", "answers": answers("P3")}

    assert life_at("reported").refused("triage", ONCALL, **fields) == ("category",)


def test_triage_without_answers_tells_what_is_missing() -> None:
    assert life_at("reported").refused("triage", severity="P1") == (
        "answers",
        "category",
        "severity",
    )


@pytest.mark.parametrize("status", ["triaged", "investigating", "testing", "deployed"])
def test_the_severity_changes_in_every_open_state_with_a_reason(status: str) -> None:
    life = life_at(status)
    assert life.refused("triage", ONCALL, severity="P0") == ("severity-reason",)
    bug = life.act("triage", ONCALL, severity="P0", reason="Data is lost").bug

    assert (bug.status, bug.severity) == (status, "P0")
    assert bug.triage is not None
    assert [change.after for change in bug.triage.changes] == ["P1", "P0"]


def test_a_roll_back_marks_the_deployment_and_goes_back_to_the_fix() -> None:
    bug = life_at("deployed").act("roll-back", reason="Errors rose").bug

    assert (bug.status, bug.deployments[-1].rolled_back_because) == ("in_progress", "Errors rose")


def test_an_action_item_is_changed_by_its_key() -> None:
    life = life_at("reported").act("action", text="Add a test", horizon="immediate")
    key = life.bug.actions[0].key
    life.act("action", key=key, owner=str(BACKEND), due="2026-04-01", done=True)

    assert (life.bug.actions[0].owner, life.bug.actions[0].done_at is not None) == (BACKEND, True)
    assert life.refused("action", key="zzzzzz", done=True) == ("action-item",)


def test_a_document_is_published_with_rising_versions() -> None:
    life = life_at("reported")
    for summary in ("Redemption works.", "Redemption works for everybody."):
        life.act("release-notes", summary=summary).act("publish", document="release_notes")

    notes = life.bug.release_notes
    assert notes is not None
    assert [publication.version for publication in notes.published] == ["1.0", "1.1"]


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ("postmortem", "BUG-0001 has no post-mortem yet: write it with `postmortem`."),
        ("release_notes", "BUG-0001 has no release notes yet: write them with `release-notes`."),
    ],
)
def test_an_unwritten_document_is_asked_for_by_its_own_word(document: str, told: str) -> None:
    decision = life_at("reported").ask("publish", document=document)

    assert isinstance(decision, Refused)
    assert told in {reason.sentence for reason in decision.reasons}


def test_an_unwritten_document_is_not_published() -> None:
    assert life_at("reported").refused("publish", document="postmortem") == ("postmortem-written",)


def test_a_postmortem_without_lessons_is_not_published() -> None:
    life = life_at("reported").act("postmortem", went_well=["quick"])

    assert life.refused("publish", document="postmortem") == (
        "postmortem-went_wrong",
        "postmortem-lessons",
    )


def test_only_a_report_needs_no_record() -> None:
    life = Life()
    action = VERBS["note"].model_validate({"text": "x"})

    with pytest.raises(ValueError, match="Only a report"):
        decide(None, action, BACKEND, life.policy, life.now)


@pytest.mark.parametrize("status", [status for status in Status if status.is_open])
def test_every_open_bug_can_be_closed_as_a_duplicate(status: Status) -> None:
    bug = life_at(status.value).act("mark-duplicate", duplicate_of="BUG-0002").bug

    assert (bug.status, bug.resolution and bug.resolution.duplicate_of) == ("closed", "BUG-0002")


@pytest.mark.parametrize("verb", ["plan", "impact", "plan-deployment", "proper-fix", "postmortem"])
def test_an_edit_without_anything_to_record_is_refused(verb: str) -> None:
    decision = life_at("verified").ask(verb)

    assert isinstance(decision, Refused)
    assert [reason.sentence for reason in decision.reasons] == [
        f"`{verb}` was given nothing to record: say what is to be recorded."
    ]


@pytest.mark.parametrize(
    ("verb", "fields"),
    [
        ("plan", {"known": ["It fails"]}),
        ("impact", {"users": "~5,000"}),
        ("link", {"kind": "similar", "ref": "BUG-0002"}),
        ("release-notes", {"summary": "Fixed."}),
    ],
)
def test_what_the_record_holds_already_is_no_new_edit(verb: str, fields: dict[str, Any]) -> None:
    life = life_at("load_test").act(verb, **fields)
    decision = life.ask(verb, SENIOR, **fields)

    assert isinstance(decision, Refused)
    assert [reason.sentence for reason in decision.reasons] == [
        "BUG-0001 holds all of this already: nothing is left to record."
    ]


def test_a_document_that_was_just_published_is_published_again_only_with_a_change() -> None:
    life = life_at("verified").usual("publish-notes")
    decision = life.ask("publish", SENIOR, document="release_notes")

    assert isinstance(decision, Refused)
    (reason,) = decision.reasons
    assert reason.sentence == (
        "Release notes 1.0 are published already, by Backend Engineer at 2026-03-04 21:00 UTC: "
        "change them before another version."
    )
    life.act("release-notes", summary="Redemption works for everybody.").usual("publish-notes")
    assert life.bug.release_notes is not None
    assert [each.version for each in life.bug.release_notes.published] == ["1.0", "1.1"]
