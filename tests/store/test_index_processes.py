"""Reading in several processes: in order, once each, and to the end whatever becomes of them."""

import multiprocessing
import os
import signal
from collections.abc import Sequence

from tracker.store.index_processes import MANY, Readers

_FATAL = MANY // 2


def _doubled(numbers: Sequence[int]) -> list[int]:
    return [number * 2 for number in numbers]


def _doubled_at_a_price(numbers: Sequence[int]) -> list[int]:
    """Kill the process that reads a certain number, unless it is the one that asked."""
    if _FATAL in numbers and multiprocessing.parent_process() is not None:
        os.kill(os.getpid(), signal.SIGKILL)
    return _doubled(numbers)


def test_two_readings_that_began_together_each_give_theirs_in_order() -> None:
    numbers = range(MANY + 1)
    with Readers() as readers:
        first = readers.each_read(_doubled, numbers)
        second = readers.each_read(_doubled, numbers[1:])
        assert list(second) == [number * 2 for number in numbers[1:]]
        assert list(first) == [number * 2 for number in numbers]


def test_what_a_lost_process_was_to_read_is_read_all_the_same() -> None:
    with Readers() as readers:
        read = list(readers.each_read(_doubled_at_a_price, range(MANY + 1)))
        assert read == [number * 2 for number in range(MANY + 1)]
        assert list(readers.each_read(_doubled, range(MANY))) == [n * 2 for n in range(MANY)]


def test_little_is_read_without_another_process() -> None:
    with Readers() as readers:
        assert list(readers.each_read(_doubled_at_a_price, (_FATAL,))) == [_FATAL * 2]
        assert multiprocessing.active_children() == []
