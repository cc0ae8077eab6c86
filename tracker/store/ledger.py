"""What must outlive a killed process and is not in git: accepted actions, sent notices, cursors.

SQLite in the data directory unless another database is named; plain values in and out.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Engine, delete, select

from tracker.store.deliveries import Deliveries
from tracker.store.errands import Errands
from tracker.store.leases import ALIVE, LEADER, Leases
from tracker.store.ledger_answers import Answers
from tracker.store.ledger_engine import (
    insert_into,
    noting,
    open_engine,
    reading,
    to_text,
    writing,
)
from tracker.store.ledger_tables import CURSORS, DRAFTS, EVENTS, LEASES, MESSAGES, OUTBOX
from tracker.store.ledger_trouble import LedgerError
from tracker.store.outbox import EntryState, Outbox
from tracker.store.quotes import Files, Quotes
from tracker.store.rooms import Homes, Rooms
from tracker.store.seen_events import SeenEvents

_REPOSITORY: Final = "repository"


@dataclass(frozen=True, kw_only=True)
class RootMessage:
    """The one message of a bug that is edited in place: a Slack channel and time stamp."""

    bug: str
    channel: str
    ts: str


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """The ledger's questions and answers; each method is one transaction and raises LedgerError."""

    engine: Engine

    @property
    def shared(self) -> bool:
        """Whether replicas on other machines use the same one."""
        return self.engine.dialect.name != "sqlite"

    @property
    def outbox(self) -> Outbox:
        """Return the accepted actions."""
        return Outbox(engine=self.engine)

    @property
    def answers(self) -> Answers:
        """Return who waits to hear what became of their action."""
        return Answers(engine=self.engine)

    @property
    def events(self) -> SeenEvents:
        """Return what Slack delivered and was dealt with."""
        return SeenEvents(engine=self.engine)

    @property
    def deliveries(self) -> Deliveries:
        """Return the messages that are sent once."""
        return Deliveries(engine=self.engine)

    @property
    def errands(self) -> Errands:
        """Return the side effects that are tried until they are done."""
        return Errands(engine=self.engine)

    @property
    def rooms(self) -> Rooms:
        """Return the channels of incidents."""
        return Rooms(engine=self.engine)

    @property
    def quotes(self) -> Quotes:
        """Return the messages that stand in a timeline."""
        return Quotes(engine=self.engine)

    @property
    def files(self) -> Files:
        """Return the files on their way into the repository."""
        return Files(engine=self.engine)

    @property
    def homes(self) -> Homes:
        """Return who looks at the home page."""
        return Homes(engine=self.engine)

    @property
    def leases(self) -> Leases:
        """Return the rights that one process at a time has."""
        return Leases(engine=self.engine)

    def cursor(self, name: str) -> str | None:
        """Return the last commit that a projection has seen."""
        with reading(self.engine) as connection:
            query = select(CURSORS.c.commit).where(CURSORS.c.name == name)
            return connection.execute(query).scalar_one_or_none()

    def move_cursor(self, name: str, commit: str) -> None:
        """Note the last commit that a projection has seen."""
        statement = insert_into(self.engine, CURSORS).values(name=name, commit=commit)
        with noting(self.engine) as connection:
            connection.execute(
                statement.on_conflict_do_update(
                    index_elements=[CURSORS.c.name], set_={"commit": commit}
                )
            )

    def root_message(self, bug: str) -> RootMessage | None:
        """Return where a bug's message stands."""
        with reading(self.engine) as connection:
            row = connection.execute(select(MESSAGES).where(MESSAGES.c.bug == bug)).first()
        return None if row is None else RootMessage(bug=row.bug, channel=row.channel, ts=row.ts)

    def bug_of_message(self, channel: str, ts: str) -> str | None:
        """Return the bug whose message stands there, as for a command in its thread."""
        query = select(MESSAGES.c.bug).where(MESSAGES.c.channel == channel, MESSAGES.c.ts == ts)
        with reading(self.engine) as connection:
            return connection.execute(query).scalars().first()

    def keep_root_message(self, message: RootMessage) -> None:
        """Note where a bug's message stands; a later one takes its place."""
        place = {"channel": message.channel, "ts": message.ts}
        statement = insert_into(self.engine, MESSAGES).values(bug=message.bug, **place)
        with writing(self.engine) as connection:
            connection.execute(
                statement.on_conflict_do_update(index_elements=[MESSAGES.c.bug], set_=place)
            )

    def keep_draft(self, key: str, value: str, at: datetime) -> None:
        """Keep what a person typed and has not brought through; it takes the place of another."""
        told = {"value": value, "at": to_text(at)}
        statement = insert_into(self.engine, DRAFTS).values(key=key, **told)
        with writing(self.engine) as connection:
            connection.execute(
                statement.on_conflict_do_update(index_elements=[DRAFTS.c.key], set_=told)
            )

    def draft(self, key: str) -> str | None:
        """Return a draft and keep it: a form that is opened again may be closed again."""
        with reading(self.engine) as connection:
            query = select(DRAFTS.c.value).where(DRAFTS.c.key == key)
            return connection.execute(query).scalar_one_or_none()

    def take_draft(self, key: str) -> str | None:
        """Return a draft and forget it; exactly one caller gets it."""
        statement = delete(DRAFTS).where(DRAFTS.c.key == key).returning(DRAFTS.c.value)
        with writing(self.engine) as connection:
            return connection.execute(statement).scalar()

    def forget(self, before: datetime) -> None:
        """Drop events, drafts and settled actions from before a time.

        Git knows settled actions for ever; notices stay, since they may be due again after years.
        """
        self.files.forget(before)
        limit = to_text(before)
        with writing(self.engine) as connection:
            connection.execute(delete(EVENTS).where(EVENTS.c.at < limit))
            connection.execute(delete(DRAFTS).where(DRAFTS.c.at < limit))
            connection.execute(
                delete(LEASES).where(
                    LEASES.c.name.startswith(ALIVE), LEASES.c.until < before.timestamp()
                )
            )
            connection.execute(
                delete(OUTBOX).where(
                    OUTBOX.c.state != EntryState.PENDING.value, OUTBOX.c.taken_in < limit
                )
            )

    def belong_to(self, repository: str) -> None:
        """Note whose ledger this is; raises LedgerError while it is at work for another repository.

        A ledger that nobody uses and in which nothing waits may change over, as after a move.
        """
        known = self.cursor(_REPOSITORY)
        if known not in {None, repository} and (
            self.outbox.backlog().number or self.leases.holder(LEADER)
        ):
            message = (
                f"The ledger belongs to the repository {known}, and this is {repository}; give each"
                " a database of its own. If it has moved, stop all bots once nothing waits."
            )
            raise LedgerError(message)
        self.move_cursor(_REPOSITORY, repository)

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def sqlite_url(file: Path) -> str:
    """Return the address of a ledger in a file."""
    return f"sqlite:///{file}"


def open_ledger(url: str) -> Ledger:
    """Open a ledger, made when it is not there yet; raises LedgerError."""
    return Ledger(engine=open_engine(url))
