"""Keep the commits in the index: what changed each record, and which commit recorded a request."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Final

from tracker.store.clone import Clone
from tracker.store.commit_log import (
    ChangedFile,
    LoggedCommit,
    each_logged,
    ids_between,
    is_in_history,
)
from tracker.store.index_processes import Readers
from tracker.store.libgit2 import opened

_Row = tuple[tuple[str | None, ...], list[tuple[str, str | None, str | None]]]
"""A commit's columns, and path, old and new blob id of each file that it changed."""

_REQUEST: Final = "Request"
_UNDER: Final = "bugs/"
_ADD_COMMIT: Final = "INSERT INTO commits VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_ADD_CHANGE: Final = "INSERT INTO changes (position, path, old, new) VALUES (?, ?, ?, ?)"
_COMMITS: Final = 'position, "commit", subject, author_name, author_email, time, recorded, trailers'


def begin_log(
    connection: sqlite3.Connection,
    clone: Clone,
    known: str | None,
    tip: str | None,
    readers: Readers,
) -> Callable[[], None]:
    """Let the commits that came since be read; the rows are written by the call that is given.

    All are written anew where the old commit is not in the history.
    """
    is_anew = known is not None and not is_in_history(clone, known, tip)
    after = None if is_anew else known
    new = (
        clone.ask(lambda repository: ids_between(repository, after, tip)) if tip is not None else ()
    )
    rows = readers.each_read(partial(_read, clone.path), [str(oid) for oid in new])

    def write() -> None:
        if is_anew:
            connection.execute("DELETE FROM commits")
            connection.execute("DELETE FROM changes")
        last = connection.execute("SELECT coalesce(max(position), 0) FROM commits").fetchone()[0]
        for position, (commit, changes) in enumerate(rows, start=last + 1):
            connection.execute(_ADD_COMMIT, (position, *commit))
            connection.executemany(_ADD_CHANGE, [(position, *change) for change in changes])

    return write


def log_of_file(connection: sqlite3.Connection, path: str) -> tuple[LoggedCommit, ...]:
    """The commits that changed one file, oldest first."""
    rows = connection.execute(
        f"SELECT {_COMMITS}, path, old, new FROM changes JOIN commits USING (position)"
        " WHERE path = ? ORDER BY position",
        (path,),
    )
    return tuple(_logged(row[:8], (_change(row[8:]),)) for row in rows)


def commit_of_request(connection: sqlite3.Connection, request: str) -> str | None:
    """The first commit that has this `Request:` trailer."""
    row = connection.execute(
        'SELECT "commit" FROM commits WHERE request = ? ORDER BY position LIMIT 1', (request,)
    ).fetchone()
    return None if row is None else str(row[0])


def _read(repository: Path, commits: Sequence[str]) -> list[_Row]:
    """Read some commits, if need be in a process of its own."""
    clone = opened(repository)
    return [_row(commit) for commit in each_logged(clone, commits)]


def _row(commit: LoggedCommit) -> _Row:
    columns = (
        commit.commit,
        _encodable(commit.subject),
        _encodable(commit.author_name),
        _encodable(commit.author_email),
        commit.time.isoformat(),
        commit.recorded.isoformat(),
        json.dumps(dict(commit.trailers)),
        commit.trailers.get(_REQUEST),
    )
    return columns, [
        (change.path, change.old, change.new)
        for change in commit.changes
        if change.path.startswith(_UNDER)
    ]


def _logged(row: tuple[str, ...], changes: tuple[ChangedFile, ...]) -> LoggedCommit:
    _, commit, subject, name, email, time, recorded, trailers = row
    return LoggedCommit(
        commit=commit,
        subject=subject,
        author_name=name,
        author_email=email,
        time=datetime.fromisoformat(time),
        recorded=datetime.fromisoformat(recorded),
        trailers=MappingProxyType(json.loads(trailers)),
        changes=changes,
    )


def _change(row: tuple[str | None, ...]) -> ChangedFile:
    path, old, new = row
    return ChangedFile(path=str(path), old=old, new=new)


def _encodable(text: str) -> str:
    """Without halves of characters, which git keeps and SQLite does not."""
    return text.encode(errors="replace").decode()
