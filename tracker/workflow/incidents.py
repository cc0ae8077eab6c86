"""Incidents: one trouble that may show in several bugs (workflow §3)."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from string import Template

from tracker.model.deployment import HotfixStep
from tracker.model.documents import ResolutionKind
from tracker.model.person import Person
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.model.severity import Severity
from tracker.workflow.history import first, verified_at

_LONGEST = 80
"""Characters of a channel's name; docs.slack.dev/reference/methods/conversations.create."""
_SLUG = 40
_SEPARATORS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, kw_only=True)
class Incident:
    """What the records of an incident say of it together."""

    id: str
    bugs: tuple[str, ...]
    severity: Severity | None
    """The worst of its bugs."""
    commander: Person | None
    """Who leads the response, as the first declaration says."""
    channel: str | None
    declared: datetime | None
    started: datetime | None
    """When the first of its bugs began, or was reported."""
    mitigated: datetime | None
    """When the last of its bugs was mitigated or resolved; `None` while one is not."""
    closed: datetime | None
    """When the last of its bugs was closed; `None` while one is open."""


def incident_of(record: BugRecord) -> str | None:
    """The incident that a bug declared, or joined."""
    return record.hotfix.incident if record.hotfix else record.incident


def incidents(records: Iterable[BugRecord]) -> tuple[Incident, ...]:
    """Every incident with its bugs, the newest number first."""
    members: defaultdict[str, list[BugRecord]] = defaultdict(list)
    for record in records:
        if name := incident_of(record):
            members[name].append(record)
    return tuple(_incident(name, tuple(members[name])) for name in sorted(members, reverse=True))


def planned_channel(record: BugRecord, policy: Policy) -> str | None:
    """The channel of a bug's incident: the recorded one, or the name that the policy gives it."""
    if record.hotfix is not None and record.hotfix.channel is not None:
        return record.hotfix.channel
    template = policy.rule(record.severity).incident_channel if record.severity else None
    if template is None:
        return None
    incident = incident_of(record) or record.id
    names = {"bug": record.id.lower(), "incident": incident.lower(), "slug": slug(record.title)}
    return Template(template).safe_substitute(names)[:_LONGEST].rstrip("-_")


def slug(title: str) -> str:
    """A title as a part of a channel's or a branch's name: lower case, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = _SEPARATORS.sub("-", plain).strip("-")
    whole = words[:_SLUG] if len(words) <= _SLUG else words[: _SLUG + 1].rpartition("-")[0]
    return whole or words[:_SLUG] or "bug"


def _incident(name: str, records: tuple[BugRecord, ...]) -> Incident:
    declared = sorted(
        (step.at, record.id, record.hotfix)
        for record in records
        if record.hotfix is not None
        for step in record.hotfix.steps[:1]
        if step.step is HotfixStep.DECLARE
    )
    hotfix = declared[0][2] if declared else None
    return Incident(
        id=name,
        bugs=tuple(record.id for record in records),
        severity=min((record.severity for record in records if record.severity), default=None),
        commander=hotfix.commander if hotfix else None,
        channel=hotfix.channel if hotfix else None,
        declared=declared[0][0] if declared else None,
        started=min(record.impact.started or record.reported.at for record in records),
        mitigated=_last(_mitigated_at(record) for record in records),
        closed=_last(record.resolution.at if record.resolution else None for record in records),
    )


def _mitigated_at(record: BugRecord) -> datetime | None:
    resolution = record.resolution
    settled = resolution.at if resolution and resolution.kind is not ResolutionKind.FIXED else None
    return first(record, "mitigate") or verified_at(record) or settled


def _last(moments: Iterable[datetime | None]) -> datetime | None:
    """The latest of them, if none is missing."""
    found: list[datetime] = []
    for moment in moments:
        if moment is None:
            return None
        found.append(moment)
    return max(found, default=None)
