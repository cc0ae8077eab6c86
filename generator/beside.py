"""Runs a function in another process, while this one does something else."""

import pickle
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TypeVar

Made = TypeVar("Made")


@contextmanager
def beside(make: Callable[[], Made], worth_it: bool) -> Iterator[Callable[[], Made]]:  # noqa: FBT001
    """Begin to make something; call what is given for it.

    The other process is a copy of this one. Where there can be none, or it is not `worth_it`, or it
    ends without an answer, this process makes it itself.
    """
    if not worth_it or sys.platform != "linux" or threading.active_count() > 1:
        yield make
        return
    context = get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(make, there))
    process.start()
    there.close()

    def answer() -> Made:
        try:
            made: Made = pickle.loads(here.recv_bytes())  # noqa: S301 - from our own copy
        except EOFError:
            return make()
        return made

    try:
        yield answer
    finally:
        here.close()
        process.join()


def _answer(make: Callable[[], Made], there: Connection) -> None:
    there.send_bytes(pickle.dumps(make()))
