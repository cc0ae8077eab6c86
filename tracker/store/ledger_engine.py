"""Open the ledger: SQLite made durable, or PostgreSQL; tables made, or their version read."""

from sqlalchemy import Connection, Engine, Table, create_engine, event, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.schema import CreateIndex, CreateTable

from tracker.model.trouble import TroubleError
from tracker.store.ledger_tables import LEDGER, METADATA, VERSION

_BUSY = 30.0  # seconds that SQLite waits for another writer


class LedgerError(TroubleError):
    """The ledger cannot be opened, or a later version of the product has written it."""


def open_engine(url: str) -> Engine:
    """Connect and prepare the tables; raises LedgerError."""
    try:
        engine = _engine(url)
        with engine.begin() as connection:
            _prepare(connection)
    except (ArgumentError, DBAPIError, ImportError, NoSuchModuleError) as error:
        reason = str(getattr(error, "orig", error)).splitlines()[0]
        message = f"The ledger cannot be opened ({reason}); check BUGBOOK_DATABASE_URL."
        raise LedgerError(message) from error
    return engine


def insert_into(database: Engine | Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Begin an insert that may say what to do about a conflict, in the database's own way."""
    if database.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


def _engine(url: str) -> Engine:
    address = make_url(url)
    if address.get_backend_name() not in {"sqlite", "postgresql"}:
        message = "only sqlite: and postgresql: addresses can be used"
        raise ArgumentError(message)
    if address.get_backend_name() != "sqlite":
        return create_engine(address, pool_pre_ping=True)
    engine = create_engine(address, connect_args={"timeout": _BUSY})
    event.listen(engine, "connect", _make_durable)
    return engine


def _make_durable(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """Have SQLite reach the disk before it answers, and readers not wait for writers."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.close()


def _prepare(connection: Connection) -> None:
    for table in METADATA.sorted_tables:
        connection.execute(CreateTable(table, if_not_exists=True))
        for index in table.indexes:
            connection.execute(CreateIndex(index, if_not_exists=True))
    found = connection.execute(select(LEDGER.c.version)).scalars().first()
    if found is None:
        first = insert_into(connection, LEDGER).values(version=VERSION)
        connection.execute(first.on_conflict_do_nothing())
    elif found != VERSION:
        message = (
            f"The ledger has version {found} and this Bugbook reads version {VERSION}; use the"
            " newer Bugbook, or name another BUGBOOK_DATA_DIR."
        )
        raise LedgerError(message)
