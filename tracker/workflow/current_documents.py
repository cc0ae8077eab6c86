"""Publications that tell of the fix, and of the trouble, as they are now.

What was published of a fix that was rolled back, or before the bug was opened again, says nothing
of what came after it.
"""

from datetime import datetime

from tracker.model.documents import Publication
from tracker.model.moment import in_utc
from tracker.model.record import BugRecord
from tracker.workflow.as_of import HANDED_IN
from tracker.workflow.history import lasting, production_deployment, reopened_at


def current_notes(record: BugRecord) -> tuple[Publication, ...]:
    """Release notes since the fix was handed in that runs in production, else the newest one."""
    published = record.release_notes.published if record.release_notes else ()
    return _since(published, _handed_in_at(record)) if published else ()


def current_postmortem(record: BugRecord) -> tuple[Publication, ...]:
    """Post-mortems since the bug was opened again, where it was."""
    published = record.postmortem.published if record.postmortem else ()
    return _since(published, reopened_at(record)) if published else ()


def _since(published: tuple[Publication, ...], moment: datetime | None) -> tuple[Publication, ...]:
    return tuple(each for each in published if moment is None or each.at >= moment)


def _handed_in_at(record: BugRecord) -> datetime | None:
    live = production_deployment(record)
    found = [
        entry.at
        for entry in lasting(record.timeline)
        if entry.action in HANDED_IN and (live is None or entry.at <= live.at)
    ]
    return max(found, key=in_utc, default=None)
