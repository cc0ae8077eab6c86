"""Clocks: spans and targets, each a pure function of record, policy and now (workflow §1)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from tracker.model.documents import ResolutionKind
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.workflow.history import (
    first,
    production_deployment,
    reopened_at,
    severity_at,
    verified_at,
)


class ClockState(StrEnum):
    """How a target stands."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    BREACHED = "breached"
    MET = "met"
    MISSED = "missed"

    @property
    def words(self) -> str:
        """The state as people read it."""
        return self.value.replace("_", " ")


@dataclass(frozen=True, kw_only=True)
class Spans:
    """How long things took; ``None`` while they have not happened."""

    detect: timedelta | None
    """From the start of the trouble to the first notice of it."""
    acknowledge: timedelta | None
    """From the report to the triage."""
    identify: timedelta | None
    """From the report to the root cause."""
    mitigate: timedelta | None
    """From the report to the first mitigation, or to the verified fix when there was none."""
    resolve: timedelta | None
    """From the report to the verified fix."""
    downtime: timedelta | None
    """From the start of the trouble to the end of the incident."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """Something that is due."""

    name: str
    due: datetime
    done: datetime | None
    state: ClockState
    left: timedelta
    """Time left at ``now``, or at the moment it was done; negative when late."""


def spans(record: BugRecord) -> Spans:
    """The six spans of a record."""
    reported = record.reported.at
    started = record.impact.started
    resolved = verified_at(record)
    mitigated = first(record, "mitigate") or resolved
    ended = (
        (record.postmortem.ended if record.postmortem else None) or record.impact.ended or mitigated
    )
    cause = record.root_cause
    return Spans(
        detect=_between(started, record.impact.detected or reported),
        acknowledge=_between(reported, triaged_at(record)),
        identify=_between(reported, cause.identified_at if cause else None),
        mitigate=_between(reported, mitigated),
        resolve=_between(reported, resolved),
        downtime=_between(started or reported, ended),
    )


def targets(record: BugRecord, policy: Policy, now: datetime) -> tuple[Target, ...]:
    """What is due by the severity in force; a bug without severity has no targets.

    A new severity counts from the report as well; the fix of a bug that was opened again counts
    from then on.
    """
    if record.severity is None:
        return ()
    rule = policy.rule(record.severity)
    reported = record.reported.at
    found = [_target("Response", (reported, rule.respond_within), triaged_at(record), policy, now)]
    if rule.fix_within is not None:
        since = reopened_at(record) or reported
        found.append(_target("Fix", (since, rule.fix_within), settled_at(record), policy, now))
    return (*found, *_release_notes_target(record, policy, now))


def _release_notes_target(record: BugRecord, policy: Policy, now: datetime) -> tuple[Target, ...]:
    deployment = production_deployment(record)
    if deployment is None:
        return ()
    within = policy.rule(severity_at(record, deployment.at)).release_notes_within
    if within is None:
        return ()
    notes = record.release_notes
    done = notes.published[0].at if notes and notes.published else None
    return (_target("Release notes", (deployment.at, within), done, policy, now),)


def _target(
    name: str,
    within: tuple[datetime, timedelta],
    done: datetime | None,
    policy: Policy,
    now: datetime,
) -> Target:
    since, span = within
    due, present = _utc(since) + span, _utc(now)
    finished = _utc(done) if done is not None else None
    if finished is not None:
        state = ClockState.MET if finished <= due else ClockState.MISSED
    elif present > due:
        state = ClockState.BREACHED
    elif present - _utc(since) > policy.at_risk_from * span:
        state = ClockState.AT_RISK
    else:
        state = ClockState.ON_TRACK
    return Target(
        name=name,
        due=shifted(since, span),
        done=done,
        state=state,
        left=due - (finished or present),
    )


def shifted(since: datetime, span: timedelta) -> datetime:
    """A moment that many hours later, in the same zone, whatever the zone's clocks do between."""
    return (_utc(since) + span).astimezone(since.tzinfo)


def triaged_at(record: BugRecord) -> datetime | None:
    """When the bug got its first severity, also where that was noted down later."""
    changes = record.triage.changes if record.triage else ()
    return min((change.at for change in changes), default=None)


def settled_at(record: BugRecord) -> datetime | None:
    """When the fix target stops: verified, or closed for another reason than a fix."""
    resolution = record.resolution
    if resolution is not None and resolution.kind is not ResolutionKind.FIXED:
        return resolution.at
    return verified_at(record)


def _between(start: datetime | None, end: datetime | None) -> timedelta | None:
    if start is None or end is None:
        return None
    return max(_utc(end) - _utc(start), timedelta(0))


def _utc(moment: datetime) -> datetime:
    """The moment in UTC: Python reckons with wall clocks where two times share a zone."""
    return moment.astimezone(UTC)
