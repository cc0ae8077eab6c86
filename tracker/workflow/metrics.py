"""Metrics of many bugs: counts, medians and shares, each with its definition and its sources."""

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from typing import Final

from tracker.model.severity import Severity
from tracker.workflow.counted import Countable, Counted
from tracker.workflow.measures import MEASURES, Measure, Unit

__all__ = ["NO_SEVERITY", "Kind", "Metric", "Slice", "Unit", "months", "slices"]

NO_SEVERITY: Final = "none"


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
    made_from: int
    """How many rows it was made from, named or not."""
    rows: tuple[str, ...] = ()
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


def slices(counted: Iterable[Counted[Countable]], *, sources: bool = True) -> tuple[Slice, ...]:
    """The numbers of all bugs, of each severity and of each month.

    Each bug is looked at once and let go of; without `sources` the rows are not named, so that the
    numbers of very many bugs take little memory.
    """
    every = _tallies(sources=sources)
    severities: dict[Severity | None, list[_Tally]] = {}
    by_month: dict[str, list[_Tally]] = {}
    for each in counted:
        places = (
            every,
            severities.get(each.bug.severity)
            or severities.setdefault(each.bug.severity, _tallies(sources=sources)),
            by_month.get(each.month) or by_month.setdefault(each.month, _tallies(sources=sources)),
        )
        _count(each, places)
    return (
        _slice(Kind.ALL, "all", every),
        *(
            _slice(Kind.SEVERITY, level or NO_SEVERITY, severities[level])
            for level in (*Severity, None)
            if level in severities
        ),
        *_months(by_month),
    )


def months(counted: Iterable[Counted[Countable]]) -> tuple[Slice, ...]:
    """The numbers of each month, the oldest first."""
    by_month: dict[str, list[_Tally]] = {}
    for each in counted:
        _count(each, (by_month.get(each.month) or by_month.setdefault(each.month, _tallies()),))
    return _months(by_month)


def _months(by_month: Mapping[str, list["_Tally"]]) -> tuple[Slice, ...]:
    return tuple(_slice(Kind.MONTH, month, by_month[month]) for month in sorted(by_month))


class _Tally:
    """What was read for one metric so far."""

    def __init__(self, measure: Measure, *, sources: bool) -> None:
        self.measure = measure
        self.values = array("d")
        self.rows: list[str] | None = [] if sources else None

    def add(self, row: str, value: float) -> None:
        self.values.append(value)
        if self.rows is not None:
            self.rows.append(row)

    def metric(self) -> Metric:
        rows, unit = self.rows or [], self.measure.unit
        hits = (row for row, value in zip(rows, self.values, strict=False) if value)
        return Metric(
            name=self.measure.name,
            definition=self.measure.definition,
            unit=unit,
            value=self._value(),
            made_from=len(self.values),
            rows=tuple(rows),
            hits=tuple(hits) if unit is Unit.SHARE else (),
        )

    def _value(self) -> float | None:
        if self.measure.unit is Unit.BUGS:
            return len(self.values)
        if not self.values:
            return None
        is_share = self.measure.unit is Unit.SHARE
        return sum(self.values) / len(self.values) if is_share else median(self.values)


def _tallies(*, sources: bool = True) -> list[_Tally]:
    return [_Tally(measure, sources=sources) for measure in MEASURES]


def _count(each: Counted[Countable], places: Iterable[list[_Tally]]) -> None:
    for number, measure in enumerate(MEASURES):
        for row, value in measure.read(each):
            for tallies in places:
                tallies[number].add(row, value)


def _slice(kind: Kind, name: str, tallies: list[_Tally]) -> Slice:
    return Slice(kind=kind, name=name, metrics=tuple(tally.metric() for tally in tallies))
