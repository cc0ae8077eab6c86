"""Two records are of one bug when they share history."""

from tests.builders.life import life_at
from tracker.workflow.same_bug import is_same_bug

BUG = life_at("triaged").bug


def test_a_bug_stays_itself_while_it_is_worked_on() -> None:
    assert is_same_bug(BUG, life_at("closed").bug)


def test_records_without_a_common_entry_are_two_bugs() -> None:
    other = BUG.timeline[0].model_copy(update={"key": "zzzzzz"})

    assert not is_same_bug(BUG, BUG.model_copy(update={"timeline": (other,)}))


def test_without_a_timeline_the_report_tells() -> None:
    bare = BUG.model_copy(update={"timeline": ()})
    source = BUG.reported.model_copy(update={"source": "Alert"})

    assert is_same_bug(bare, BUG)
    assert not is_same_bug(bare, BUG.model_copy(update={"reported": source}))
