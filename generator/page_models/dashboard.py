"""How things stand: what is open and late, how long things take, what is still to be written."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, timedelta
from statistics import median

from generator.page_models.blocks import Table, table
from generator.page_models.cards import Figure, Figures
from generator.page_models.charts import BarChart, bar_chart
from generator.page_models.clock_dials import clock_badge, left_words
from generator.page_models.document_state import DocumentState, document_states
from generator.page_models.dossier import Dossier
from generator.page_models.empty import NO_BUGS
from generator.page_models.inline import (
    Badge,
    PageLink,
    Value,
    bug_link,
    joined,
    severity_badge,
    status_badge,
)
from generator.page_models.next_step import next_words
from generator.page_models.page import Page, present, section
from generator.page_paths import DASHBOARD, bug_page
from tracker.model.documents import ActionItem
from tracker.model.duration import in_words
from tracker.model.policy import Policy
from tracker.model.severity import Severity
from tracker.model.status import Status
from tracker.workflow.clocks import ClockState, Target, spans, targets


def dashboard_page(dossiers: tuple[Dossier, ...], policy: Policy) -> Page:
    """The whole dashboard, computed from the records alone."""
    still_open = tuple(item for item in dossiers if item.record.status.is_open)
    return Page(
        path=DASHBOARD,
        kind="dashboard",
        title="Dashboard",
        heading="Dashboard",
        sections=present(
            section("At a Glance", _figures(dossiers, still_open), None if dossiers else NO_BUGS),
            section("Open Bugs", _open_bugs(still_open)),
            section("Documents to Write", _documents(dossiers)),
            section("Action Items", _actions(dossiers)),
            section(
                "Numbers",
                section("By Severity", _by_severity(dossiers, policy)),
                section("By Status", _by_status(dossiers)),
                section("By Month", _by_month(dossiers)),
                section("By Category", _by_category(dossiers)),
                section("By Bug Pattern", _by_pattern(dossiers)),
            ),
        ),
        summary="Open bugs, targets, documents to write, action items and numbers",
    )


def _figures(dossiers: tuple[Dossier, ...], still_open: tuple[Dossier, ...]) -> Figures:
    grave = sum(item.record.severity in {Severity.P0, Severity.P1} for item in still_open)
    late = sum(target.state is ClockState.BREACHED for item in still_open for target in _due(item))
    measured = [spans(item.record) for item in dossiers]
    waiting = sum(item.done_at is None for dossier in dossiers for item in dossier.record.actions)
    return Figures(
        figures=(
            Figure(label="Open bugs", number=str(len(still_open)), note=f"of {len(dossiers)}"),
            Figure(label="Open P0 and P1", number=str(grave), state="bad" if grave else "good"),
            Figure(label="Targets breached", number=str(late), state="bad" if late else "good"),
            Figure(
                label="Median time to resolve",
                number=_median(span.resolve for span in measured),
            ),
            Figure(
                label="Median time to identify",
                number=_median(span.identify for span in measured),
            ),
            Figure(label="Open action items", number=str(waiting)),
        )
    )


def _due(dossier: Dossier) -> tuple[Target, ...]:
    return targets(dossier.record, dossier.policy, dossier.now)


def _median(measured: Iterable[timedelta | None]) -> str:
    known = [span.total_seconds() for span in measured if span is not None]
    return in_words(timedelta(seconds=median(known))) if known else "–"


def _open_bugs(still_open: tuple[Dossier, ...]) -> Table | None:
    worst_first = sorted(
        still_open,
        key=lambda item: (
            item.record.severity.rank if item.record.severity else len(Severity),
            item.record.reported.at,
        ),
    )
    return table(
        "Open bugs, worst first",
        ("Bug", "Title", "Severity", "Status", "Target", "Next step", "Assignee"),
        (_open_row(item) for item in worst_first),
    )


def _open_row(dossier: Dossier) -> tuple[Value, ...]:
    record = dossier.record
    running = [target for target in _due(dossier) if target.done is None]
    urgent = min(running, key=lambda target: target.left, default=None)
    return (
        bug_link(record.id),
        record.title,
        severity_badge(record.severity, dossier.policy),
        status_badge(record.status),
        (clock_badge(urgent.state), f" {urgent.name}: {left_words(urgent)}") if urgent else None,
        next_words(dossier),
        record.assignment.assignee if record.assignment else "Nobody yet",
    )


def _documents(dossiers: tuple[Dossier, ...]) -> Table | None:
    unfinished = {DocumentState.MISSING, DocumentState.DRAFT, DocumentState.IN_REVIEW}
    return table(
        "Documents that are missing or not published",
        ("Bug", "Document", "State"),
        (
            (
                bug_link(dossier.record.id),
                PageLink(
                    text=status.document.words, path=bug_page(dossier.record.id, status.document)
                ),
                status.badge,
            )
            for dossier in dossiers
            for status in document_states(dossier)
            if status.state in unfinished
        ),
    )


def _actions(dossiers: tuple[Dossier, ...]) -> Table | None:
    waiting = sorted(
        (
            (item.due is None, item.due, dossier, item)
            for dossier in dossiers
            for item in dossier.record.actions
            if item.done_at is None
        ),
        key=lambda entry: (entry[0], str(entry[1]), entry[2].record.id, entry[3].key),
    )
    return table(
        "Action items that are not done, the next due first",
        ("Due", "Action item", "Owner", "Horizon", "Bug"),
        (
            (
                _due_date(item, dossier),
                item.text,
                item.owner or "Nobody yet",
                item.horizon.words,
                bug_link(dossier.record.id),
            )
            for _, _, dossier, item in waiting
        ),
    )


def _due_date(item: ActionItem, dossier: Dossier) -> Value:
    if item.due is None:
        return "No due date"
    if item.due >= dossier.now.astimezone(UTC).date():
        return item.due
    overdue = Badge(family="clock", value="breached", words="Overdue")
    return joined((item.due, overdue), " ")


def _by_severity(dossiers: tuple[Dossier, ...], policy: Policy) -> BarChart | None:
    counts = Counter(item.record.severity for item in dossiers)
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


def _by_status(dossiers: tuple[Dossier, ...]) -> BarChart | None:
    counts = Counter(item.record.status for item in dossiers)
    return bar_chart(
        "Bugs by status",
        "Status",
        ((status_badge(status), counts[status], "status") for status in Status if counts[status]),
    )


def _by_month(dossiers: tuple[Dossier, ...]) -> BarChart | None:
    counts = Counter(f"{item.record.reported.at.astimezone(UTC):%Y-%m}" for item in dossiers)
    return bar_chart(
        "Bugs by the month of their report",
        "Month",
        ((month, counts[month], "month") for month in sorted(counts)),
    )


def _by_category(dossiers: tuple[Dossier, ...]) -> BarChart | None:
    counts = Counter(item.record.triage.category for item in dossiers if item.record.triage)
    return bar_chart(
        "Bugs by category",
        "Category",
        ((name, count, "category") for name, count in _most_first(counts)),
    )


def _by_pattern(dossiers: tuple[Dossier, ...]) -> BarChart | None:
    counts = Counter(
        item.record.triage.pattern
        for item in dossiers
        if item.record.triage and item.record.triage.pattern
    )
    return bar_chart(
        "Bugs by pattern",
        "Pattern",
        ((name, count, "pattern") for name, count in _most_first(counts)),
    )


def _most_first(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
