"""Outlines of bugs as JSON in their rows, and back."""

import math
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from typing import Final

from pydantic import TypeAdapter

from tracker.store.index_queries import URGENCY
from tracker.workflow.outline import Outline

_OUTLINES: Final = TypeAdapter(Outline)


def outline_columns(outline: Outline) -> dict[str, str | int]:
    """The columns of a row that outlines are found and read by."""
    told = _OUTLINES.dump_json(outline, exclude_defaults=True).decode()
    return {"outline": told, "turned_at": math.floor(outline.turned_at.timestamp())}


def outlines(connection: sqlite3.Connection, since: datetime) -> Iterator[Outline]:
    """Every bug that is unfinished, the worst first, then those that turned since a moment.

    Unfinished is what is open or has an open action item; a bug turns when it is reported, verified
    or closed.
    """
    turned = "SELECT outline FROM bugs WHERE NOT unfinished AND turned_at >= ?"
    rows = chain(
        connection.execute(f"SELECT outline FROM bugs WHERE unfinished ORDER BY {URGENCY}"),
        connection.execute(f"{turned} ORDER BY prefix, number", (math.floor(since.timestamp()),)),
    )
    yield from (_OUTLINES.validate_json(told) for (told,) in rows)
