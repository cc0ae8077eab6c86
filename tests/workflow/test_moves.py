"""Quick looks know the names of the moves without the table's conditions."""

from tracker.workflow.moves import NEXT
from tracker.workflow.transitions import TRANSITIONS


def test_the_names_of_the_moves_are_those_of_the_table() -> None:
    assert {status: tuple(row) for status, row in TRANSITIONS.items() if status} == dict(NEXT)
