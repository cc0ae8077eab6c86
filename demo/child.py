"""A program that runs beside the demonstration and ends with it."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from demo.local_http import get
from tracker.model.trouble import TroubleError

STOP_SECONDS = 10.0
GLANCE_SECONDS = 0.05  # between two looks at a starting program
TAIL_LINES = 25
FOREIGN = ("BUGBOOK_", "GIT_", "SLACK_")  # variables that would turn the demonstration elsewhere
BUGBOOK = "import sys; from tracker.cli.main import main; main(sys.argv[1:])"


class ChildFailedError(TroubleError):
    """A program ended by itself, or did not do in time what was awaited."""


@dataclass(frozen=True, kw_only=True)
class Child:
    """A running program; `log` holds everything that it says."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def tail(self) -> str:
        """The last lines that it said."""
        lines = self.log.read_text("utf-8", errors="replace").splitlines()
        return "\n".join(lines[-TAIL_LINES:]) or "nothing"

    def check(self) -> None:
        """Raise ChildFailedError when it runs no more."""
        code = self.process.poll()
        if code is not None:
            message = f"{self.name} ended with exit code {code}. It said:\n{self.tail()}"
            raise ChildFailedError(message)

    def await_that(self, ready: Callable[[], bool], what: str, seconds: float) -> None:
        """Return once `ready` says so; raises ChildFailedError when it takes longer or ends."""
        end = time.monotonic() + seconds
        while not ready():
            self.check()
            if time.monotonic() > end:
                message = f"{self.name} did not {what} in {seconds:g} s. It said:\n{self.tail()}"
                raise ChildFailedError(message)
            time.sleep(GLANCE_SECONDS)

    def await_words(self, words: str, seconds: float) -> None:
        """Return once it said these words; raises ChildFailedError as `await_that` does."""
        self.await_that(
            lambda: words in self.log.read_text("utf-8", errors="replace"),
            f"say {words!r}",
            seconds,
        )

    def await_answer(self, url: str, seconds: float) -> None:
        """Return once the address answers at all; raises ChildFailedError as `await_that` does."""
        self.await_that(lambda: _answers(url), f"answer at {url}", seconds)


@contextmanager
def running_child(
    name: str,
    command: Sequence[str],
    *,
    folder: Path,
    log: Path,
    settings: Mapping[str, str] | None = None,
) -> Iterator[Child]:
    """Run a program in a folder until the block ends; `settings` are added to the environment."""
    kept = {key: text for key, text in os.environ.items() if not key.startswith(FOREIGN)}
    with (
        log.open("wb") as output,
        subprocess.Popen(
            list(command),
            cwd=folder,
            env={**kept, "PYTHONUNBUFFERED": "1", **(settings or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            process_group=0,  # Ctrl-C is for the demonstration, which ends it in its turn
        ) as process,
    ):
        try:
            yield Child(name=name, process=process, log=log)
        finally:
            _end(process)


def bugbook(*arguments: str) -> list[str]:
    """The command line of this very installation, whatever is first in the search path."""
    return [sys.executable, "-c", BUGBOOK, *arguments]


def _answers(url: str) -> bool:
    try:
        get(url, seconds=2.0)
    except OSError:
        return False
    return True


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
