"""Questions about bugs that rows of the index answer, without any record being read."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final

from tracker.model.bug_number import Numbering, record_path
from tracker.model.bug_summary import BugSummary, Happening
from tracker.model.problem import Problem
from tracker.model.severity import Severity
from tracker.model.status import Status
from tracker.store.problem_text import read_problems
from tracker.workflow.bug_filter import BugFilter

_SUMMARY: Final = (
    "id, title, status, severity, reported_at, reporter, reporter_email, assignee, assignee_email,"
    " backup_email, commander, commander_email, on_hotfix_track, category, pattern, components,"
    " incident, formerly, root_cause"
)
_NAMES: Final = tuple(_SUMMARY.split(", "))
URGENCY: Final = "is_open DESC, coalesce(severity, 'P9'), number DESC, id"
"""The order of lists: the worst first, then the newest."""
_NEAR: Final = 10  # numbers between a mistyped one and a neighbour that may be meant
_CONCERNED: Final = ("assignee_email", "backup_email", "reporter_email", "commander_email")


def summaries(
    connection: sqlite3.Connection, wanted: BugFilter, *, most: int | None = None, after: int = 0
) -> tuple[BugSummary, ...]:
    """The bugs that fit, the worst first, then the newest."""
    where, values = _where(wanted)
    rows = connection.execute(
        f"SELECT {_SUMMARY} FROM bugs{where} ORDER BY {URGENCY} LIMIT ? OFFSET ?",
        (*values, -1 if most is None else most, after),
    )
    return tuple(_summary(row) for row in rows)


def summary(connection: sqlite3.Connection, bug: str) -> BugSummary | None:
    """One bug."""
    row = connection.execute(f"SELECT {_SUMMARY} FROM bugs WHERE id = ?", (bug,)).fetchone()
    return None if row is None else _summary(row)


def timeline(connection: sqlite3.Connection, bug: str) -> tuple[Happening, ...]:
    """What happened to a bug, in the order in which it did."""
    rows = connection.execute(
        "SELECT at, who, text FROM timeline JOIN bugs USING (bug) WHERE id = ? ORDER BY position",
        (bug,),
    )
    return tuple(
        Happening(at=datetime.fromisoformat(at), who=who, text=text) for at, who, text in rows
    )


def count(connection: sqlite3.Connection, wanted: BugFilter) -> int:
    """How many bugs fit."""
    where, values = _where(wanted)
    found: int = connection.execute(
        f"SELECT count(*) FROM bugs{where}",
        values,
    ).fetchone()[0]
    return found


def unfinished(connection: sqlite3.Connection) -> tuple[tuple[str, str], ...]:
    """The path and blob id of each bug that is open or has an open action item."""
    rows = connection.execute(f"SELECT path, blob FROM bugs WHERE unfinished ORDER BY {URGENCY}")
    return tuple((path, blob) for path, blob in rows)


def in_incidents(connection: sqlite3.Connection) -> tuple[tuple[str, str], ...]:
    """The path and blob id of each bug that declared or joined an incident, by number."""
    rows = connection.execute(
        "SELECT path, blob FROM bugs WHERE incident <> '' ORDER BY prefix, number"
    )
    return tuple((path, blob) for path, blob in rows)


def problems(connection: sqlite3.Connection, path: str | None = None) -> tuple[Problem, ...]:
    """What is wrong with the files that cannot be read, or with this one."""
    rows = connection.execute(
        "SELECT problems FROM broken WHERE ?1 IS NULL OR path = ?1 ORDER BY path", (path,)
    )
    return tuple(problem for (told,) in rows for problem in read_problems(told))


def policy_problems(connection: sqlite3.Connection) -> tuple[Problem, ...]:
    """What is wrong with the team's policy."""
    row = connection.execute("SELECT value FROM meta WHERE key = 'policy problems'").fetchone()
    return tuple(read_problems(row[0]))


