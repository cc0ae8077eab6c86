"""What Slack delivered and was dealt with, so that it is dealt with once, by one process."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Engine, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from tracker.store.ledger_engine import insert_into, noting, reading, to_text
from tracker.store.ledger_tables import EVENTS

_BEGUN: Final = "begun-"
"""Begins the key of an event that a process is at work on."""


@dataclass(frozen=True, kw_only=True)
class SeenEvents:
    """The events that are done or begun; each method is one transaction, raises LedgerError."""

    engine: Engine

    def see(self, key: str, at: datetime) -> bool:
        """Note that something is done; True the first time."""
        with noting(self.engine) as connection:
            once = self.seeing(key, at).returning(EVENTS.c.key)
            return connection.execute(once).first() is not None

    def seeing(self, key: str, at: datetime) -> sqlite.Insert | postgresql.Insert:
        """What notes it, for a transaction that does more."""
        statement = insert_into(self.engine, EVENTS).values(key=key, at=to_text(at))
        return statement.on_conflict_do_nothing()

    def has(self, key: str) -> bool:
        """Return whether something is done."""
        with reading(self.engine) as connection:
            query = select(EVENTS.c.key).where(EVENTS.c.key == key)
            return connection.execute(query).first() is not None

    def begin(self, key: str, at: datetime, lost_before: datetime) -> bool:
        """Claim the right to act on something; True for exactly one caller.

        A claim from before a time is that of a process which is gone, and is taken over.
        """
        statement = insert_into(self.engine, EVENTS).values(key=f"{_BEGUN}{key}", at=to_text(at))
        claimed = statement.on_conflict_do_update(
            index_elements=[EVENTS.c.key],
            set_={"at": to_text(at)},
            where=EVENTS.c.at < to_text(lost_before),
        )
        with noting(self.engine) as connection:
            return connection.execute(claimed.returning(EVENTS.c.key)).first() is not None

    def end(self, key: str, at: datetime) -> None:
        """Note that what was begun is done."""
        with noting(self.engine) as connection:
            connection.execute(self.seeing(key, at))
            connection.execute(delete(EVENTS).where(EVENTS.c.key == f"{_BEGUN}{key}"))

    def give_up(self, key: str) -> None:
        """Let another delivery begin anew."""
        with noting(self.engine) as connection:
            connection.execute(delete(EVENTS).where(EVENTS.c.key == f"{_BEGUN}{key}"))

    def give_up_all(self) -> None:
        """Let everything that was begun be begun anew, when no other process is at work."""
        with noting(self.engine) as connection:
            connection.execute(delete(EVENTS).where(EVENTS.c.key.startswith(_BEGUN)))
