"""Notice that the process is asked to end."""

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Final

_POLITE: Final = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def asked_to_end() -> Iterator[Callable[[], None]]:
    """Give a wait that returns after Ctrl-C or a polite kill; for the main thread.

    The signal may reach any thread, and Python runs its handler in the main one only, which a lock
    or an event would let sleep on. A byte that the signal writes wakes it in each case.
    """
    reader, writer = socket.socketpair()
    with closing(reader), closing(writer):
        writer.settimeout(0)
        writer_before = signal.set_wakeup_fd(writer.fileno())
        before = {number: signal.signal(number, lambda *_: None) for number in _POLITE}

        def wait() -> None:
            while reader.recv(1)[0] not in _POLITE:
                pass

        try:
            yield wait
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
            signal.set_wakeup_fd(writer_before)