def known_among(connection: sqlite3.Connection, ids: tuple[str, ...]) -> str | None:
    """The first of these ids that a bug has, or else that one had before; its present id.

    A file that cannot be read has its number by its name.
    """
    for bug in ids:
        if problems(connection, record_path(bug)):
            return bug
    for query in (
        "SELECT id FROM bugs WHERE id = ?",
        "SELECT bugs.id FROM former JOIN bugs USING (bug) WHERE former.id = ? ORDER BY number",
    ):
        for bug in ids:
            row = connection.execute(query, (bug,)).fetchone()
            if row is not None:
                return str(row[0])
    return None


def numberings(connection: sqlite3.Connection) -> tuple[Numbering, ...]:
    """The kinds of numbers that the policy has."""
    row = connection.execute("SELECT value FROM meta WHERE key = 'ids'").fetchone()
    return tuple(Numbering(prefix, width) for prefix, width in json.loads(row[0]))


def neighbours(
    connection: sqlite3.Connection, prefix: str, number: int, most: int
) -> tuple[str, ...]:
    """The ids of this kind whose numbers are nearest, and not far away."""
    rows = connection.execute(
        "SELECT id FROM bugs WHERE prefix = ? AND abs(number - ?) <= ?"
        " ORDER BY abs(number - ?), number LIMIT ?",
        (prefix, number, _NEAR, number, most),
    )
    return tuple(bug for (bug,) in rows)


def those_known(connection: sqlite3.Connection, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Those of these ids that bugs have, in the order of numbers."""
    rows = connection.execute(
        "SELECT id FROM bugs WHERE id IN (SELECT value FROM json_each(?)) ORDER BY number",
        (json.dumps(ids),),
    )
    return tuple(bug for (bug,) in rows)


def _summary(row: tuple[Any, ...]) -> BugSummary:
    values = dict(zip(_NAMES, row, strict=True))
    values["status"] = Status(values["status"])
    values["severity"] = Severity(values["severity"]) if values["severity"] else None
    values["reported_at"] = datetime.fromisoformat(values["reported_at"])
    values["on_hotfix_track"] = bool(values["on_hotfix_track"])
    values["components"] = _listed(values["components"])
    values["formerly"] = _listed(values["formerly"])
    return BugSummary(**values)


@lru_cache(maxsize=1024)
def _listed(told: str) -> tuple[str, ...]:
    """The texts of a JSON list; most are empty, or the same as of many other bugs."""
    return tuple(json.loads(told))


def _where(wanted: BugFilter) -> tuple[str, list[object]]:
    parts = list(_conditions(wanted))
    clause = f" WHERE {' AND '.join(condition for condition, _ in parts)}" if parts else ""
    return clause, [value for _, values in parts for value in values]


def _conditions(wanted: BugFilter) -> Iterator[tuple[str, tuple[object, ...]]]:
    equal = {
        "is_open": wanted.is_open,
        "on_hotfix_track": wanted.on_hotfix_track,
        "assignee_email": wanted.assignee.lower() or None,
        "category": wanted.category or None,
        "pattern": wanted.pattern or None,
        "incident": wanted.incident or None,
    }
    for column, value in equal.items():
        if value is not None:
            yield f"{column} = ?", (value,)
    for column, chosen in (("status", wanted.statuses), ("severity", wanted.severities)):
        if chosen:
            yield f"{column} IN ({', '.join('?' * len(chosen))})", tuple(map(str, chosen))
    yield from _looser_conditions(wanted)


def _looser_conditions(wanted: BugFilter) -> Iterator[tuple[str, tuple[object, ...]]]:
    if wanted.concerning:
        yield f"? IN ({', '.join(_CONCERNED)})", (wanted.concerning.lower(),)
    if wanted.component:
        yield "EXISTS (SELECT 1 FROM json_each(components) WHERE value = ?)", (wanted.component,)
    if wanted.reported_since is not None:
        since = wanted.reported_since.astimezone(UTC).isoformat()
        yield "julianday(reported_at) >= julianday(?)", (since,)
    for word in wanted.text.casefold().split():
        yield "instr(brief, ?) > 0", (word,)
