"""The search index: a projection of the records and their history that can be thrown away.

Before each question it is brought up to the newest commit that the clone knows. Records and
history have a cursor each, kept in the transaction of the rows, so a kill leaves it as it was.
"""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from tracker.store.clone import Clone
from tracker.store.index_file import DamagedIndexError, IndexFile, IndexUnusableError
from tracker.store.index_schema import LOG, RECORDS

Found = TypeVar("Found")
Progress = Callable[[int, int], None]
"""Hears how many of how many were read."""


@dataclass(frozen=True, kw_only=True)
class IndexStatus:
    """What `bugbook index status` tells; commits are full ids."""

    path: str
    size: int
    """In bytes."""
    sound: bool
    """Whether SQLite finds no damage in it."""
    tip: str | None
    """The newest commit that is known here."""
    records_at: str | None
    """The commit whose records it holds; None before it was built."""
    log_at: str | None
    """The commit up to which it holds the history."""
    bugs: int
    broken: int
    """Files that cannot be read."""
    commits: int

    @property
    def is_current(self) -> bool:
        """Whether it has seen the newest commit."""
        return self.sound and self.records_at == self.tip


def say_nothing(_done: int, _of: int) -> None:
    """Take progress that nobody waits for."""


@dataclass(frozen=True, kw_only=True)
class BugIndex:
    """The index of a clone, in the same folder; safe to share between threads and processes."""

    clone: Clone
    progress: Progress = say_nothing
    file: IndexFile = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "file", IndexFile(folder=self.clone.folder))

    def ask(self, question: Callable[[sqlite3.Connection], Found]) -> Found:
        """Put a question about the records of the newest commit; raises IndexUnusableError."""
        return self._asked(RECORDS, question)

    def ask_history(self, question: Callable[[sqlite3.Connection], Found]) -> Found:
        """Put a question about the commits up to the newest one; raises IndexUnusableError."""
        return self._asked(LOG, question)

    def warm_up(self) -> None:
        """Bring everything up to date now, for whoever asks next."""
        self.ask(lambda _: None)
        self.ask_history(lambda _: None)

    def holds(self, commit: str | None) -> bool:
        """Whether it has read the records of this commit."""
        try:
            with self.file.reading() as connection:
                return _cursor(connection, RECORDS) == (commit or "")
        except (DamagedIndexError, IndexUnusableError):
            return False

    def rebuild(self) -> None:
        """Make the index anew; until it is done, the old one answers."""
        with self.file.building():
            self.file.replace(self._fill)

    def status(self) -> IndexStatus:
        """Look at the index as it is, without bringing it up to date."""
        try:
            return self._status()
        except DamagedIndexError:
            return IndexStatus(
                path=str(self.file.path),
                size=0,
                sound=False,
                tip=self.clone.tip(),
                records_at=None,
                log_at=None,
                bugs=0,
                broken=0,
                commits=0,
            )

    def _asked(self, part: str, question: Callable[[sqlite3.Connection], Found]) -> Found:
        for _ in range(2):
            seen = self.file.target()
            try:
                return self._answered(part, question)
            except DamagedIndexError:
                self.file.begin(instead_of=seen)
        try:
            return self._answered(part, question)
        except DamagedIndexError as error:
            reason = "a new one is damaged at once"
            raise self.file.unusable(reason) from error

    def _answered(self, part: str, question: Callable[[sqlite3.Connection], Found]) -> Found:
        with self.file.reading() as connection:
            if _cursor(connection, part) == (self.clone.newest() or ""):
                return question(connection)
        self._follow(part)
        with self.file.reading() as connection:
            return question(connection)

    def _follow(self, part: str) -> None:
        """Bring one part up to date; the first to come does it for all processes."""
        with self.file.writing() as connection:
            known, tip = _cursor(connection, part), self.clone.tip()
            if known != (tip or ""):
                self._bring(connection, {part: known or None}, tip)

    def _fill(self, connection: sqlite3.Connection) -> None:
        self._bring(connection, dict.fromkeys((RECORDS, LOG)), self.clone.tip())

    def _bring(
        self, connection: sqlite3.Connection, known: Mapping[str, str | None], tip: str | None
    ) -> None:
        from tracker.store.index_follow import follow  # questions are quicker without it

        follow(connection, self.clone, known, tip, self.progress)

    def _status(self) -> IndexStatus:
        with self.file.reading() as connection:
            bugs, broken, commits = (
                connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
                for table in ("bugs", "broken", "commits")
            )
            return IndexStatus(
                path=str(self.file.path),
                size=self.file.path.stat().st_size,
                sound=connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok",
                tip=self.clone.tip(),
                records_at=_cursor(connection, RECORDS) or None,
                log_at=_cursor(connection, LOG) or None,
                bugs=bugs,
                broken=broken,
                commits=commits,
            )


def _cursor(connection: sqlite3.Connection, part: str) -> str | None:
    """The commit that a part has reached: None before the first one, empty for no commit."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (part,)).fetchone()
    return None if row is None else str(row[0])
