"""The channel of an incident, as far as the record tells of it."""

import re
from typing import Final

from tracker.model.checklist import ChecklistItem
from tracker.model.record import BugRecord
from tracker.model.timeline import TimelineEntry
from tracker.workflow.history import lasting

_OPENED: Final = re.compile(r"Incident channel (#\S+) opened\.")
_BOX: Final = "incident channel"
"""What the box of a checklist says that this is about."""


def channel_opened(name: str) -> str:
    """The note that the channel was made, by which the record knows it."""
    return f"Incident channel #{name} opened."


def incident_channel(record: BugRecord) -> str | None:
    """The channel that was named with the incident or the assignment, or noted when it was made."""
    named = (record.hotfix and record.hotfix.channel) or (
        record.assignment and record.assignment.channel
    )
    noted = _note(record)
    found = _OPENED.fullmatch(noted.text) if noted else None
    return named or (found[1] if found else None)


def hotfix_checks(record: BugRecord) -> tuple[ChecklistItem, ...]:
    """The hotfix checklist as it stands: a channel that is there needs nobody to tick its box."""
    checks = record.hotfix.checklist if record.hotfix else ()
    if incident_channel(record) is None:
        return checks
    noted = _note(record)
    ticked = {"done": True, "by": noted and noted.by, "at": noted and noted.at}
    return tuple(
        item.model_copy(update=ticked) if _BOX in item.text.lower() and not item.done else item
        for item in checks
    )


def _note(record: BugRecord) -> TimelineEntry | None:
    notes = [
        entry
        for entry in lasting(record.timeline)
        if entry.action == "note" and entry.source and _OPENED.fullmatch(entry.text)
    ]
    return notes[-1] if notes else None
