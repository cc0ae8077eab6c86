"""The file of the index: shared by processes, replaced as a whole, thrown away when damaged.

`index.sqlite3` is a link to the file in use. A new file is made beside it and the link is moved,
so nobody ever reads half an index, and the write-ahead log of one file never meets another file.
"""

import contextlib
import os
import secrets
import sqlite3
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tracker.store.clone_lock import holding
from tracker.store.git_errors import RepositoryError
from tracker.store.index_schema import VERSION, create

_LINK: Final = "index.sqlite3"
_BUSY: Final = 60.0  # seconds that a writer waits for another one
_PATIENCE: Final = 900.0  # seconds for another process that builds the index
_LASTING: Final = frozenset({
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
})  # fmt: skip
"""What a new file would not cure."""

_THROWN_AWAY_WHEN_HALF: Final = "PRAGMA journal_mode=OFF; PRAGMA cache_size=-65536;"
"""A file in the making needs no way back, and is written once where its pages fit into 64 MiB."""


class IndexUnusableError(RepositoryError):
    """The index can be neither read nor made anew."""


class DamagedIndexError(Exception):
    """The file is no index of this version; a new one has to be made."""


@dataclass(frozen=True, kw_only=True)
class IndexFile:
    """The index in a folder; safe to share between threads, each of which has a connection."""

    folder: Path
    _open: threading.local = field(default_factory=threading.local, repr=False, compare=False)

    @property
    def path(self) -> Path:
        """The link that leads to the file in use."""
        return self.folder / _LINK

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend this thread's connection; raises DamagedIndexError or IndexUnusableError."""
        with self._told():
            yield self._connection()

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Lend it within a transaction that no other writer is in; kept when no error leaves it."""
        with self._told():
            connection = self._connection()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    @contextlib.contextmanager
    def building(self) -> Iterator[None]:
        """Hold what only one process at a time may do, which takes long.

        Raises IndexUnusableError.
        """
        with contextlib.ExitStack() as stack:
            with self._placing():
                self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                stack.enter_context(holding(self.folder / "index.lock", patience=_PATIENCE))
            yield

    def begin(self, *, instead_of: str | None) -> None:
        """Put an empty index in the place of a file, unless another process has done so."""
        with self.building():
            if self._target() == instead_of:
                self.replace(lambda _connection: None)

    def replace(self, fill: Callable[[sqlite3.Connection], None]) -> None:
        """Make a new file, fill it, and only then move the link; to be called in `building`.

        Raises IndexUnusableError, and leaves the old file in use.
        """
        name = f"index-{secrets.token_hex(4)}.sqlite3"
        try:
            self._make(name, fill)
            with self._placing():
                beside = self.folder / f"{name}.link"
                beside.symlink_to(name)
                beside.replace(self.path)
        except BaseException:
            for half in self.folder.glob(f"{name}*"):
                half.unlink(missing_ok=True)
            raise
        self._sweep(name)

    def unusable(self, reason: object) -> IndexUnusableError:
        """Say that the index cannot be used, why, and what to look at."""
        return IndexUnusableError(
            f"The index {self.path} cannot be used ({reason}); look what stands there, whether"
            " its folder can be written and whether its disk has room, and try again."
        )

    def target(self) -> str | None:
        """The name of the file in use; None while there is none."""
        return self._target()

    def _target(self) -> str | None:
        try:
            return os.readlink(self.path)  # noqa: PTH115 - asked before every query
        except FileNotFoundError:
            return None
        except OSError:  # a plain file that somebody put there
            with self._placing():
                self.path.unlink(missing_ok=True)
            return None

    def _make(self, name: str, fill: Callable[[sqlite3.Connection], None]) -> None:
        with self._told(curable=False):
            connection = _connected(self.folder / name)
            try:
                connection.executescript(_THROWN_AWAY_WHEN_HALF)
                create(connection)
                connection.execute("BEGIN IMMEDIATE")
                fill(connection)
                connection.commit()
                connection.execute("PRAGMA journal_mode=WAL")
            finally:
                connection.close()

    def _connection(self) -> sqlite3.Connection:
        target = self._target()
        if target is None or not (self.folder / target).exists():
            raise DamagedIndexError
        if getattr(self._open, "target", None) != target:
            connection = _connected(self.folder / target)
            if connection.execute("PRAGMA user_version").fetchone()[0] != VERSION:
                connection.close()
                raise DamagedIndexError
            self._open.connection, self._open.target = connection, target
        found: sqlite3.Connection = self._open.connection
        return found

    @contextlib.contextmanager
    def _told(self, *, curable: bool = True) -> Iterator[None]:
        """Tell damage, which a new file cures, from trouble, which it does not."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            self._open.target = None
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if curable and code not in _LASTING:
                raise DamagedIndexError from error
            raise self.unusable(error) from error

    @contextlib.contextmanager
    def _placing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise self.unusable(error.strerror) from error

    def _sweep(self, name: str) -> None:
        """Remove files of before; who still has one open keeps it until the next question."""
        for left in self.folder.glob("index-*"):
            if not left.name.startswith(name):
                left.unlink(missing_ok=True)


def _connected(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=_BUSY, isolation_level=None, check_same_thread=False)
    connection.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=OFF;"
    )
    connection.create_function("casefold", 1, str.casefold, deterministic=True)
    return connection
