"""Things that are made in another process arrive in their order, and are made here otherwise."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from generator.beside import beside


def _two() -> Iterator[tuple[str, int]]:
    yield "first", os.getpid()
    yield "second", os.getpid()


@pytest.mark.parametrize("worth_it", [True, False])
def test_things_come_in_their_order(*, worth_it: bool) -> None:
    with beside(_two, worth_it=worth_it) as made:
        found = list(made)

    assert [name for name, _ in found] == ["first", "second"]


@pytest.mark.skipif(sys.platform != "linux", reason="a process is copied on Linux alone")
def test_a_process_without_threads_lets_another_one_make_them() -> None:
    program = (
        "import os; from generator.beside import beside\n"
        "with beside(lambda: iter([os.getpid()]), worth_it=True) as made:\n"
        "    print(next(made), os.getpid())"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
    there, here = done.stdout.split()
    assert there != here


def test_what_the_other_process_does_not_make_is_made_here() -> None:
    here = os.getpid()

    def make() -> Iterator[str]:
        yield "first"
        if os.getpid() != here:
            os._exit(1)
        yield "second"

    with beside(make, worth_it=True) as made:
        assert list(made) == ["first", "second"]


def test_nobody_needs_to_wait_for_what_is_made() -> None:
    with beside(_two, worth_it=True) as made:
        assert next(made)[0] == "first"
