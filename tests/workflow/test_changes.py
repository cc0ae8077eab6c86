"""What is told of a change, however it was made."""

from tests.builders.life import BACKEND, life_at
from tracker.model.severity import Severity
from tracker.workflow.changes import ChangeKind, changes


def test_a_new_record_is_told_as_reported() -> None:
    assert [change.kind for change in changes(None, life_at("reported").bug)] == [
        ChangeKind.REPORTED
    ]


def test_only_what_is_new_is_told() -> None:
    life = life_at("triaged")
    before = life.bug
    life.act("note", text="Seen on staging too")

    assert [change.sentence for change in changes(before, life.bug)] == ["Seen on staging too"]


def test_a_move_is_told_once_with_its_own_sentence() -> None:
    life = life_at("triaged")
    before = life.bug
    life.usual("assign")

    assert [change.kind for change in changes(before, life.bug)] == [ChangeKind.ASSIGNMENT]


def test_a_status_edited_by_hand_is_told_too() -> None:
    before = life_at("triaged").bug
    after = before.model_copy(update={"status": life_at("investigating").bug.status})

    assert [change.sentence for change in changes(before, after)] == ["Now investigating."]


def test_the_channel_hears_severity_status_and_assignment_of_p0_and_p1_only() -> None:
    life = life_at("triaged")
    before = life.bug
    (assigned,) = changes(before, life.act("assign", assignee=str(BACKEND), backup="a@b.c").bug)

    assert assigned.is_loud(Severity.P1)
    assert not assigned.is_loud(Severity.P2)
    assert not changes(life.bug, life.act("note", text="x").bug)[0].is_loud(Severity.P0)


def test_a_triage_that_is_undone_is_told_with_what_is_gone() -> None:
    life = life_at("triaged")
    before = life.bug

    assert [change.sentence for change in changes(before, life.act("undo", reason="No").bug)] == [
        "Undone: `triage`. No",
        "No severity any more, as Backend Engineer undid it.",
    ]
