"""Keep the rows of the index up with the records of a commit: read what changed, and only that."""

import contextlib
import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import pygit2

from tracker.model.bug_number import is_record_path
from tracker.store.clone import Clone, entry_at
from tracker.store.index_facts import limits_text
from tracker.store.index_processes import CHUNK, MANY, Readers
from tracker.store.index_rows import Row, row_of
from tracker.store.index_schema import words_at_the_end
from tracker.store.libgit2 import opened
from tracker.store.problem_text import problems_text
from tracker.store.record_paths import RECORDS
from tracker.store.team_policy import policy_in_force
from tracker.store.tree_changes import TreeChanges
from tracker.workflow.clocks import limits_of

Progress = Callable[[int, int], None]
"""Hears how many files of how many were read."""

Files = Sequence[tuple[str, str]]
"""Path and blob id of each file."""

_TABLES: Final = ("former", "timeline", "texts", "traits", "bugs")


def begin_records(
    connection: sqlite3.Connection,
    clone: Clone,
    known: str | None,
    tip: str | None,
    readers: Readers,
    *,
    progress: Progress,
) -> Callable[[], None]:
    """Let what changed from one commit to another be read; the rows are written by the call given.

    Both belong into one transaction of the caller. Where the old commit is not to be found any
    more, the blob ids of the rows tell what changed.
    """
    changes = clone.ask(lambda repository: _changes(repository, connection, known, tip))
    changes = {path: blob for path, blob in changes.items() if is_record_path(path)}
    new = [(path, blob) for path, blob in changes.items() if blob is not None]
    rows = readers.each_read(partial(_read, clone.path), new)

    def write() -> None:
        for path in changes:
            _remove(connection, path)
        many = len(new) >= MANY and not _has_rows(connection)
        with words_at_the_end(connection) if many else contextlib.nullcontext():
            for done, row in enumerate(rows, start=1):
                _insert(connection, row)
                if done % CHUNK == 0 or done == len(new):
                    progress(done, len(new))
        _keep_policy(connection, clone, tip)

    return write


def _has_rows(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM bugs LIMIT 1").fetchone() is not None


def _changes(
    repository: pygit2.Repository,
    connection: sqlite3.Connection,
    known: str | None,
    tip: str | None,
) -> Mapping[str, str | None]:
    """What has become of each file that differs: its blob id, or None where it is gone."""
    trees = TreeChanges(repository)
    new = _records_tree(repository, tip)
    if known is None or known not in repository:
        rows = dict(connection.execute(_ALL_FILES).fetchall())
        files = {path: blob for path, (_, blob) in trees.between(None, new, RECORDS).items()}
        differing = dict(rows.items() ^ files.items())
        return {path: files.get(path) for path in sorted(differing)}
    found = trees.between(_records_tree(repository, known), new, RECORDS)
    return {path: blob for path, (_, blob) in found.items()}


_ALL_FILES: Final = "SELECT path, blob FROM bugs UNION ALL SELECT path, blob FROM broken"


def _records_tree(repository: pygit2.Repository, commit: str | None) -> pygit2.Tree | None:
    if commit is None:
        return None
    found = entry_at(repository[commit].peel(pygit2.Tree), RECORDS)
    return found if isinstance(found, pygit2.Tree) else None


def _read(repository: Path, files: Files) -> list[Row]:
    """Read some files, if need be in a process of its own."""
    clone = opened(repository)
    return [row_of(clone.read(blob)[1], path, blob) for path, blob in files]


def _remove(connection: sqlite3.Connection, path: str) -> None:
    connection.execute("DELETE FROM broken WHERE path = ?", (path,))
    found = connection.execute("SELECT bug FROM bugs WHERE path = ?", (path,)).fetchone()
    for table in _TABLES if found is not None else ():
        connection.execute(f"DELETE FROM {table} WHERE bug = ?", found)


def _insert(connection: sqlite3.Connection, row: Row) -> None:
    if row.columns is None:
        connection.execute(
            "INSERT INTO broken (path, blob, problems) VALUES (?, ?, ?)",
            (row.path, row.blob, row.problems),
        )
        return
    names = ", ".join(row.columns)
    places = ", ".join(f":{name}" for name in row.columns)
    bug = connection.execute(
        f"INSERT INTO bugs ({names}) VALUES ({places})",
        row.columns,
    ).lastrowid
    connection.execute("INSERT INTO texts VALUES (?, ?, ?, ?, ?, ?)", (bug, *row.texts, row.places))
    connection.execute("INSERT INTO traits VALUES (?, ?)", (bug, row.traits))
    connection.executemany(
        "INSERT INTO timeline VALUES (?, ?, ?, ?, ?)",
        [(bug, position, *entry) for position, entry in enumerate(row.timeline)],
    )
    connection.executemany("INSERT INTO former VALUES (?, ?)", [(old, bug) for old in row.formerly])


def _keep_policy(connection: sqlite3.Connection, clone: Clone, tip: str | None) -> None:
    """Keep of the policy what queries need, and what is wrong with the newest one."""
    policy, problems = policy_in_force(clone, tip)
    styles = [[style.prefix, style.width] for style in policy.ids]
    told = {
        "ids": json.dumps(styles),
        "limits": limits_text(limits_of(policy)),
        "policy problems": problems_text(problems),
    }
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", list(told.items()))
