"""Spans of time as policies write them: ``15m``, ``4h``, ``7d``."""

import re
from datetime import timedelta

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
WRITTEN = re.compile(r"^(?P<count>[0-9]{1,6})(?P<unit>[smhd])$")


def parse_duration(written: object) -> object:
    """A span from ``15m``; anything that is not text is left for pydantic to judge."""
    if not isinstance(written, str):
        return written
    match = WRITTEN.match(written)
    if match is None:
        message = "Write a span of time as a number and s, m, h or d: `15m`, `4h`, `7d`."
        raise ValueError(message)
    return timedelta(**{_UNITS[match["unit"]]: int(match["count"])})


def write_duration(span: timedelta) -> str:
    """The shortest way to write a span: ``4h``, not ``240m``."""
    seconds = int(span.total_seconds())
    for unit, size in (("d", 86_400), ("h", 3_600), ("m", 60)):
        if seconds and seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


def in_words(span: timedelta) -> str:
    """A span as people say it, to the two largest units: ``3 h 15 min``, ``2 d 4 h``."""
    seconds = int(abs(span.total_seconds()))
    parts = [
        (seconds // 86_400, "d"),
        (seconds % 86_400 // 3_600, "h"),
        (seconds % 3_600 // 60, "min"),
    ]
    said = [f"{count} {unit}" for count, unit in parts if count]
    return " ".join(said[:2]) or f"{seconds} s"
