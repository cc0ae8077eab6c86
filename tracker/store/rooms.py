"""Where things stand in Slack beside root messages: incident rooms, and people's home pages."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Row, select, update

from tracker.store.ledger_engine import insert_into, reading, to_text, writing
from tracker.store.ledger_tables import HOMES, ROOMS


@dataclass(frozen=True, kw_only=True)
class Room:
    """The channel of a bug's incident, its topic as it was set, and its card's time stamp."""

    bug: str
    channel: str
    name: str
    topic: str = ""
    card: str = ""
    archived: bool = False


@dataclass(frozen=True, kw_only=True)
class Rooms:
    """Incident rooms by bug and by channel; each method is one transaction."""

    engine: Engine

    def of_bug(self, bug: str) -> Room | None:
        """Return the room of a bug."""
        return self._first(ROOMS.c.bug == bug)

    def at(self, channel: str) -> Room | None:
        """Return the room that a channel is."""
        return self._first(ROOMS.c.channel == channel)

    def keep(self, room: Room) -> None:
        """Note a room as it is now."""
        values = {
            "channel": room.channel,
            "name": room.name,
            "topic": room.topic,
            "card": room.card,
            "archived": int(room.archived),
        }
        statement = insert_into(self.engine, ROOMS).values(bug=room.bug, **values)
        with writing(self.engine) as connection:
            connection.execute(
                statement.on_conflict_do_update(index_elements=[ROOMS.c.bug], set_=values)
            )

    def _first(self, condition: Any) -> Room | None:  # noqa: ANN401 - a condition on this table
        with reading(self.engine) as connection:
            row = connection.execute(select(ROOMS).where(condition)).first()
        return None if row is None else _room(row)


@dataclass(frozen=True, kw_only=True)
class Homes:
    """Who has opened the home page, and what it showed, as a digest."""

    engine: Engine

    def opened(self, user: str, at: datetime) -> None:
        """Note that somebody looks at the home page."""
        statement = insert_into(self.engine, HOMES).values(user=user, at=to_text(at), shown="")
        again = {"at": to_text(at), "shown": ""}
        with writing(self.engine) as connection:
            connection.execute(
                statement.on_conflict_do_update(index_elements=[HOMES.c.user], set_=again)
            )

    def since(self, at: datetime, limit: int) -> tuple[tuple[str, str], ...]:
        """Return who has looked since then, the newest first, each with what was shown."""
        query = (
            select(HOMES.c.user, HOMES.c.shown)
            .where(HOMES.c.at >= to_text(at))
            .order_by(HOMES.c.at.desc())
            .limit(limit)
        )
        with reading(self.engine) as connection:
            return tuple((row.user, row.shown) for row in connection.execute(query))

    def showed(self, user: str, digest: str) -> None:
        """Note what somebody's home page shows now."""
        with writing(self.engine) as connection:
            connection.execute(update(HOMES).where(HOMES.c.user == user).values(shown=digest))


def _room(row: Row[Any]) -> Room:
    return Room(
        bug=row.bug,
        channel=row.channel,
        name=row.name,
        topic=row.topic,
        card=row.card,
        archived=bool(row.archived),
    )
