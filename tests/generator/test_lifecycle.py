"""The lifecycle is drawn from the table, with the path that a bug took."""

from generator.page_models.lifecycle import lifecycle
from tests.builders.incident import NFC, finished
from tests.builders.life import SENIOR, life_at
from tracker.model.status import Status
from tracker.workflow.transitions import TRANSITIONS


def test_every_move_of_the_table_is_drawn_but_giving_up() -> None:
    drawing = lifecycle(life_at("reported").bug)
    moves = [
        verb
        for status, row in TRANSITIONS.items()
        for verb in row
        if status is not None and verb not in {"mark-duplicate", "wont-fix"}
    ]

    assert len(drawing.edges) == len(moves)


def test_every_state_is_drawn_once() -> None:
    drawing = lifecycle(life_at("reported").bug)

    assert [state.status for state in drawing.states] == list(Status)
    assert len({(state.x, state.y) for state in drawing.states}) == len(Status)


def test_a_straight_life_has_passed_all_states_but_the_last() -> None:
    drawing = lifecycle(finished(NFC))

    assert [state.role for state in drawing.states] == ["passed"] * 9 + ["current"]
    assert all(edge.taken for edge in drawing.edges if not edge.detour)
    assert drawing.detours == ()


def test_a_new_bug_has_everything_ahead() -> None:
    drawing = lifecycle(life_at("reported").bug)

    assert [state.role for state in drawing.states] == ["current"] + ["ahead"] * 9
    assert drawing.words == "Reported"


def test_a_detour_is_told_with_its_number() -> None:
    life = life_at("code_review")
    for _ in range(2):
        life.act("request-changes", SENIOR, reason="Name it better.")
        life.usual("submit-fix")

    assert lifecycle(life.bug).detours == ("Code review → in progress (request changes), 2 times",)


def test_giving_up_is_drawn_where_it_happened() -> None:
    record = life_at("triaged").act("wont-fix", reason="Not worth it.").bug

    assert lifecycle(record).detours == ("Triaged → closed (wont fix)",)
