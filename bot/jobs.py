"""A few threads of our own for answers, so that Bolt's threads are free to acknowledge."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final

LOG: Final = logging.getLogger(__name__)
_THREADS: Final = 8
_WAITING: Final = 500  # jobs in hand; who asks for more waits for a place


def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=_THREADS, thread_name_prefix="answers")


@dataclass(frozen=True, kw_only=True)
class Jobs:
    """Work that nobody waits for; an error in it is logged and hurts no other job.

    While it ends, a job that comes late is done by whoever brings it, so that none is lost.
    """

    _pool: ThreadPoolExecutor = field(default_factory=_threads)
    _places: threading.BoundedSemaphore = field(
        default_factory=lambda: threading.BoundedSemaphore(_WAITING)
    )

    def start(self, work: Callable[[], None]) -> None:
        """Do some work soon; blocks while too much of it is waiting."""
        self._places.acquire()
        try:
            self._pool.submit(self._do, work)
        except RuntimeError:  # no more is taken in
            self._do(work)

    def stop(self) -> None:
        """End after the work in hand."""
        self._pool.shutdown(wait=True)

    def _do(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception:
            LOG.exception("An answer could not be given.")
        finally:
            self._places.release()
