"""The faults of a timeline: entries that are missing, in the future, out of order, or denied."""

from collections.abc import Iterator
from datetime import datetime

from tracker.model.explanation import Location
from tracker.model.moment import moment_in_words
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.workflow.as_of import HANDED_IN
from tracker.workflow.consistency import origin_faults, resolution_faults, severity_faults
from tracker.workflow.decision import Reason
from tracker.workflow.history import lasting
from tracker.workflow.moments import disorder, future_moments, told_otherwise
from tracker.workflow.replay import unexplained_status
from tracker.workflow.trail import Finding
from tracker.workflow.trail_faults import trail_faults

_Happening = tuple[Location, datetime | None, tuple[str, ...]]
_REVIEWED = ("approve", "hotfix-review", "request-changes")
_DEPLOYED = ("deploy", "hotfix-deploy")


def timeline_review(record: BugRecord, policy: Policy, now: datetime) -> tuple[Finding, ...]:
    """Everything that is wrong with the times and moves of one record, without its past."""
    return (
        *untold(record),
        *future_moments(record, now),
        *trail_faults(record),
        *disorder(record),
        *told_otherwise(record),
        *unexplained_status(record, policy, now),
        *origin_faults(record, policy),
        *severity_faults(record),
        *resolution_faults(record),
    )


def untold(record: BugRecord) -> Iterator[Finding]:
    """What the record holds and the timeline does not tell; a report by hand needs no entry."""
    told = {(entry.action, entry.at) for entry in lasting(record.timeline)}
    actions = {action for action, _ in told}
    for where, at, verbs in _happenings(record):
        known = any((verb, at) in told for verb in verbs) if at else not actions.isdisjoint(verbs)
        if not known:
            time = f" at {moment_in_words(at)}" if at else ""
            sentence = f"The timeline has no `{verbs[0]}`{time}: use that command, which tells it."
            yield Finding(reason=Reason(gate="missing-entry", sentence=sentence), where=where)


def _happenings(record: BugRecord) -> Iterator[_Happening]:
    """Where the record tells of something, when it happened if that is said, by which commands."""
    cause, fix = record.root_cause, record.fix
    if record.assignment is not None:
        yield ("assignment",), None, ("assign",)
    if cause is not None and cause.identified_at is not None:
        yield ("root_cause",), None, ("identify",)
    if fix is not None and fix.submitted_at is not None:
        yield ("fix",), None, HANDED_IN
    for index, change in enumerate(record.triage.changes if record.triage else ()):
        yield ("triage", "changes", index), change.at, ("triage",)
    for index, review in enumerate(record.reviews):
        yield ("reviews", index), review.at, _REVIEWED
    for index, step in enumerate(record.hotfix.steps if record.hotfix else ()):
        yield ("hotfix", "steps", index), step.at, (f"hotfix-{step.step}",)
    yield from _deployed(record)


def _deployed(record: BugRecord) -> Iterator[_Happening]:
    for index, deployment in enumerate(record.deployments):
        where = ("deployments", index)
        if deployment.stage == "production":
            yield where, deployment.at, _DEPLOYED
        if deployment.rolled_back_at is not None:
            yield (*where, "rolled_back_at"), deployment.rolled_back_at, ("roll-back",)
