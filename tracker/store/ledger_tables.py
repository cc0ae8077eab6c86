"""The tables of the ledger: what must outlive a killed process and is not in git.

Everything here is plain text and times in UTC, so the same tables work in PostgreSQL.
"""

from typing import Final

from sqlalchemy import Column, Double, Index, Integer, LargeBinary, MetaData, Table, Text

VERSION: Final = 3
"""Raised with each change of the tables; a ledger with a higher number is refused."""

METADATA = MetaData()

LEDGER = Table("ledger", METADATA, Column("version", Integer, primary_key=True))

OUTBOX = Table(
    "outbox",
    METADATA,
    Column("sequence", Integer, primary_key=True, autoincrement=True),
    Column("request", Text, nullable=False, unique=True),
    Column("action", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("permalink", Text, nullable=False),
    Column("taken_in", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("result", Text, nullable=False),
    Index("outbox_by_state", "state", "sequence"),
)

CURSORS = Table(
    "cursors",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("commit", Text, nullable=False),
)

MESSAGES = Table(
    "messages",
    METADATA,
    Column("bug", Text, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("ts", Text, nullable=False),
    Index("messages_by_place", "channel", "ts"),
)

EVENTS = Table(
    "events", METADATA, Column("key", Text, primary_key=True), Column("at", Text, nullable=False)
)

ANSWERS = Table(
    "answers",
    METADATA,
    Column("request", Text, primary_key=True),
    Column("user", Text, nullable=False),
    Column("about", Text, nullable=False, server_default=""),
)

DRAFTS = Table(
    "drafts",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("value", Text, nullable=False),
)

LEASES = Table(
    "leases",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("token", Integer, nullable=False),
    Column("until", Double, nullable=False),  # seconds since 1970 by the database's clock
)

DELIVERIES = Table(
    "deliveries",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("ts", Text, nullable=False),
)

ERRANDS = Table(
    "errands",
    METADATA,
    Column("sequence", Integer, primary_key=True, autoincrement=True),
    Column("key", Text, nullable=False, unique=True),
    Column("bug", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", Text, nullable=False),
    Column("error", Text, nullable=False),
    Index("errands_by_time", "state", "next_at"),
)

ROOMS = Table(
    "rooms",
    METADATA,
    Column("bug", Text, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("card", Text, nullable=False),
    Column("archived", Integer, nullable=False),
    Index("rooms_by_channel", "channel"),
)

HOMES = Table(
    "homes",
    METADATA,
    Column("user", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("shown", Text, nullable=False),
)

FILES = Table(
    "files",
    METADATA,
    Column("digest", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

QUOTES = Table(
    "quotes",
    METADATA,
    Column("channel", Text, primary_key=True),
    Column("ts", Text, primary_key=True),
    Column("bug", Text, nullable=False),
    Column("source", Text, nullable=False),
)

CHANGES: Final[dict[int, tuple[str, ...]]] = {2: (), 3: ()}
"""For each version, what it changes of the one before; new tables and columns need nothing."""
