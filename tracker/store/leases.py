"""A right that one process at a time has, for a while: to write, to announce.

A lease ends by itself when its holder no longer renews it, however the holder died. The token
grows with each new holder, so one that was paused and has lost the lease can be told from the new
one. Time is the database's own, so the clocks of the machines need not agree.
"""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, Double, Engine, case, cast, func, select, update
from sqlalchemy.sql.elements import ColumnElement

from tracker.store.ledger_engine import insert_into, reading, writing
from tracker.store.ledger_tables import LEASES

LEADER: Final = "leader"
"""The lease of whoever writes and announces for all who share a ledger."""
ALIVE: Final = "alive: "
"""Begins the names of the leases by which processes show that they work."""


@dataclass(frozen=True, kw_only=True)
class Lease:
    """A right that was given; `token` is higher than that of every holder before."""

    name: str
    owner: str
    token: int


@dataclass(frozen=True, kw_only=True)
class Leases:
    """The leases in a ledger; each method is one transaction and raises LedgerError."""

    engine: Engine

    def take(self, name: str, owner: str, seconds: float) -> Lease | None:
        """Take, or renew, for so many seconds; None while somebody else has it."""
        now = _now(self.engine)
        mine = LEASES.c.owner == owner
        statement = (
            insert_into(self.engine, LEASES)
            .values(name=name, owner=owner, token=1, until=now + seconds)
            .on_conflict_do_update(
                index_elements=[LEASES.c.name],
                set_={
                    "owner": owner,
                    "token": LEASES.c.token + case((mine, 0), else_=1),
                    "until": now + seconds,
                },
                where=mine | (LEASES.c.until < now),
            )
            .returning(LEASES.c.token)
        )
        with writing(self.engine) as connection:
            token = connection.execute(statement).scalar()
        return None if token is None else Lease(name=name, owner=owner, token=token)

    def give_back(self, lease: Lease) -> None:
        """End a lease before its time; one that was lost already stays with its new holder."""
        mine = (LEASES.c.name == lease.name) & (LEASES.c.token == lease.token)
        with writing(self.engine) as connection:
            connection.execute(update(LEASES).where(mine).values(until=0.0))

    def holder(self, name: str) -> str | None:
        """Return who has it now."""
        holds = (LEASES.c.name == name) & (LEASES.c.until >= _now(self.engine))
        with reading(self.engine) as connection:
            return connection.execute(select(LEASES.c.owner).where(holds)).scalar()


def still_holds(connection: Connection, lease: Lease) -> bool:
    """Whether nobody has taken the lease over; nobody can until this transaction ends."""
    query = select(LEASES.c.token).where(LEASES.c.name == lease.name).with_for_update(read=True)
    return connection.execute(query).scalar() == lease.token


def _now(engine: Engine) -> ColumnElement[float]:
    """Seconds since 1970, by the database."""
    if engine.dialect.name == "sqlite":
        return (func.julianday("now") - 2440587.5) * 86400.0
    return cast(func.extract("epoch", func.clock_timestamp()), Double)
