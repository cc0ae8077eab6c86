"""Questions that the timeline answers."""

from datetime import datetime

from tracker.model.checklist import ChecklistItem
from tracker.model.deployment import Deployment
from tracker.model.record import BugRecord
from tracker.model.severity import Severity
from tracker.model.status import Phase
from tracker.model.timeline import TimelineEntry

QUOTE = "quote"
"""The command that puts a message into the timeline; an edited one replaces itself."""
UNDO = "undo"
"""The command that takes a move back."""


def last_move(record: BugRecord) -> TimelineEntry | None:
    """The newest entry that changed the state."""
    moves = [entry for entry in record.timeline if entry.to is not None]
    return max(moves, key=lambda entry: entry.at, default=None)


def lasting(timeline: tuple[TimelineEntry, ...]) -> tuple[TimelineEntry, ...]:
    """The entries without moves that were undone, and without what undid them."""
    gone = {key for entry in timeline for key in entry.undoes}
    if not gone:
        return timeline
    return tuple(
        entry
        for entry in timeline
        if entry.key not in gone and (not entry.undoes or entry.action == QUOTE)
    )


def first(record: BugRecord, action: str) -> datetime | None:
    """When an action first happened."""
    return min((entry.at for entry in _entries(record, action)), default=None)


def last(record: BugRecord, action: str) -> datetime | None:
    """When an action last happened."""
    return max((entry.at for entry in _entries(record, action)), default=None)


def first_since(record: BugRecord, action: str, since: datetime | None) -> datetime | None:
    """When an action first happened, from a moment on."""
    moments = (entry.at for entry in _entries(record, action))
    return min((at for at in moments if since is None or at >= since), default=None)


def reopened_at(record: BugRecord) -> datetime | None:
    """When the bug was last opened again."""
    return last(record, "reopen")


def verified_at(record: BugRecord) -> datetime | None:
    """When the fix was verified, unless the bug went back into work since."""
    verified = None
    for entry in lasting(record.timeline):
        if entry.action == "verify":
            verified = entry.at
        elif entry.to is not None and entry.to.phase is not Phase.POSTMORTEM:
            verified = None
    return verified


def severity_at(record: BugRecord, moment: datetime) -> Severity | None:
    """The severity in force at a moment; the first one given holds for the time before it."""
    if record.triage is None or not record.triage.changes:
        return record.severity
    severity = record.triage.changes[0].after
    for change in record.triage.changes:
        if change.at <= moment:
            severity = change.after
    return severity


def production_deployment(record: BugRecord) -> Deployment | None:
    """The newest deployment to production that was not rolled back."""
    live = [
        deployment
        for deployment in record.deployments
        if deployment.stage == "production" and deployment.rolled_back_at is None
    ]
    return max(live, key=lambda deployment: deployment.at, default=None)


def is_of_running_fix(record: BugRecord, at: datetime | None) -> bool:
    """Whether what was seen at a time was seen of the fix that runs in production now.

    What was seen before its deployment, or of one that was rolled back, tells nothing of it; nor
    does what was seen nobody knows when.
    """
    live = production_deployment(record)
    return live is not None and at is not None and at >= live.at


def standing_checks(
    record: BugRecord, items: tuple[ChecklistItem, ...]
) -> tuple[ChecklistItem, ...]:
    """Checks after the deployment as they stand: open again where another fix was looked at."""
    return tuple(
        item.model_copy(update={"done": item.done and is_of_running_fix(record, item.at)})
        for item in items
    )


def _entries(record: BugRecord, action: str) -> tuple[TimelineEntry, ...]:
    return tuple(entry for entry in lasting(record.timeline) if entry.action == action)
