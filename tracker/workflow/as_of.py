"""A record as it stood at an earlier entry of its timeline."""

from datetime import datetime

from tracker.model.documents import Postmortem, ReleaseNotes
from tracker.model.fix import Fix
from tracker.model.record import BugRecord
from tracker.model.severity import Severity
from tracker.model.timeline import TimelineEntry
from tracker.workflow.history import lasting

HANDED_IN = ("submit-fix", "hotfix-implement")
"""Commands that hand in a fix for review."""


def as_of(record: BugRecord, position: int) -> BugRecord:
    """The record right after an entry, as far as its parts are dated; the rest is as it is now."""
    at = record.timeline[position].at
    timeline = record.timeline[: position + 1]
    steps = tuple(step for step in record.hotfix.steps if step.at <= at) if record.hotfix else ()
    return record.model_copy(
        update={
            "timeline": timeline,
            "severity": _severity(record, at),
            "fix": _fix(record.fix, timeline),
            "tests": tuple(run for run in record.tests if run.at is None or run.at <= at),
            "reviews": tuple(review for review in record.reviews if review.at <= at),
            "deployments": tuple(
                deployment.model_copy(update={"rolled_back_at": None})
                if deployment.rolled_back_at and deployment.rolled_back_at > at
                else deployment
                for deployment in record.deployments
                if deployment.at <= at
            ),
            "release_notes": _document(record.release_notes, at),
            "postmortem": _document(record.postmortem, at),
            "actions": tuple(
                item for item in record.actions if item.added_at is None or item.added_at <= at
            ),
            "waivers": tuple(waiver for waiver in record.waivers if waiver.at <= at),
            "hotfix": record.hotfix.model_copy(update={"steps": steps})
            if record.hotfix and steps
            else None,
        }
    )


def handed_in(timeline: tuple[TimelineEntry, ...]) -> TimelineEntry | None:
    """The entry that tells of the newest fix that was handed in."""
    entries = [entry for entry in lasting(timeline) if entry.action in HANDED_IN]
    return entries[-1] if entries else None


def _severity(record: BugRecord, at: datetime) -> Severity | None:
    """The severity that was known at a moment: none before the first was given."""
    changes = record.triage.changes if record.triage else ()
    if not changes:
        return record.severity
    given = [change.after for change in changes if change.at <= at]
    return given[-1] if given else changes[0].before


def _fix(fix: Fix | None, timeline: tuple[TimelineEntry, ...]) -> Fix | None:
    """The fix with the author and the time that the timeline names, which nobody can edit."""
    entry = handed_in(timeline)
    if fix is None or entry is None:
        return fix
    return fix.model_copy(update={"submitted_at": entry.at, "submitted_by": entry.by})


def _document(
    document: ReleaseNotes | Postmortem | None, at: datetime
) -> ReleaseNotes | Postmortem | None:
    if document is None:
        return None
    published = tuple(revision for revision in document.published if revision.at <= at)
    return document.model_copy(update={"published": published})
