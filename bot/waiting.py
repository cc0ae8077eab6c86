"""What is saved and not yet in the shared repository, for whoever asks about it."""

import json
from collections.abc import Iterator
from typing import Any, Final

from bot.blocks.text import one_line
from tracker.assembly import OutboxEntry, Tracker

_MOST: Final = 200  # actions that one look takes
_TITLES: Final = 3


def waiting_for(tracker: Tracker, bug: str) -> str:
    """Say which actions on a bug wait, and why; empty where none does."""
    found = [each for each in _waiting(tracker) if each[1]["bug"] == bug]
    if not found:
        return ""
    verbs = ", ".join(f"`{said['verb']}`" for _, said in found)
    reason = next((entry.result for entry, _ in found if entry.result), "")
    again = "You need not type it again: it is tried by itself, and whoever did it is told."
    return f"Saved for {bug}, not yet shared: {verbs}. {reason} {again}".replace("  ", " ")


def waiting_reports(tracker: Tracker) -> str:
    """Say which reports wait for their number, and what to do; empty where none does."""
    titles = [
        f"“{one_line(str(said['fields'].get('title', '')), 80)}”"
        for _, said in _waiting(tracker)
        if said["verb"] == "report"
    ]
    if not titles:
        return ""
    named = ", ".join(titles[:_TITLES]) + (" and others" if len(titles) > _TITLES else "")
    return (
        f"Saved and not yet shared, so without a number: {named}. Whoever reported it is told its"
        " number as soon as there is one: type this again then."
    )


def _waiting(tracker: Tracker) -> Iterator[tuple[OutboxEntry, dict[str, Any]]]:
    for entry in tracker.ledger.outbox.pending(_MOST):
        yield entry, json.loads(entry.action)
