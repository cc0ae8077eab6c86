"""Messages that stand in a timeline, and files on their way into the repository."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, delete, select

from tracker.store.ledger_engine import insert_into, reading, to_text, writing
from tracker.store.ledger_tables import FILES, QUOTES


@dataclass(frozen=True, kw_only=True)
class Quote:
    """Which bug's timeline a message is in, under which address."""

    bug: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Quotes:
    """Quoted messages by their channel and time stamp; each method is one transaction."""

    engine: Engine

    def at(self, channel: str, ts: str) -> Quote | None:
        """Return where a message is quoted."""
        query = select(QUOTES).where(QUOTES.c.channel == channel, QUOTES.c.ts == ts)
        with reading(self.engine) as connection:
            row = connection.execute(query).first()
        return None if row is None else Quote(bug=row.bug, source=row.source)

    def keep(self, channel: str, ts: str, quote: Quote) -> None:
        """Note where a message is quoted; another bug takes the place of the one before."""
        values = {"bug": quote.bug, "source": quote.source}
        statement = insert_into(self.engine, QUOTES).values(channel=channel, ts=ts, **values)
        with writing(self.engine) as connection:
            connection.execute(
                statement.on_conflict_do_update(
                    index_elements=[QUOTES.c.channel, QUOTES.c.ts], set_=values
                )
            )


@dataclass(frozen=True, kw_only=True)
class Files:
    """Contents of files by their digest, until they are committed."""

    engine: Engine

    def keep(self, content: bytes, at: datetime) -> str:
        """Keep a content durably and return its digest; the same content is kept once."""
        digest = hashlib.blake2s(content).hexdigest()
        statement = insert_into(self.engine, FILES).values(
            digest=digest, at=to_text(at), content=content
        )
        with writing(self.engine) as connection:
            connection.execute(
                statement.on_conflict_do_update(
                    index_elements=[FILES.c.digest], set_={"at": to_text(at)}
                )
            )
        return digest

    def read(self, digest: str) -> bytes | None:
        """Return a content; None when it was forgotten."""
        with reading(self.engine) as connection:
            found = connection.execute(
                select(FILES.c.content).where(FILES.c.digest == digest)
            ).scalar_one_or_none()
        return None if found is None else bytes(found)

    def forget(self, before: datetime) -> None:
        """Drop contents from before a time, which are committed or were refused by then."""
        with writing(self.engine) as connection:
            connection.execute(delete(FILES).where(FILES.c.at < to_text(before)))
