"""A record as it stood at an earlier entry of its timeline."""

from collections.abc import Callable, Container, Iterator
from datetime import datetime
from functools import partial
from typing import Protocol, TypeVar

from tracker.model.deployment import Deployment, Hotfix, Monitoring, StepTaken
from tracker.model.documents import DocumentKind, Postmortem, ReleaseNotes
from tracker.model.fix import Fix, Review, ReviewVerdict
from tracker.model.record import BugRecord
from tracker.model.severity import Severity
from tracker.model.timeline import TimelineEntry
from tracker.workflow.history import lasting
from tracker.workflow.telling import Telling, positions, was_written

Item = TypeVar("Item")
Document = TypeVar("Document", ReleaseNotes | None, Postmortem | None)
APPROVED = ("approve", "hotfix-review")
DEPLOYED = ("deploy", "hotfix-deploy")
WATCHED = ("monitor", "hotfix-monitor")
HANDED_IN = ("submit-fix", "hotfix-implement")
"""Commands that hand in a fix for review."""
_OTHERS = {
    ReleaseNotes: DocumentKind.POSTMORTEM.words,
    Postmortem: DocumentKind.RELEASE_NOTES.words,
}
"""How entries begin that tell of a publication of the other document."""


class _Dated(Protocol):
    @property
    def at(self) -> datetime: ...


def as_of(record: BugRecord, position: int) -> BugRecord:
    """The record right after an entry, as far as its parts are dated; the rest is as it is now."""
    written = partial(_written, record, position)
    runs = (run for run in record.tests if was_written(run, record.id, record.timeline, position))
    items = (
        item for item in record.actions if was_written(item, record.id, record.timeline, position)
    )
    return record.model_copy(
        update={
            "timeline": record.timeline[: position + 1],
            "severity": _severity(record, position),
            "fix": _fix(record.fix, record.timeline[: position + 1]),
            "tests": tuple(runs),
            "reviews": tuple(written(record.reviews, reviewed)),
            "deployments": _deployments(record, position),
            "monitoring": _monitoring(record, position),
            "release_notes": _document(record, record.release_notes, position),
            "postmortem": _document(record, record.postmortem, position),
            "actions": tuple(items),
            "waivers": tuple(written(record.waivers, _by("waive"))),
            "hotfix": _hotfix(record, position),
        }
    )


def handed_in(timeline: tuple[TimelineEntry, ...]) -> TimelineEntry | None:
    """The entry that tells of the newest fix that was handed in."""
    entries = [entry for entry in lasting(timeline) if entry.action in HANDED_IN]
    return entries[-1] if entries else None


def reviewed(review: Review) -> Telling:
    """The commands that tell of a review, and when."""
    approves = review.verdict is ReviewVerdict.APPROVED
    return APPROVED if approves else ("request-changes",), review.at


def deployed(deployment: Deployment) -> Telling:
    """The commands that tell of a deployment, and when."""
    return DEPLOYED, deployment.at


def rolled_back(deployment: Deployment) -> Telling:
    """The command that tells that a deployment was rolled back, and when."""
    return ("roll-back",), deployment.rolled_back_at


def stepped(step: StepTaken) -> Telling:
    """The command that tells of a step of the hotfix track, and when."""
    return (f"hotfix-{step.step}",), step.at


def _written(
    record: BugRecord,
    position: int,
    items: tuple[Item, ...],
    telling: Callable[[Item], Telling],
    silent: Container[int] = (),
) -> Iterator[Item]:
    """Items that were told by then; one that no entry tells counts from its time on."""
    now = record.timeline[position].at
    for item, told in positions(record.timeline, items, telling, silent):
        at = telling(item)[1]
        if (at is None or at <= now) if told is None else told <= position:
            yield item


def _by(*verbs: str) -> Callable[[_Dated], Telling]:
    return lambda item: (verbs, item.at)


def _severity(record: BugRecord, position: int) -> Severity | None:
    """The severity that was known at an entry: none before the first was given."""
    changes = record.triage.changes if record.triage else ()
    if not changes:
        return record.severity
    given = list(_written(record, position, changes, _by("triage")))
    return given[-1].after if given else changes[0].before


def _deployments(record: BugRecord, position: int) -> tuple[Deployment, ...]:
    """Those made by then, with the roll backs made by then."""
    gone = tuple(each for each in record.deployments if each.rolled_back_at)
    back = list(_written(record, position, gone, rolled_back))
    return tuple(
        each if each in back else each.model_copy(update={"rolled_back_at": None})
        for each in _written(record, position, record.deployments, deployed)
    )


def _monitoring(record: BugRecord, position: int) -> Monitoring:
    """What was watched by then; once something was, a later tick may stand for an earlier one."""
    watched = record.monitoring
    if any(entry.action in WATCHED for entry in record.timeline[: position + 1]):
        return watched
    now = record.timeline[position].at
    lists = {
        name: tuple(each for each in getattr(watched, name) if each.at is None or each.at <= now)
        for name in Monitoring.model_fields
    }
    return watched.model_copy(update=lists)


def _hotfix(record: BugRecord, position: int) -> Hotfix | None:
    if record.hotfix is None:
        return None
    steps = tuple(_written(record, position, record.hotfix.steps, stepped))
    return record.hotfix.model_copy(update={"steps": steps}) if steps else None


def _fix(fix: Fix | None, timeline: tuple[TimelineEntry, ...]) -> Fix | None:
    """The fix with the author and the time that the timeline names, which nobody can edit."""
    entry = handed_in(timeline)
    if fix is None or entry is None:
        return fix
    return fix.model_copy(update={"submitted_at": entry.at, "submitted_by": entry.by})


def _document(record: BugRecord, document: Document, position: int) -> Document:
    if document is None:
        return None
    others = _OTHERS[type(document)]
    silent = {
        place
        for place, entry in enumerate(record.timeline)
        if entry.action == "publish" and entry.text.lower().startswith(others)
    }
    published = tuple(_written(record, position, document.published, _by("publish"), silent))
    return document.model_copy(update={"published": published})
