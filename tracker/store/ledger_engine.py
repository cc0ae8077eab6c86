"""Open the ledger: SQLite made durable, or PostgreSQL; tables made, or brought to this version."""

import contextlib
import os
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from weakref import WeakKeyDictionary

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    Table,
    create_engine,
    delete,
    event,
    inspect,
    select,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.schema import CreateColumn, CreateIndex, CreateTable

from tracker.store.ledger_tables import CHANGES, LEDGER, METADATA, VERSION
from tracker.store.ledger_trouble import LedgerError, cut_off, told

_BUSY: Final = 30.0  # seconds that SQLite waits for another writer
_CONNECT: Final = 10  # seconds that PostgreSQL has to answer
_CONNECTIONS: Final = 32  # to SQLite, as many as the bot has listeners; more are made and dropped
_TURNS: Final[WeakKeyDictionary[Engine, threading.Lock]] = WeakKeyDictionary()
_TURNS_CHANGE: Final = threading.Lock()
_ONE_AT_A_TIME: Final = 8_247_101  # any number, the same for all who prepare the tables


def open_engine(url: str) -> Engine:
    """Connect and prepare the tables; raises LedgerError."""
    try:
        engine = _engine(url)
    except (ArgumentError, ImportError, NoSuchModuleError) as error:
        message = f"The ledger cannot be opened ({error}); check BUGBOOK_DATABASE_URL."
        raise LedgerError(message) from error
    try:
        with writing(engine) as connection:
            _prepare(connection)
    except BaseException:
        engine.dispose()
        raise
    return engine


def insert_into(database: Engine | Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Begin an insert that may say what to do about a conflict, in the database's own way."""
    if database.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


@contextlib.contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Lend a connection to read with; raises LedgerError."""
    try:
        with engine.connect() as connection:
            yield connection
    except DBAPIError as error:
        raise told(error, engine.url) from error


@contextlib.contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Lend a connection in one transaction, kept durably at the end; raises LedgerError."""
    try:
        with _turn(engine), engine.begin() as connection:
            if engine.dialect.name == "sqlite":  # or one that reads first could not write later
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection
    except DBAPIError as error:
        raise told(error, engine.url) from error


@contextlib.contextmanager
def noting(engine: Engine) -> Iterator[Connection]:
    """The same without waiting for the disk: a killed process loses nothing, a power cut may.

    For what is found out again then, as by asking git or Slack; about a hundred times as fast.
    """
    if engine.dialect.name != "sqlite":
        with writing(engine) as connection:
            connection.execute(text("SET LOCAL synchronous_commit TO off"))
            yield connection
        return
    try:
        with _turn(engine), engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA synchronous=NORMAL")
            try:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                yield connection
                connection.commit()
            finally:
                connection.rollback()
                connection.exec_driver_sql("PRAGMA synchronous=FULL")
    except DBAPIError as error:
        raise told(error, engine.url) from error


def _turn(engine: Engine) -> contextlib.AbstractContextManager[object]:
    """One writer of this process at a time: SQLite lets the others sleep, and wakes nobody."""
    if engine.dialect.name != "sqlite":
        return contextlib.nullcontext()
    with _TURNS_CHANGE:
        return _TURNS.setdefault(engine, threading.Lock())


def to_text(moment: datetime) -> str:
    """Write a time so that texts sort as times do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _engine(url: str) -> Engine:
    address = make_url(url)
    if address.drivername in {"postgres", "postgresql"}:
        address = address.set(drivername="postgresql+psycopg")
    if address.get_backend_name() not in {"sqlite", "postgresql"}:
        message = "only sqlite: and postgresql: addresses can be used"
        raise ArgumentError(message)
    if address.get_backend_name() != "sqlite":
        return _postgresql(address)
    if address.database:
        _begin_file(Path(address.database))
    more = {"pool_size": _CONNECTIONS, "max_overflow": _CONNECTIONS} if address.database else {}
    engine = create_engine(address, connect_args={"timeout": _BUSY}, **more)
    event.listen(engine, "connect", _make_durable)
    return engine


def _postgresql(address: URL) -> Engine:
    """Connections that check themselves, and wait for the disk whatever the server's default is."""
    try:
        return create_engine(
            address,
            pool_pre_ping=True,
            connect_args={"connect_timeout": _CONNECT, "options": "-c synchronous_commit=on"},
        )
    except ModuleNotFoundError as error:
        message = "the driver is missing: install `bugbook[postgresql]`"
        raise ArgumentError(message) from error


def _begin_file(file: Path) -> None:
    """Make a ledger's file in one step, so that an empty one is always a damaged one.

    Raises LedgerError for that.
    """
    if file.exists():
        if file.stat().st_size == 0:
            raise cut_off(file)
        return
    try:
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=".ledger-") as folder:
            begun = Path(folder) / "begun"
            with contextlib.closing(sqlite3.connect(begun)) as connection:
                connection.execute("PRAGMA journal_mode=WAL")
            with contextlib.suppress(FileExistsError):  # another process was first
                os.link(begun, file)
    except (OSError, sqlite3.Error) as error:
        message = f"The ledger {file} cannot be made ({error}); check the folder and its disk."
        raise LedgerError(message) from error


def _make_durable(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """Have SQLite reach the disk before it answers, and readers not wait for writers."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.close()


def _prepare(connection: Connection) -> None:
    """Make the tables, or bring those of an earlier version to this one."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_ONE_AT_A_TIME})"))
    found = _version(connection)
    if found is not None and found > VERSION:
        message = (
            f"The ledger has version {found} and this Bugbook reads version {VERSION}; use the"
            " newer Bugbook, or name another BUGBOOK_DATA_DIR or BUGBOOK_DATABASE_URL."
        )
        raise LedgerError(message)
    _make_missing_tables(connection)
    if found == VERSION:
        return
    _add_missing_columns(connection)
    for version in range((found or VERSION) + 1, VERSION + 1):
        for statement in CHANGES[version]:
            connection.execute(text(statement))
    connection.execute(delete(LEDGER))
    connection.execute(insert_into(connection, LEDGER).values(version=VERSION))


def _make_missing_tables(connection: Connection) -> None:
    there = set(inspect(connection).get_table_names())
    for table in METADATA.sorted_tables:
        if table.name not in there:
            connection.execute(CreateTable(table))
            for index in table.indexes:
                connection.execute(CreateIndex(index))


def _add_missing_columns(connection: Connection) -> None:
    for table in METADATA.sorted_tables:
        there = {column["name"] for column in inspect(connection).get_columns(table.name)}
        for column in table.columns:
            if column.name not in there:
                added = CreateColumn(column).compile(dialect=connection.dialect)
                connection.execute(text(f"ALTER TABLE {table.name} ADD COLUMN {added}"))


def _version(connection: Connection) -> int | None:
    """Return the version of the tables that are there; None where there are none."""
    if not inspect(connection).has_table(LEDGER.name):
        return None
    return connection.execute(select(LEDGER.c.version)).scalars().first()
