"""A PostgreSQL of our own for the tests: in a scratch folder, on a unix socket alone."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

import psycopg
import pytest

_STRANGERS = ("postgres", "nobody")  # root may not run the server, one of these does
_PATIENCE = 30.0
_NUMBERS = count()


def programs() -> Path | None:
    """The folder of the server's programs, which Debian keeps out of the search path."""
    found = shutil.which("initdb")
    places = [Path(found).resolve().parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "postgres").exists()), None)


@contextmanager
def running_server() -> Iterator[str]:
    """The address of a server without its database's name; skips where there is none."""
    found = programs()
    if found is None:
        pytest.skip("PostgreSQL is not installed; `apt-get install postgresql` brings it.")
    account = _stranger()
    with tempfile.TemporaryDirectory(prefix="bugbook-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if account is not None:
            os.chown(folder, account, -1)
        with _started(found, folder, account) as address:
            yield address


def new_database(server: str) -> str:
    """Make an empty database and return its address."""
    name = f"ledger_{os.getpid()}_{next(_NUMBERS)}"
    with _administration(server) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    return server.replace("/?", f"/{name}?")


def _administration(server: str) -> psycopg.Connection:
    return psycopg.connect(server.replace("/?", "/postgres?"), autocommit=True)


def _await_answer(server: str) -> None:
    for _ in range(round(_PATIENCE / 0.05)):
        with suppress(psycopg.OperationalError), _administration(server):
            return
        time.sleep(0.05)
    sentence = "PostgreSQL did not answer in time."
    raise TimeoutError(sentence)


def _stranger() -> int | None:
    """Somebody without rights, when we are root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry.pw_uid for entry in pwd.getpwall()}
    return next(known[name] for name in _STRANGERS if name in known)


@contextmanager
def _started(programs: Path, folder: Path, account: int | None) -> Iterator[str]:
    data = folder / "data"
    place: list[str | Path] = ["-D", data]
    make = ["-U", "bugbook", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C"]
    subprocess.run(
        [programs / "initdb", *place, *make],
        cwd=folder,
        user=account,
        check=True,
        capture_output=True,
    )
    serve: list[str | Path] = ["-k", folder, "-c", "listen_addresses=", "-F"]
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(
            [programs / "postgres", *place, *serve],
            cwd=folder,
            user=account,
            stdout=log,
            stderr=log,
        ) as server,
    ):
        try:
            address = f"postgresql://bugbook@/?host={folder}"
            _await_answer(address)
            yield address
        finally:
            server.send_signal(signal.SIGQUIT)  # its immediate end
