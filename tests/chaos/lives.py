"""A replica through all of its deaths, and the program that brings it to life again."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.chaos.deliveries import waiting

ROOT = Path(__file__).parents[2]
READY_SECONDS = 120.0


class StartRefusedError(RuntimeError):
    """A replica did not start, for this reason."""


@dataclass(kw_only=True)
class Nursery:
    """Forks replicas; see `replica_process`."""

    process: subprocess.Popen[str]

    def bear(self, folder: Path, remote: str, database: str) -> tuple[int, int]:
        """Return the process id and the port of a new replica; raises StartRefusedError."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{folder}\t{remote}\t{database}\n")
        self.process.stdin.flush()
        number, _, said = self.process.stdout.readline().strip().partition(" ")
        if not said.isdigit():
            raise StartRefusedError(said or "it died")
        return int(number), int(said)


@contextmanager
def running_nursery(log: Path) -> Iterator[Nursery]:
    """The program that forks replicas, until the block ends."""
    with (
        log.open("w") as errors,
        subprocess.Popen(
            [sys.executable, "-m", "tests.chaos.replica_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            cwd=ROOT,
        ) as process,
    ):
        yield Nursery(process=process)
        process.kill()


@dataclass(kw_only=True)
class Life:
    """One replica; `port` is 0 while it is dead."""

    name: str
    folder: Path
    remote: str
    database: str
    nursery: Nursery
    port: int = 0
    number: int = 0

    def start(self) -> None:
        """Begin a life, as a supervisor does: again and again while the remote is away.

        Raises StartRefusedError for every other reason, such as a stale lock.
        """
        end = time.monotonic() + READY_SECONDS
        while not self.port:
            try:
                born = self.nursery.bear(self.folder, self.remote, self.database)
                self.number, self.port = born
            except StartRefusedError as refused:
                if "cannot be reached" not in str(refused) or time.monotonic() > end:
                    raise
                time.sleep(0.2)

    def kill(self) -> None:
        """End it at this very instant, and the git that it runs."""
        if not self.number:
            return
        self.port = 0
        with suppress(ProcessLookupError):
            os.kill(self.number, signal.SIGKILL)
            while True:  # until the kernel has taken it away
                os.kill(self.number, 0)
                time.sleep(0.002)

    def pause(self, seconds: float) -> None:
        """Stop it for a while, as a busy machine does."""
        os.kill(self.number, signal.SIGSTOP)
        time.sleep(seconds)
        os.kill(self.number, signal.SIGCONT)

    def await_calm(self, patience: float) -> None:
        """Return once nothing waits in its outbox; it must get on within the patience."""
        least, end = None, time.monotonic() + patience
        while (left := waiting(self.port)) != 0:
            if left is not None and (least is None or left < least):
                least, end = left, time.monotonic() + patience
            if time.monotonic() > end:
                sentence = f"Replica {self.name} is stuck with {left} actions."
                raise TimeoutError(sentence)
            time.sleep(0.1)
