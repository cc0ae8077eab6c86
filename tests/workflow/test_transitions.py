"""The table itself: complete, without dead ends, drawn as it runs."""

from tracker.model.status import Status
from tracker.workflow.diagram import lifecycle_diagram
from tracker.workflow.transitions import MOVES, TRANSITIONS, allowed
from tracker.workflow.verbs import VERBS, nearest


def test_every_state_has_its_row() -> None:
    assert set(TRANSITIONS) == {None, *Status}


def test_every_move_is_a_command() -> None:
    assert set(VERBS) >= MOVES


def test_every_state_is_reached_and_none_is_a_dead_end() -> None:
    reached = {transition.to for row in TRANSITIONS.values() for transition in row.values()}

    assert reached == set(Status)
    assert all(TRANSITIONS.values())


def test_every_open_state_may_end_as_duplicate_or_wont_fix() -> None:
    for status in Status:
        if status.is_open:
            assert {"mark-duplicate", "wont-fix"} <= set(allowed(status))


def test_the_usual_move_comes_first() -> None:
    assert [allowed(status)[0] for status in Status] == [
        "triage", "assign", "identify", "submit-fix", "approve", "pass-tests", "deploy", "verify",
        "close", "reopen",
    ]  # fmt: skip


def test_the_diagram_shows_every_row() -> None:
    drawn = lifecycle_diagram()

    for status, row in TRANSITIONS.items():
        for verb, transition in row.items():
            start = "[*]" if status is None else status.value
            arrow = f"{start} --> {transition.to.value}: {verb}"
            assert arrow in drawn or (verb in {"mark-duplicate", "wont-fix"} and verb in drawn)


def test_a_mistyped_command_is_recognised() -> None:
    assert (nearest("traige"), nearest("submitfix"), nearest("qqqq")) == (
        "triage",
        "submit-fix",
        None,
    )
