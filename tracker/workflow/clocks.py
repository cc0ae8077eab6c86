"""Clocks: spans and targets, each a pure function of record, policy and now (workflow §1)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from tracker.model.documents import ResolutionKind
from tracker.model.moment import in_utc
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.model.severity import Severity
from tracker.model.status import Phase
from tracker.workflow.current_documents import current_notes
from tracker.workflow.history import (
    first,
    lasting,
    production_deployment,
    reopened_at,
    severity_at,
    verified_at,
)
from tracker.workflow.target import (
    Clock,
    ClockState,
    Limits,
    Spans,
    Target,
    shifted,
    targets_of,
)

__all__ = [
    "ClockState",
    "Spans",
    "Target",
    "clocks_of",
    "earlier_fixes",
    "limits_of",
    "settled_at",
    "shifted",
    "spans",
    "targets",
    "targets_of",
    "triaged_at",
]


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
    return targets_of(clocks_of(record), limits_of(policy), now)


def clocks_of(record: BugRecord) -> Iterator[Clock]:
    """What a record has begun that a policy may give a target to."""
    severity, reported = record.severity, record.reported.at
    if severity is None:
        return
    yield Clock(name="Response", severity=severity, since=reported, done=triaged_at(record))
    since = reopened_at(record) or reported
    yield Clock(name="Fix", severity=severity, since=since, done=settled_at(record))
    deployment = production_deployment(record)
    if deployment is not None:
        published = current_notes(record)
        yield Clock(
            name="Release notes",
            severity=severity_at(record, deployment.at) or Severity.P3,
            since=deployment.at,
            done=max(published[0].at, deployment.at, key=in_utc) if published else None,
        )


def earlier_fixes(record: BugRecord) -> Iterator[Clock]:
    """The clocks of the fixes that were verified before each reopening; numbers remember them."""
    since, verified = record.reported.at, None
    for entry in lasting(record.timeline):
        if entry.action == "verify":
            verified = entry.at
        elif entry.action == "reopen":
            severity = severity_at(record, verified or since)
            if verified is not None and severity is not None:
                yield Clock(name="Fix", severity=severity, since=since, done=verified)
            since, verified = entry.at, None
        elif entry.to is not None and entry.to.phase is not Phase.POSTMORTEM:
            verified = None


def limits_of(policy: Policy) -> Limits:
    """What the policy says of clocks."""
    return Limits(
        within={
            severity: {
                name: span
                for name, span in (
                    ("Response", rule.respond_within),
                    ("Fix", rule.fix_within),
                    ("Release notes", rule.release_notes_within),
                )
                if span is not None
            }
            for severity, rule in policy.severities.items()
        },
        at_risk_from=policy.at_risk_from,
        postmortem=frozenset(
            severity for severity, rule in policy.severities.items() if rule.postmortem
        ),
    )


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
    return max(in_utc(end) - in_utc(start), timedelta(0))
