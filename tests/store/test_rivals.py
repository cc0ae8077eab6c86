"""Turns of writers that race for one branch."""

from tracker.store.rivals import Rivals

LONG = 60.0  # seconds, so that wins of one test are in a row however slow the machine is


def test_a_lone_writer_that_won_once_goes_on_at_once() -> None:
    rivals = Rivals()
    rivals.won(LONG, elected=False)
    assert rivals.pause == 0


def test_who_has_seen_others_leaves_them_a_turn_after_each_won_push() -> None:
    rivals = Rivals()
    rivals.seen()
    rivals.won(LONG, elected=True)
    assert rivals.pause > 0


def test_who_sees_nobody_leaves_a_turn_after_a_few_won_in_a_row() -> None:
    rivals = Rivals()
    pauses = []
    for _ in range(11):
        rivals.won(LONG, elected=False)
        pauses.append(rivals.pause > 0)
    assert pauses == [*[False] * 9, True, True]


def test_who_writes_for_all_others_yields_to_nobody_unseen() -> None:
    rivals = Rivals()
    for _ in range(30):
        rivals.won(LONG, elected=True)
    assert rivals.pause == 0


def test_a_pause_is_short_however_long_a_push_takes() -> None:
    rivals = Rivals()
    rivals.seen()
    rivals.won(10 * LONG, elected=False)
    assert 0 < rivals.pause <= 2
