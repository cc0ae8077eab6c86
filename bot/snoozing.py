"""Read `/bug snooze 42 2h waiting for the vendor`: a span from now on, and why; pure."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.command_line import CommandLine
from tracker.model.duration import parse_duration

_SPAN: Final = re.compile(r"(?:for\s+)?(?P<span>[0-9]{1,4}[smhd])(?!\S)\s*", re.IGNORECASE)


def with_end(line: CommandLine, now: datetime) -> CommandLine:
    """The line with the moment at which a typed span is over; any other line as it is."""
    until = line.pairs.get("until", line.text)
    found = _SPAN.match(until)
    span = parse_duration(found["span"].lower()) if found and line.word == "snooze" else None
    if found is None or not isinstance(span, timedelta):
        return line
    pairs = {**line.pairs, "until": (now + span).isoformat(timespec="seconds")}
    why = until[found.end() :].strip()
    if why:
        pairs.setdefault("reason", why)
    return replace(line, text=line.text if "until" in line.pairs else "", pairs=pairs)
