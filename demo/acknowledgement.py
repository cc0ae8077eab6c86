"""Find in the traffic of the stand-in whether, and how fast, the bot acknowledged something."""

from collections.abc import Mapping, Sequence
from typing import Any

from demo.participant import ACK_SECONDS, NotAcknowledgedError

MILLISECONDS = 1000
SENT = {"slash_commands", "interactive"}

Events = Sequence[Mapping[str, Any]]


def seconds_to_acknowledge(events: Events, what: str) -> float | None:
    """How long the bot took, or None while it has not answered.

    Raises:
        NotAcknowledgedError: it could not be reached, answered with an error, or took over 3 s.
    """
    sent = None
    for event in events:
        entry = event.get("entry", {})
        if sent is None and entry.get("direction") == "to_bot" and entry["kind"] in SENT:
            sent = entry
        elif entry.get("direction") == "internal" and entry["kind"] in SENT | {"socket"}:
            raise NotAcknowledgedError(what, entry["summary"])
        elif sent is not None and _is_answer(entry):
            return _judged(entry, (entry["time"] - sent["time"]) / MILLISECONDS, what)
    return None


def effect_of_submission(events: Events) -> Mapping[str, Any] | None:
    """The first change of the modals after the acknowledgement: what came before is not its."""
    acknowledged = False
    for event in events:
        acknowledged = acknowledged or _is_answer(event.get("entry", {}))
        if acknowledged and event["t"] in {"view", "view_errors"}:
            return event
    return None


def _is_answer(entry: Mapping[str, Any]) -> bool:
    if entry.get("direction") != "from_bot":
        return False
    return entry["kind"] == "ack" or (entry["kind"] in SENT and entry["summary"][:5] == "HTTP ")


def _judged(entry: Mapping[str, Any], seconds: float, what: str) -> float:
    if entry["kind"] != "ack" and entry["summary"] != "HTTP 200":
        raise NotAcknowledgedError(what, entry["summary"])
    if seconds > ACK_SECONDS:
        raise NotAcknowledgedError(what, f"it took {seconds:.1f} s")
    return seconds
