"""Points in time as people read them."""

from datetime import UTC, datetime


def moment_in_words(at: datetime) -> str:
    """A time in UTC, with its seconds where it has some: ``2026-03-02 14:00 UTC``."""
    shown = at.astimezone(UTC)
    seconds = f":{shown:%S}" if shown.second else ""
    return f"{shown:%Y-%m-%d %H:%M}{seconds} UTC"
