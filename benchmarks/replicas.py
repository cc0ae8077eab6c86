"""Time actions until they are on the remote, with two bots that push to one `git daemon`."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random
from typing import IO, Final

from benchmarks.actions import UnmeasuredError
from demo.ports import free_port

RATE: Final = 5.0  # actions a second of both replicas together
_ACTIONS: Final = 150
_FIRST: Final = 5  # left out, when everything is loaded still


def clocked_replicas(shared: Path, folder: Path, records: int, database: str = "") -> list[float]:
    """Seconds from kept to shared of each action; with a database both have a ledger in it."""
    random = Random(1)  # noqa: S311 - the same instants in every run
    folder.mkdir()
    with ExitStack() as stack:
        address = stack.enter_context(_git_daemon(shared))
        names = ("one", "two")
        replicas = [
            stack.enter_context(_replica(address, folder / name, database)) for name in names
        ]
        answers: list[str] = []
        for replica in replicas:
            _line(replica)
            reader = threading.Thread(target=answers.extend, args=(_output(replica),))
            reader.start()
            stack.callback(reader.join)
        for number in range(_FIRST + _ACTIONS):
            bug = f"BUG-{random.randint(1, records):04d}"
            given = _input(random.choice(replicas))
            given.write(f"{folder.name}-{number} {bug}\n")
            given.flush()
            time.sleep(random.expovariate(RATE))
        for replica in replicas:
            _input(replica).close()
        for replica in replicas:
            replica.wait()
    return _seconds(answers, folder.name)


def _seconds(answers: list[str], run: str) -> list[float]:
    found = dict(answer.split(maxsplit=1) for answer in answers)
    try:
        return [float(found[f"{run}-{number}"]) for number in range(_FIRST, _FIRST + _ACTIONS)]
    except (KeyError, ValueError) as error:
        raise UnmeasuredError(error) from error


@contextmanager
def _replica(address: str, folder: Path, database: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "benchmarks.replica_process", address, str(folder)]
    with subprocess.Popen(
        [*command, database] if database else command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.terminate()


def _line(replica: subprocess.Popen[str]) -> None:
    if _output(replica).readline() != "ready\n":
        message = "A replica did not start."
        raise UnmeasuredError(message)


def _input(replica: subprocess.Popen[str]) -> IO[str]:
    assert replica.stdin is not None  # noqa: S101 - it is a pipe
    return replica.stdin


def _output(replica: subprocess.Popen[str]) -> IO[str]:
    assert replica.stdout is not None  # noqa: S101 - it is a pipe
    return replica.stdout


@contextmanager
def _git_daemon(shared: Path) -> Iterator[str]:
    port = free_port()
    options = ("--export-all", "--enable=receive-pack", "--listen=127.0.0.1", f"--port={port}")
    command = ["git", "daemon", *options, f"--base-path={shared.parent}", str(shared.parent)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as daemon:
        try:
            yield f"git://127.0.0.1:{port}/{shared.name}"
        finally:
            daemon.terminate()
