"""Makes things in another process, while this one does something else."""

import pickle
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Final, TypeVar

Made = TypeVar("Made")
_END: Final = b"."


@contextmanager
def beside(make: Callable[[], Iterator[Made]], *, worth_it: bool) -> Iterator[Iterator[Made]]:
    """Begin to make some things, one after the other; what is given waits for each.

    The other process is a copy of this one. Where there can be none, or it is not `worth_it`, or it
    ends too early, this process makes them itself.
    """
    if not worth_it or sys.platform != "linux" or threading.active_count() > 1:
        yield make()
        return
    context = get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(make, there))
    process.start()
    there.close()
    try:
        yield _received(here, make)
    finally:
        here.close()
        process.join()


def _send(make: Callable[[], Iterator[object]], there: Connection) -> None:
    """What goes wrong here goes wrong again in the first process, which tells of it."""
    with suppress(Exception):
        for made in make():
            there.send_bytes(pickle.dumps(made))
        there.send_bytes(_END)


def _received(here: Connection, make: Callable[[], Iterator[Made]]) -> Iterator[Made]:
    count = 0
    try:
        while (data := here.recv_bytes()) != _END:
            count += 1
            yield pickle.loads(data)  # noqa: S301 - from our own copy
    except EOFError:
        yield from islice(make(), count, None)
