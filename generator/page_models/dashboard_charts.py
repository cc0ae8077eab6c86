"""The charts of the dashboard: how many bugs of each kind, how old, how near their targets."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from generator.page_models.charts import BarChart, bar_chart
from generator.page_models.clock_dials import clock_badge
from generator.page_models.entry import Entry
from generator.page_models.inline import severity_badge, status_badge
from tracker.model.policy import Policy
from tracker.model.severity import Severity
from tracker.model.status import Status
from tracker.workflow.clocks import ClockState, Target

_MOST: Final = 12  # bars of a chart; the browse pages have all
_MONTHS: Final = 24
_AGES: Final = (
    (timedelta(days=1), "Less than a day"),
    (timedelta(days=7), "1 to 7 days"),
    (timedelta(days=30), "7 to 30 days"),
    (timedelta(days=90), "30 to 90 days"),
    (timedelta.max, "More than 90 days"),
)


def by_age(still_open: tuple[Entry, ...]) -> BarChart | None:
    """How long ago the open bugs were reported."""
    ages = Counter(
        next(words for most, words in _AGES if item.now - item.reported_at < most)
        for item in still_open
    )
    return bar_chart(
        "Open bugs by the time since their report",
        "Age",
        ((words, ages[words], "month") for _, words in _AGES),
    )


def by_clock(targets: Iterable[Target]) -> BarChart | None:
    """How the targets stand that are still to be met."""
    states = Counter(target.state for target in targets if target.done is None)
    shown = (ClockState.BREACHED, ClockState.AT_RISK, ClockState.ON_TRACK)
    return bar_chart(
        "Running targets by their state",
        "Target",
        ((clock_badge(state), states[state], state.value) for state in shown),
        unit="Targets",
    )


def by_severity(entries: tuple[Entry, ...], policy: Policy) -> BarChart | None:
    """Each severity, the worst first."""
    counts = Counter(item.severity for item in entries)
    levels: tuple[Severity | None, ...] = (*Severity, None)
    return bar_chart(
        "Bugs by severity",
        "Severity",
        (
            (severity_badge(level, policy), counts[level], level.value.lower() if level else "none")
            for level in levels
            if level is not None or counts[None]
        ),
    )


def by_status(entries: tuple[Entry, ...]) -> BarChart | None:
    """Each status, in the order of a life."""
    counts = Counter(item.status for item in entries)
    return bar_chart(
        "Bugs by status",
        "Status",
        ((status_badge(status), counts[status], "status") for status in Status if counts[status]),
    )


def by_month(entries: tuple[Entry, ...]) -> BarChart | None:
    """The newest months."""
    counts = Counter(item.month for item in entries)
    return bar_chart(
        "Bugs by the month of their report",
        "Month with bugs",
        ((month, counts[month], "month") for month in sorted(counts)[-_MONTHS:]),
    )


def by_category(entries: tuple[Entry, ...]) -> BarChart | None:
    """The most frequent categories."""
    counts = Counter(item.category for item in entries if item.category)
    return bar_chart(
        "Bugs by category",
        "Category",
        ((name, count, "category") for name, count in _most_first(counts)),
    )


def by_pattern(entries: tuple[Entry, ...]) -> BarChart | None:
    """The most frequent patterns."""
    counts = Counter(item.pattern for item in entries if item.pattern)
    return bar_chart(
        "Bugs by pattern",
        "Pattern",
        ((name, count, "pattern") for name, count in _most_first(counts)),
    )


def _most_first(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST]
