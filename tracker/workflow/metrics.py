"""Metrics of many bugs: counts, medians and shares, each with its definition and its sources."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from statistics import median
from typing import Final

from tracker.model.severity import Severity
from tracker.workflow.counted import Countable, Counted
from tracker.workflow.target import ClockState

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


def slices(counted: Collection[Counted[Countable]]) -> tuple[Slice, ...]:
    """The numbers of all bugs, of each severity and of each month."""
    found = [Slice(kind=Kind.ALL, name="all", metrics=numbers(counted))]
    for severity in (*Severity, None):
        bugs = [each for each in counted if each.bug.severity is severity]
        if bugs:
            name = severity or NO_SEVERITY
            found.append(Slice(kind=Kind.SEVERITY, name=name, metrics=numbers(bugs)))
    return (*found, *months(counted))


def months(counted: Collection[Counted[Countable]]) -> tuple[Slice, ...]:
    """The numbers of each month, the oldest first."""
    by_month: dict[str, list[Counted[Countable]]] = {}
    for each in counted:
        by_month.setdefault(each.month, []).append(each)
    return tuple(
        Slice(kind=Kind.MONTH, name=month, metrics=numbers(by_month[month]))
        for month in sorted(by_month)
    )


def numbers(counted: Collection[Counted[Countable]]) -> tuple[Metric, ...]:
    """Every number of these bugs, in an order that is always the same."""
    still_open = [each for each in counted if each.bug.status.is_open]
    return (
        _count("reported", "Bugs that were reported.", counted),
        _count("open", "Of these, bugs that are not closed.", still_open),
        *_medians(counted),
        *_compliance(counted),
        _reopened(counted),
        _rolled_back(counted),
        _postmortems(counted),
        _actions(counted),
    )


def _count(name: str, definition: str, counted: Iterable[Counted[Countable]]) -> Metric:
    rows = tuple(each.bug.id for each in counted)
    return Metric(name=name, definition=definition, unit=Unit.BUGS, value=len(rows), rows=rows)


def _medians(counted: Iterable[Counted[Countable]]) -> Iterator[Metric]:
    for name, meaning in _SPANS.items():
        known: dict[str, timedelta] = {
            each.bug.id: span for each in counted if (span := getattr(each.spans, name)) is not None
        }
        seconds = [span.total_seconds() for span in known.values()]
        yield Metric(
            name=f"time_to_{name}",
            definition=f"Median time from {meaning}, of the bugs where both are known.",
            unit=Unit.SECONDS,
            value=median(seconds) if seconds else None,
            rows=tuple(known),
        )


def _compliance(counted: Iterable[Counted[Countable]]) -> Iterator[Metric]:
    for name in _TARGETS:
        yield _share(
            f"{name.lower().replace(' ', '_')}_target_met",
            f"Share of {name.lower()} targets that were met, of those that were met, were missed"
            " or are overdue.",
            {
                each.bug.id: state is ClockState.MET
                for each in counted
                for of, state in each.targets
                if of == name and state in _DECIDED
            },
        )


def _reopened(counted: Iterable[Counted[Countable]]) -> Metric:
    return _share(
        "reopen_rate",
        "Share of bugs that were opened again, of those that were closed at least once.",
        {each.bug.id: each.reopened for each in counted if each.reopened is not None},
    )


def _rolled_back(counted: Iterable[Counted[Countable]]) -> Metric:
    return _share(
        "roll_back_rate",
        "Share of deployments to production that were rolled back.",
        {
            f"{each.bug.id}#deployments/{index}": deployment.rolled_back_at is not None
            for each in counted
            for index, deployment in enumerate(each.bug.deployments)
            if deployment.stage == "production"
        },
    )


def _postmortems(counted: Iterable[Counted[Countable]]) -> Metric:
    return _share(
        "postmortem_completion",
        "Share of bugs with a published post-mortem, of those that are verified or closed and whose"
        " severity asks for one.",
        {
            each.bug.id: not each.lacks_postmortem
            for each in counted
            if each.lacks_postmortem is not None
        },
    )


def _actions(counted: Iterable[Counted[Countable]]) -> Metric:
    return _share(
        "action_item_completion",
        "Share of action items that are done.",
        {
            f"{each.bug.id}#actions/{item.key}": item.done_at is not None
            for each in counted
            for item in each.bug.actions
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
