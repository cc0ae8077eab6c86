"""What is saved and not yet in the shared repository, for whoever asks about it."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from bot.blocks.text import one_line
from tracker.assembly import OutboxEntry, Tracker
from tracker.model.person import Person

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
    named = _titles(said for _, said in _waiting(tracker))
    if not named:
        return ""
    return (
        f"Saved and not yet shared, so without a number: {named}. Whoever reported it is told its"
        " number as soon as there is one: type this again then."
    )


def waiting_reports_of(tracker: Tracker, person: Person) -> str:
    """Say which reports of a person wait for their number; empty where none does."""
    mine = [said for entry, said in _waiting(tracker) if _is_by(entry, person)]
    named = _titles(mine)
    if not named:
        return ""
    return (
        f"Nothing is recorded yet: what you reported last, {named}, is saved and has no number yet."
        " If you mean it, type this again once you are told its number. Otherwise, which bug do you"
        " mean?"
    )


def _titles(actions: Iterable[dict[str, Any]]) -> str:
    """The titles of the reports among actions."""
    titles = [
        f"“{one_line(str(said['fields'].get('title', '')), 80)}”"
        for said in actions
        if said["verb"] == "report"
    ]
    return ", ".join(titles[:_TITLES]) + (" and others" if len(titles) > _TITLES else "")


def _is_by(entry: OutboxEntry, person: Person) -> bool:
    return str(json.loads(entry.actor).get("email", "")).lower() == person.email.lower()


def _waiting(tracker: Tracker) -> Iterator[tuple[OutboxEntry, dict[str, Any]]]:
    for entry in tracker.ledger.outbox.pending(_MOST):
        yield entry, json.loads(entry.action)
