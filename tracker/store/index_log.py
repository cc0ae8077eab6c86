"""Keep the commits in the index: what changed each record, and which commit recorded a request."""

import json
import sqlite3
from datetime import datetime
from types import MappingProxyType
from typing import Final

import pygit2

from tracker.store.clone import Clone
from tracker.store.commit_log import ChangedFile, LoggedCommit, each_between, is_in_history

_REQUEST: Final = "Request"
_UNDER: Final = "bugs/"
_COMMITS: Final = 'position, "commit", subject, author_name, author_email, time, recorded, trailers'


def follow_log(
    connection: sqlite3.Connection, clone: Clone, known: str | None, tip: str | None
) -> None:
    """Add the commits that came since; all anew where the old commit is not in the history."""
    if known is not None and not is_in_history(clone, known, tip):
        connection.execute("DELETE FROM commits")
        connection.execute("DELETE FROM changes")
        known = None
    if tip is not None:
        clone.ask(lambda repository: _add(connection, repository, known, tip))


def _add(
    connection: sqlite3.Connection, repository: pygit2.Repository, known: str | None, tip: str
) -> None:
    last = connection.execute("SELECT coalesce(max(position), 0) FROM commits").fetchone()[0]
    for position, commit in enumerate(each_between(repository, known, tip), start=last + 1):
        _insert(connection, position, commit)


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


def _insert(connection: sqlite3.Connection, position: int, commit: LoggedCommit) -> None:
    connection.execute(
        "INSERT INTO commits VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            position,
            commit.commit,
            _encodable(commit.subject),
            _encodable(commit.author_name),
            _encodable(commit.author_email),
            commit.time.isoformat(),
            commit.recorded.isoformat(),
            json.dumps(dict(commit.trailers)),
            commit.trailers.get(_REQUEST),
        ),
    )
    connection.executemany(
        "INSERT INTO changes (path, position, old, new) VALUES (?, ?, ?, ?)",
        [
            (change.path, position, change.old, change.new)
            for change in commit.changes
            if change.path.startswith(_UNDER)
        ],
    )


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
