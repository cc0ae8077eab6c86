"""Who waits to hear what became of an action, so that a restart leaves nobody without an answer."""

from dataclasses import dataclass

from sqlalchemy import Engine, delete, select

from tracker.store.ledger_engine import insert_into, reading, writing
from tracker.store.ledger_tables import ANSWERS


@dataclass(frozen=True, kw_only=True)
class OwedAnswer:
    """A person, by their id in the chat, who is to hear what became of a request."""

    request: str
    user: str


@dataclass(frozen=True, kw_only=True)
class Answers:
    """The answers that are owed; each method is one transaction."""

    engine: Engine

    def owe(self, answer: OwedAnswer) -> None:
        """Note that somebody waits for an answer."""
        statement = insert_into(self.engine, ANSWERS).values(
            request=answer.request, user=answer.user
        )
        with writing(self.engine) as connection:
            connection.execute(statement.on_conflict_do_nothing())

    def owes(self, request: str) -> bool:
        """Whether somebody still waits for the answer to a request."""
        with reading(self.engine) as connection:
            query = select(ANSWERS.c.request).where(ANSWERS.c.request == request)
            return connection.execute(query).first() is not None

    def given(self, request: str) -> None:
        """Note that the answer was given."""
        with writing(self.engine) as connection:
            connection.execute(delete(ANSWERS).where(ANSWERS.c.request == request))

    def owed(self, limit: int) -> tuple[OwedAnswer, ...]:
        """Return so many of those who wait."""
        with reading(self.engine) as connection:
            rows = connection.execute(select(ANSWERS).order_by(ANSWERS.c.request).limit(limit))
            return tuple(OwedAnswer(request=row.request, user=row.user) for row in rows)
