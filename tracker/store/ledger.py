"""What must outlive a killed process and is not in git: accepted actions, sent notices, cursors.

SQLite in the data directory unless another database is named; plain values in and out.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum, auto
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Row, Table, delete, select, update

from tracker.store.ledger_answers import Answers
from tracker.store.ledger_engine import insert_into, open_engine
from tracker.store.ledger_tables import CURSORS, EVENTS, MESSAGES, NOTICES, OUTBOX


class EntryState(StrEnum):
    """What became of an accepted action."""

    PENDING = auto()
    DONE = auto()
    REFUSED = auto()


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
class RootMessage:
    """The one message of a bug that is edited in place: a Slack channel and time stamp."""

    bug: str
    channel: str
    ts: str


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """The ledger's questions and answers; each method is one transaction."""

    engine: Engine

    @property
    def shared(self) -> bool:
        """Whether other bots may use it at the same time."""
        return self.engine.dialect.name != "sqlite"

    @property
    def answers(self) -> Answers:
        """Who waits to hear what became of their action."""
        return Answers(engine=self.engine)

    def put(self, entry: OutboxEntry) -> bool:
        """Keep an action durably; False when its request is known, and nothing changes then."""
        return self._insert_once(
            OUTBOX,
            request=entry.request,
            action=entry.action,
            actor=entry.actor,
            permalink=entry.permalink,
            taken_in=_to_text(entry.taken_in),
            state=EntryState.PENDING.value,
            result="",
        )

    def entry(self, request: str) -> OutboxEntry | None:
        """Return what is known of a request."""
        with self.engine.connect() as connection:
            row = connection.execute(select(OUTBOX).where(OUTBOX.c.request == request)).first()
        return None if row is None else _to_entry(row)

    def pending(self, limit: int) -> tuple[OutboxEntry, ...]:
        """Return the oldest actions that wait to be committed."""
        query = (
            select(OUTBOX)
            .where(OUTBOX.c.state == EntryState.PENDING.value)
            .order_by(OUTBOX.c.sequence)
            .limit(limit)
        )
        with self.engine.connect() as connection:
            return tuple(_to_entry(row) for row in connection.execute(query))

    def settle(self, request: str, state: EntryState, result: str) -> None:
        """Note what became of a pending action; a settled one stays as it is."""
        self._change_pending(request, state=state.value, result=result)

    def explain(self, request: str, reason: str) -> None:
        """Note why a pending action still waits, as a sentence for people."""
        self._change_pending(request, result=reason)

    def claim_notice(self, key: str, at: datetime) -> bool:
        """Claim the right to send a notice; True for exactly one caller."""
        return self._insert_once(NOTICES, key=key, at=_to_text(at))

    def release_notice(self, key: str) -> None:
        """Give a claim back, after the notice could not be sent."""
        with self.engine.begin() as connection:
            connection.execute(delete(NOTICES).where(NOTICES.c.key == key))

    def see_event(self, key: str, at: datetime) -> bool:
        """Note an event that may be delivered again; True the first time."""
        return self._insert_once(EVENTS, key=key, at=_to_text(at))

    def cursor(self, name: str) -> str | None:
        """Return the last commit that a projection has seen."""
        with self.engine.connect() as connection:
            query = select(CURSORS.c.commit).where(CURSORS.c.name == name)
            return connection.execute(query).scalar_one_or_none()

    def move_cursor(self, name: str, commit: str) -> None:
        """Note the last commit that a projection has seen."""
        statement = insert_into(self.engine, CURSORS).values(name=name, commit=commit)
        with self.engine.begin() as connection:
            connection.execute(
                statement.on_conflict_do_update(
                    index_elements=[CURSORS.c.name], set_={"commit": commit}
                )
            )

    def root_message(self, bug: str) -> RootMessage | None:
        """Return where a bug's message stands."""
        with self.engine.connect() as connection:
            row = connection.execute(select(MESSAGES).where(MESSAGES.c.bug == bug)).first()
        return None if row is None else RootMessage(bug=row.bug, channel=row.channel, ts=row.ts)

    def bug_of_message(self, channel: str, ts: str) -> str | None:
        """Return the bug whose message stands there, as for a command in its thread."""
        query = select(MESSAGES.c.bug).where(MESSAGES.c.channel == channel, MESSAGES.c.ts == ts)
        with self.engine.connect() as connection:
            return connection.execute(query).scalars().first()

    def keep_root_message(self, message: RootMessage) -> None:
        """Note where a bug's message stands; a later one takes its place."""
        place = {"channel": message.channel, "ts": message.ts}
        statement = insert_into(self.engine, MESSAGES).values(bug=message.bug, **place)
        with self.engine.begin() as connection:
            connection.execute(
                statement.on_conflict_do_update(index_elements=[MESSAGES.c.bug], set_=place)
            )

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    def _change_pending(self, request: str, **values: str) -> None:
        waits = OUTBOX.c.state == EntryState.PENDING.value
        statement = update(OUTBOX).where(OUTBOX.c.request == request, waits).values(**values)
        with self.engine.begin() as connection:
            connection.execute(statement)

    def _insert_once(self, table: Table, **values: str) -> bool:
        statement = insert_into(self.engine, table).values(**values).on_conflict_do_nothing()
        with self.engine.begin() as connection:
            return connection.execute(statement).rowcount == 1


def sqlite_url(file: Path) -> str:
    """Return the address of a ledger in a file."""
    return f"sqlite:///{file}"


def open_ledger(url: str) -> Ledger:
    """Open a ledger, made when it is not there yet; raises LedgerError."""
    return Ledger(engine=open_engine(url))


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


def _to_text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
