"""One writer at a time in a data directory, across threads and processes of one machine.

The command line and the bot share the directory, so the lock is taken for one piece of work (a
fetch, a batch of commits), never for the life of a process. The kernel lets go of it when its
holder dies, however it dies.
"""

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

from tracker.store.git_errors import RepositoryInUseError

_PAUSE = 0.02  # seconds between two attempts


@contextlib.contextmanager
def holding(lock: Path, *, patience: float) -> Iterator[None]:
    """Hold the lock file, or raise RepositoryInUseError after so many seconds."""
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _wait_for(descriptor, lock, patience)
        yield
    finally:
        os.close(descriptor)


def _wait_for(descriptor: int, lock: Path, patience: float) -> None:
    for _ in range(max(1, round(patience / _PAUSE))):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(_PAUSE)
        else:
            return
    message = (
        f"Another Bugbook process has been working in {lock.parent} for more than"
        f" {patience:.0f} seconds; wait for it to end and try again."
    )
    raise RepositoryInUseError(message)


def clear_stale_locks(repository: Path) -> None:
    """Remove the locks and half files of a killed git, for whoever holds the clone's own lock."""
    found = [
        *repository.glob("*.lock"),
        *(repository / "refs").rglob("*.lock"),
        *(repository / "objects").glob("*/tmp_*"),
    ]
    for left in found:
        left.unlink(missing_ok=True)
