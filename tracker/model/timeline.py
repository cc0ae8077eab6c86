"""What happened, when, by whom: the part of a record that only grows."""

import hashlib
from datetime import datetime

from tracker.model.part import Key, Line, Moment, Part, Prose
from tracker.model.person import Person
from tracker.model.status import Status


class TimelineEntry(Part):
    """One thing that happened."""

    key: Key
    """Keeps this entry apart from others through merges."""
    at: Moment
    """When it happened, not when it was written down."""
    by: Person
    """Who did or noted it."""
    action: Line
    """The command that made the entry: `note`, `triage`, `deploy`…"""
    to: Status | None = None
    """The state it led to, when it was a move."""
    text: Prose
    """What happened, in a sentence."""
    source: Line | None = None
    """Where it was said: the permalink of a message, or another address."""
    undoes: tuple[Key, ...] = ()
    """The moves that it takes back, by their keys."""


def item_key(*parts: object) -> str:
    """Six characters that depend on the item's content alone, so that replaying gives the same."""
    text = "\x1f".join(
        part.isoformat() if isinstance(part, datetime) else str(part) for part in parts
    )
    number = int.from_bytes(hashlib.blake2s(text.encode()).digest()[:5], "big")
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    key = ""
    for _ in range(6):
        number, rest = divmod(number, 36)
        key += digits[rest]
    return key


def in_order(timeline: tuple[TimelineEntry, ...]) -> tuple[TimelineEntry, ...]:
    """By the time things happened; what happened at one time stays in the order of writing."""
    return tuple(sorted(timeline, key=lambda entry: entry.at))
