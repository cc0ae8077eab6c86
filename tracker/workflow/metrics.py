"""Metrics of many bugs: counts, medians and shares, each with its definition and its sources."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from statistics import median
from typing import Final

from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.model.severity import Severity
from tracker.model.status import Status
from tracker.workflow.clocks import ClockState, spans, targets
from tracker.workflow.history import lasting

NO_SEVERITY: Final = "none"
_SPANS: Final = {
    "detect": "the start of the trouble to the first notice of it",
    "acknowledge": "the report to the triage",
    "identify": "the report to the root cause",
    "mitigate": "the report to the first mitigation, or to the verified fix when there was none",
    "resolve": "the report to the verified fix",
}
_TARGETS: Final = ("Response", "Fix", "Release notes")
_DECIDED: Final = (ClockState.MET, ClockState.MISSED, ClockState.BREACHED)


class Unit(StrEnum):
    """What a number counts."""

    BUGS = "bugs"
    SECONDS = "seconds"
    SHARE = "share"


class Kind(StrEnum):
    """What the bugs of a slice have in common."""

    ALL = "all"
    SEVERITY = "severity"
    MONTH = "month"


@dataclass(frozen=True, kw_only=True)
class Metric:
    """One number; ``None`` where no row has what it is made from."""

    name: str
    definition: str
    unit: Unit
    value: float | None
    """Bugs, seconds, or a share from 0 to 1."""
    rows: tuple[str, ...]
    """What it was made from: ids of bugs, or of their parts as in `BUG-0042#actions/k3j9x2`."""
    hits: tuple[str, ...] = ()
    """Of a share, the rows that it counts."""


@dataclass(frozen=True, kw_only=True)
class Slice:
    """Bugs that are counted together, with their numbers."""

    kind: Kind
    name: str
    """A severity or `none`, a month as in `2026-03`, or `all`."""
    metrics: tuple[Metric, ...]


def metrics(
    records: Iterable[BugRecord], policy: Policy, now: datetime, *, since: date | None = None
) -> tuple[Slice, ...]:
    """The numbers of all bugs, of each severity and of each month of the report (UTC).

    `since` leaves out bugs that were reported before that day (UTC). Severities are the current
    ones, and targets are those of the policy as it is now.
    """
    counted = [record for record in records if since is None or _reported(record).date() >= since]
    slices = [Slice(kind=Kind.ALL, name="all", metrics=_numbers(counted, policy, now))]
    for name in (*Severity, None):
        bugs = [record for record in counted if record.severity is name]
        if bugs:
            numbers = _numbers(bugs, policy, now)
            slices.append(Slice(kind=Kind.SEVERITY, name=name or NO_SEVERITY, metrics=numbers))
    for month in sorted({_month(record) for record in counted}):
        numbers = _numbers([bug for bug in counted if _month(bug) == month], policy, now)
        slices.append(Slice(kind=Kind.MONTH, name=month, metrics=numbers))
    return tuple(slices)


def _numbers(bugs: list[BugRecord], policy: Policy, now: datetime) -> tuple[Metric, ...]:
    return (
        _count("reported", "Bugs that were reported.", bugs),
        _count(
            "open", "Of these, bugs that are not closed.", [b for b in bugs if b.status.is_open]
        ),
        *_medians(bugs),
        *_compliance(bugs, policy, now),
        _reopened(bugs),
        _rolled_back(bugs),
        _postmortems(bugs, policy),
        _actions(bugs),
    )


def _count(name: str, definition: str, bugs: list[BugRecord]) -> Metric:
    rows = tuple(bug.id for bug in bugs)
    return Metric(name=name, definition=definition, unit=Unit.BUGS, value=len(rows), rows=rows)


def _medians(bugs: list[BugRecord]) -> Iterator[Metric]:
    taken = {bug.id: spans(bug) for bug in bugs}
    for name, meaning in _SPANS.items():
        known: dict[str, timedelta] = {
            bug: span for bug, each in taken.items() if (span := getattr(each, name)) is not None
        }
        seconds = [span.total_seconds() for span in known.values()]
        yield Metric(
            name=f"time_to_{name}",
            definition=f"Median time from {meaning}, of the bugs where both are known.",
            unit=Unit.SECONDS,
            value=median(seconds) if seconds else None,
            rows=tuple(known),
        )


def _compliance(bugs: list[BugRecord], policy: Policy, now: datetime) -> Iterator[Metric]:
    states = [
        (bug.id, target.name, target.state) for bug in bugs for target in targets(bug, policy, now)
    ]
    for name in _TARGETS:
        yield _share(
            f"{name.lower().replace(' ', '_')}_target_met",
            f"Share of {name.lower()} targets that were met, of those that were met, were missed"
            " or are overdue.",
            {
                bug: state is ClockState.MET
                for bug, of, state in states
                if of == name and state in _DECIDED
            },
        )


def _reopened(bugs: list[BugRecord]) -> Metric:
    lives = {bug.id: lasting(bug.timeline) for bug in bugs}
    return _share(
        "reopen_rate",
        "Share of bugs that were opened again, of those that were closed at least once.",
        {
            bug: any(entry.action == "reopen" for entry in life)
            for bug, life in lives.items()
            if any(entry.to is Status.CLOSED or entry.action == "reopen" for entry in life)
        },
    )


def _rolled_back(bugs: list[BugRecord]) -> Metric:
    return _share(
        "roll_back_rate",
        "Share of deployments to production that were rolled back.",
        {
            f"{bug.id}#deployments/{index}": deployment.rolled_back_at is not None
            for bug in bugs
            for index, deployment in enumerate(bug.deployments)
            if deployment.stage == "production"
        },
    )


def _postmortems(bugs: list[BugRecord], policy: Policy) -> Metric:
    return _share(
        "postmortem_completion",
        "Share of bugs with a published post-mortem, of those that are verified or closed and whose"
        " severity asks for one.",
        {
            bug.id: bug.postmortem is not None and bool(bug.postmortem.published)
            for bug in bugs
            if bug.severity is not None
            and policy.rule(bug.severity).postmortem
            and bug.status in {Status.VERIFIED, Status.CLOSED}
        },
    )


def _actions(bugs: list[BugRecord]) -> Metric:
    return _share(
        "action_item_completion",
        "Share of action items that are done.",
        {
            f"{bug.id}#actions/{item.key}": item.done_at is not None
            for bug in bugs
            for item in bug.actions
        },
    )


def _share(name: str, definition: str, rows: dict[str, bool]) -> Metric:
    hits = tuple(row for row, counts in rows.items() if counts)
    return Metric(
        name=name,
        definition=definition,
        unit=Unit.SHARE,
        value=len(hits) / len(rows) if rows else None,
        rows=tuple(rows),
        hits=hits,
    )


def _reported(record: BugRecord) -> datetime:
    return record.reported.at.astimezone(UTC)


def _month(record: BugRecord) -> str:
    return f"{_reported(record):%Y-%m}"
