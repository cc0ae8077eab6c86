"""Who waits to hear what became of an action, so that a restart leaves nobody without an answer."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, Executable, Row, delete, select, update

from tracker.store.ledger_engine import insert_into, noting, reading
from tracker.store.ledger_tables import ANSWERS


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

    def owing(self, answer: OwedAnswer) -> Executable:
        """What notes it, for a transaction that does more."""
        statement = insert_into(self.engine, ANSWERS).values(
            request=answer.request, user=answer.user, about=answer.about
        )
        return statement.on_conflict_do_nothing()

    def giving(self, request: str) -> Executable:
        """What notes that an answer was given, for a transaction that does more."""
        return delete(ANSWERS).where(ANSWERS.c.request == request)

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
            connection.execute(self.giving(request))

    def owed(self, limit: int) -> tuple[OwedAnswer, ...]:
        """Return so many of those who wait."""
        with reading(self.engine) as connection:
            rows = connection.execute(select(ANSWERS).order_by(ANSWERS.c.request).limit(limit))
            return tuple(_owed(row) for row in rows)


def _owed(row: Row[Any]) -> OwedAnswer:
    return OwedAnswer(request=row.request, user=row.user, about=row.about)
