"""Who waits to hear what became of an action, so that a restart leaves nobody without an answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Executable, Row, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from tracker.store.ledger_engine import insert_into, noting, reading
from tracker.store.ledger_tables import ANSWERS, EVENTS
from tracker.store.seen_events import SeenEvents


@dataclass(frozen=True, kw_only=True)
class OwedAnswer:
    """A person, by their id in the chat, who is to hear what became of a request.

    `about` is what is to be known for it, as JSON; empty where nothing is.
    """

    request: str
    user: str
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class Answers:
    """The answers that are owed; each method is one transaction."""

    engine: Engine

    def owe(self, answer: OwedAnswer) -> None:
        """Note that somebody waits for an answer."""
        with noting(self.engine) as connection:
            connection.execute(self.owing(answer))

    def owing(self, answer: OwedAnswer) -> sqlite.Insert | postgresql.Insert:
        """What notes it, for a transaction that does more."""
        statement = insert_into(self.engine, ANSWERS).values(
            request=answer.request, user=answer.user, about=answer.about
        )
        return statement.on_conflict_do_nothing()

    def take_in(self, answer: OwedAnswer) -> bool:
        """Note that somebody waits; False where the same was asked before, answered or not."""
        is_new = self.owing(answer).returning(ANSWERS.c.request)
        with noting(self.engine) as connection:
            if connection.execute(is_new).first() is None:
                return False
            answered = select(EVENTS.c.key).where(EVENTS.c.key == answer.request)
            if connection.execute(answered).first() is None:  # read last: whoever answers, ends
                return True
            connection.execute(delete(ANSWERS).where(ANSWERS.c.request == answer.request))
            return False

    def settling(self, request: str, at: datetime) -> tuple[Executable, ...]:
        """What notes for good that it was answered, for a transaction that does more."""
        seen = SeenEvents(engine=self.engine).seeing(request, at)
        return delete(ANSWERS).where(ANSWERS.c.request == request), seen

    def settle(self, request: str, at: datetime) -> None:
        """Note that the answer was given, and that the same is not answered again."""
        with noting(self.engine) as connection:
            for statement in self.settling(request, at):
                connection.execute(statement)

    def explain(self, answer: OwedAnswer) -> bool:
        """Change what is to be known for an answer; False where it is owed no more."""
        owed = update(ANSWERS).where(ANSWERS.c.request == answer.request)
        changed = owed.values(about=answer.about).returning(ANSWERS.c.request)
        with noting(self.engine) as connection:
            return connection.execute(changed).first() is not None

    def owes(self, request: str) -> bool:
        """Whether somebody still waits for the answer to a request."""
        with reading(self.engine) as connection:
            query = select(ANSWERS.c.request).where(ANSWERS.c.request == request)
            return connection.execute(query).first() is not None

    def given(self, request: str) -> None:
        """Note that the answer was given."""
        with noting(self.engine) as connection:
            connection.execute(delete(ANSWERS).where(ANSWERS.c.request == request))

    def owed(self, limit: int) -> tuple[OwedAnswer, ...]:
        """Return so many of those who wait."""
        with reading(self.engine) as connection:
            rows = connection.execute(select(ANSWERS).order_by(ANSWERS.c.request).limit(limit))
            return tuple(_owed(row) for row in rows)


def _owed(row: Row[Any]) -> OwedAnswer:
    return OwedAnswer(request=row.request, user=row.user, about=row.about)
