"""Accepted actions on their way to the repository: kept before the answer, settled after it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto
from typing import Any, Final

from sqlalchemy import Engine, Executable, Row, func, select, update

from tracker.store.leases import Lease, still_holds
from tracker.store.ledger_engine import insert_into, noting, reading, to_text, writing
from tracker.store.ledger_tables import OUTBOX
from tracker.store.ledger_trouble import LedgerError


class EntryState(StrEnum):
    """What became of an accepted action."""

    PENDING = auto()
    DONE = auto()
    REFUSED = auto()


_PENDING: Final = OUTBOX.c.state == EntryState.PENDING.value


@dataclass(frozen=True, kw_only=True)
class OutboxEntry:
    """One accepted action: action and actor as JSON, a result as JSON or why it still waits."""

    request: str
    action: str
    actor: str
    permalink: str
    taken_in: datetime
    state: EntryState = EntryState.PENDING
    result: str = ""


@dataclass(frozen=True, kw_only=True)
class End:
    """What became of a pending action; the result is JSON."""

    request: str
    state: EntryState
    result: str


@dataclass(frozen=True, kw_only=True)
class Backlog:
    """How many actions wait to be committed, and when the oldest was taken in."""

    number: int
    since: datetime | None


class LostLeaseError(LedgerError):
    """Somebody else has taken the lease over; nothing was noted."""


@dataclass(frozen=True, kw_only=True)
class Outbox:
    """The accepted actions in a ledger; each method is one transaction and raises LedgerError."""

    engine: Engine

    def put(self, entry: OutboxEntry, *more: Executable) -> bool:
        """Keep an action durably; False when its request is known, and nothing changes then.

        `more` is done with it, in the same transaction.
        """
        statement = insert_into(self.engine, OUTBOX).values(
            request=entry.request,
            action=entry.action,
            actor=entry.actor,
            permalink=entry.permalink,
            taken_in=to_text(entry.taken_in),
            state=EntryState.PENDING.value,
            result="",
        )
        once = statement.on_conflict_do_nothing().returning(OUTBOX.c.sequence)
        with writing(self.engine) as connection:
            is_new = connection.execute(once).scalar() is not None
            for also in more if is_new else ():
                connection.execute(also)
        return is_new

    def entry(self, request: str) -> OutboxEntry | None:
        """Return what is known of a request."""
        with reading(self.engine) as connection:
            row = connection.execute(select(OUTBOX).where(OUTBOX.c.request == request)).first()
        return None if row is None else _to_entry(row)

    def entries(self, requests: Collection[str]) -> tuple[OutboxEntry, ...]:
        """Return what is known of some requests."""
        query = select(OUTBOX).where(OUTBOX.c.request.in_(requests))
        with reading(self.engine) as connection:
            return tuple(_to_entry(row) for row in connection.execute(query))

    def pending(
        self, limit: int, without: Collection[str] = (), *, begins: str = ""
    ) -> tuple[OutboxEntry, ...]:
        """Return the oldest actions that wait to be committed, and whose text begins so."""
        query = (
            select(OUTBOX)
            .where(_PENDING, OUTBOX.c.request.not_in(without))
            .where(OUTBOX.c.action.startswith(begins, autoescape=True))
            .order_by(OUTBOX.c.sequence)
            .limit(limit)
        )
        with reading(self.engine) as connection:
            return tuple(_to_entry(row) for row in connection.execute(query))

    def has_new(self) -> bool:
        """Whether an action waits that nobody has tried to commit."""
        query = select(OUTBOX.c.sequence).where(_PENDING, OUTBOX.c.result == "").limit(1)
        with reading(self.engine) as connection:
            return connection.execute(query).first() is not None

    def recorded(self) -> tuple[str, ...]:
        """Return the requests that were committed, as far as they are still kept here."""
        done = OUTBOX.c.state == EntryState.DONE.value
        query = select(OUTBOX.c.request).where(done).order_by(OUTBOX.c.sequence)
        with reading(self.engine) as connection:
            return tuple(connection.execute(query).scalars())

    def reopen(self, requests: Iterable[str], reason: str) -> None:
        """Let actions that were committed wait again."""
        values = {"state": EntryState.PENDING.value, "result": reason}
        with writing(self.engine) as connection:
            for request in requests:
                done = (OUTBOX.c.request == request) & (OUTBOX.c.state == EntryState.DONE.value)
                connection.execute(update(OUTBOX).where(done).values(values))

    def backlog(self) -> Backlog:
        """Return how many actions wait to be committed, and since when."""
        query = select(func.count(), func.min(OUTBOX.c.taken_in)).where(_PENDING)
        with reading(self.engine) as connection:
            number, oldest = connection.execute(query).one()
        return Backlog(number=number, since=datetime.fromisoformat(oldest) if oldest else None)

    def settle(self, ends: Iterable[End], lease: Lease | None = None) -> None:
        """Note together what became of pending actions; a settled one stays as it is.

        Raises LostLeaseError, and notes nothing, when somebody else has taken the lease over.
        """
        with noting(self.engine) as connection:
            if lease is not None and not still_holds(connection, lease):
                message = f"Another Bugbook process took over from {lease.owner}, which was slow."
                raise LostLeaseError(message)
            for end in ends:
                pending = (OUTBOX.c.request == end.request) & _PENDING
                values = {"state": end.state.value, "result": end.result}
                connection.execute(update(OUTBOX).where(pending).values(values))

    def explain(self, reason: str) -> None:
        """Note why the pending actions still wait, as a sentence for people."""
        with noting(self.engine) as connection:
            untold = _PENDING & (OUTBOX.c.result != reason)
            connection.execute(update(OUTBOX).where(untold).values(result=reason))


def _to_entry(row: Row[Any]) -> OutboxEntry:
    return OutboxEntry(
        request=row.request,
        action=row.action,
        actor=row.actor,
        permalink=row.permalink,
        taken_in=datetime.fromisoformat(row.taken_in),
        state=EntryState(row.state),
        result=row.result,
    )
