"""What was said in Slack, and what is being said: each message has a key and is sent once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto
from typing import Final

from sqlalchemy import Engine, delete, select, update

from tracker.store.ledger_engine import insert_into, noting, reading, to_text, writing
from tracker.store.ledger_tables import DELIVERIES

_AT_ONCE: Final = 1000  # keys in one transaction


class DeliveryState(StrEnum):
    """How far a message is."""

    SENDING = auto()
    SENT = auto()
    REFUSED = auto()


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """A message under its key; where it stands is empty until it is known to be sent."""

    key: str
    state: DeliveryState
    at: datetime
    channel: str = ""
    ts: str = ""


@dataclass(frozen=True, kw_only=True)
class Deliveries:
    """The messages by their keys; each method is one transaction and raises LedgerError."""

    engine: Engine

    def claim(self, key: str, at: datetime) -> bool:
        """Claim the right to send a message; True for exactly one caller."""
        statement = insert_into(self.engine, DELIVERIES).values(
            key=key, state=DeliveryState.SENDING.value, at=to_text(at), channel="", ts=""
        )
        once = statement.on_conflict_do_nothing().returning(DELIVERIES.c.key)
        with writing(self.engine) as connection:
            return connection.execute(once).first() is not None

    def pass_over(self, keys: Sequence[str], at: datetime) -> None:
        """Note messages that are never to be sent, unless they are sent already."""
        never = {"state": DeliveryState.REFUSED.value, "at": to_text(at), "channel": "", "ts": ""}
        statement = insert_into(self.engine, DELIVERIES).on_conflict_do_nothing()
        for start in range(0, len(keys), _AT_ONCE):
            some = [{"key": key, **never} for key in keys[start : start + _AT_ONCE]]
            with noting(self.engine) as connection:  # which holds others up that long
                connection.execute(statement, some)

    def look(self, key: str) -> Delivery | None:
        """Return how far a message is; None when nobody ever began to send it."""
        with reading(self.engine) as connection:
            row = connection.execute(select(DELIVERIES).where(DELIVERIES.c.key == key)).first()
        if row is None:
            return None
        return Delivery(
            key=row.key,
            state=DeliveryState(row.state),
            at=datetime.fromisoformat(row.at),
            channel=row.channel,
            ts=row.ts,
        )

    def take_over(self, found: Delivery, at: datetime) -> bool:
        """Claim a message that somebody began to send and left; True for exactly one caller."""
        statement = (
            update(DELIVERIES)
            .where(
                DELIVERIES.c.key == found.key,
                DELIVERIES.c.state == DeliveryState.SENDING.value,
                DELIVERIES.c.at == to_text(found.at),
            )
            .values(at=to_text(at))
            .returning(DELIVERIES.c.key)
        )
        with writing(self.engine) as connection:
            return connection.execute(statement).first() is not None

    def settle(self, key: str, channel: str, ts: str) -> None:
        """Note that a message is sent, or without a time stamp that Slack will never take it."""
        state = DeliveryState.SENT if ts else DeliveryState.REFUSED
        self._change(key, state=state.value, channel=channel, ts=ts)

    def leave(self, key: str, since: datetime) -> None:
        """Let another caller look at once whether a message was sent."""
        self._change(key, at=to_text(since))

    def give_back(self, key: str) -> None:
        """Give a claim back, where it is certain that nothing was sent."""
        with writing(self.engine) as connection:
            connection.execute(delete(DELIVERIES).where(DELIVERIES.c.key == key))

    def keys(self, prefix: str) -> frozenset[str]:
        """Return every key that begins with a prefix and was sent, is being sent, or refused."""
        query = select(DELIVERIES.c.key).where(DELIVERIES.c.key.startswith(prefix, autoescape=True))
        with reading(self.engine) as connection:
            return frozenset(connection.execute(query).scalars())

    def _change(self, key: str, **values: str) -> None:
        with noting(self.engine) as connection:
            connection.execute(update(DELIVERIES).where(DELIVERIES.c.key == key).values(**values))
