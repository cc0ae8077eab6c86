"""Side effects that are to be done once and tried until they are: rooms, invitations, topics."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum, auto
from typing import Any

from sqlalchemy import Engine, Row, select, update

from tracker.store.ledger_engine import insert_into, noting, reading, to_text, writing
from tracker.store.ledger_tables import ERRANDS


class ErrandState(StrEnum):
    """What became of an errand."""

    WAITING = auto()
    DONE = auto()


@dataclass(frozen=True, kw_only=True)
class Errand:
    """One side effect for one bug; `error` says why the last try failed."""

    key: str
    bug: str
    kind: str
    detail: str = ""
    state: ErrandState = ErrandState.WAITING
    attempts: int = 0
    error: str = ""


@dataclass(frozen=True, kw_only=True)
class Errands:
    """Errands by their keys; each method is one transaction and raises LedgerError."""

    engine: Engine

    def put(self, errand: Errand, at: datetime) -> bool:
        """Keep an errand durably; False when its key is known, and nothing changes then."""
        statement = insert_into(self.engine, ERRANDS).values(
            key=errand.key,
            bug=errand.bug,
            kind=errand.kind,
            detail=errand.detail,
            state=ErrandState.WAITING.value,
            attempts=0,
            next_at=to_text(at),
            error="",
        )
        once = statement.on_conflict_do_nothing().returning(ERRANDS.c.key)
        with writing(self.engine) as connection:
            return connection.execute(once).first() is not None

    def due(self, now: datetime, limit: int, kinds: Collection[str]) -> tuple[Errand, ...]:
        """Return the oldest errands of some kinds whose time has come."""
        waits = (ERRANDS.c.state == ErrandState.WAITING.value, ERRANDS.c.kind.in_(kinds))
        query = (
            select(ERRANDS)
            .where(*waits, ERRANDS.c.next_at <= to_text(now))
            .order_by(ERRANDS.c.sequence)
            .limit(limit)
        )
        return self._all(query)

    def claim(self, errand: Errand, now: datetime, lease: timedelta) -> bool:
        """Claim an errand that is due for a while; True for one caller, the others pass it by."""
        statement = (
            update(ERRANDS)
            .where(
                ERRANDS.c.key == errand.key,
                ERRANDS.c.state == ErrandState.WAITING.value,
                ERRANDS.c.next_at <= to_text(now),
            )
            .values(next_at=to_text(now + lease))
            .returning(ERRANDS.c.key)
        )
        with writing(self.engine) as connection:
            return connection.execute(statement).first() is not None

    def done(self, key: str) -> None:
        """Note that an errand is done."""
        self._change(key, state=ErrandState.DONE.value, error="")

    def put_off(self, errand: Errand, until: datetime, error: str, *, failed: bool) -> None:
        """Try an errand again later; one that failed, and does not only wait, is counted."""
        self._change(
            errand.key,
            next_at=to_text(until),
            error=error[:500],
            attempts=errand.attempts + failed,
        )

    def hasten(self, bug: str, now: datetime) -> None:
        """Let everything that waits for a bug be tried now."""
        waits = (ERRANDS.c.bug == bug, ERRANDS.c.state == ErrandState.WAITING.value)
        with writing(self.engine) as connection:
            connection.execute(update(ERRANDS).where(*waits).values(next_at=to_text(now)))

    def failing(self, bug: str | None = None) -> tuple[Errand, ...]:
        """Return what failed and is still tried, of one bug or of all, the oldest first."""
        query = select(ERRANDS).where(
            ERRANDS.c.state == ErrandState.WAITING.value, ERRANDS.c.attempts > 0
        )
        if bug is not None:
            query = query.where(ERRANDS.c.bug == bug)
        return self._all(query.order_by(ERRANDS.c.sequence))

    def _all(self, query: Any) -> tuple[Errand, ...]:  # noqa: ANN401 - a select of this table
        with reading(self.engine) as connection:
            return tuple(_errand(row) for row in connection.execute(query))

    def _change(self, key: str, **values: str | int) -> None:
        with noting(self.engine) as connection:
            connection.execute(update(ERRANDS).where(ERRANDS.c.key == key).values(**values))


def _errand(row: Row[Any]) -> Errand:
    return Errand(
        key=row.key,
        bug=row.bug,
        kind=row.kind,
        detail=row.detail,
        state=ErrandState(row.state),
        attempts=row.attempts,
        error=row.error,
    )
