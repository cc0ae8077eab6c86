"""Points in time: as Python reckons with them rightly, and as people read them."""

from datetime import UTC, datetime


def in_utc(at: datetime) -> datetime:
    """The moment in UTC: Python reckons with wall clocks where two times share a zone."""
    return at.astimezone(UTC)


def moment_in_words(at: datetime) -> str:
    """A time in UTC, with its seconds where it has some: ``2026-03-02 14:00 UTC``."""
    shown = in_utc(at)
    seconds = f":{shown:%S}" if shown.second else ""
    return f"{shown:%Y-%m-%d %H:%M}{seconds} UTC"
