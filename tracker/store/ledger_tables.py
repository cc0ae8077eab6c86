"""The tables of the ledger: what must outlive a killed process and is not in git.

Everything here is plain text and times in UTC, so the same tables work in PostgreSQL.
"""

from sqlalchemy import Column, Index, Integer, MetaData, Table, Text

VERSION = 1
"""Raised with each change of the tables; a ledger with another number is refused."""

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

NOTICES = Table(
    "notices", METADATA, Column("key", Text, primary_key=True), Column("at", Text, nullable=False)
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
)
