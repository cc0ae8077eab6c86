"""How things stand: what is open and late, how long things take, what is still to be written."""

from collections.abc import Iterable
from datetime import UTC, timedelta
from heapq import nlargest
from itertools import islice
from statistics import median
from typing import Final

from generator.page_models.blocks import Paragraph, Table, paragraph, table
from generator.page_models.bug_rows import newest_first
from generator.page_models.cards import Figure, Figures
from generator.page_models.clock_dials import clock_badge, left_words
from generator.page_models.dashboard_charts import (
    by_age,
    by_category,
    by_clock,
    by_month,
    by_pattern,
    by_severity,
    by_status,
)
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
from generator.page_paths import ACTION_ITEMS, BUG_LIST, DASHBOARD, Document, bug_page
from tracker.model.documents import ActionItem
from tracker.model.duration import in_words
from tracker.model.policy import Policy
from tracker.model.severity import Severity
from tracker.workflow.clocks import ClockState

_MOST: Final = 25  # rows of a table; the other pages have all
_RECENT: Final = 5


def dashboard_page(dossiers: tuple[Dossier, ...], policy: Policy) -> Page:
    """The whole dashboard, computed from the records alone."""
    still_open = tuple(item for item in dossiers if item.is_open)
    return Page(
        path=DASHBOARD,
        kind="dashboard",
        title="Dashboard",
        heading="Dashboard",
        sections=present(
            section("At a Glance", _figures(dossiers, still_open), None if dossiers else NO_BUGS),
            section("Open Bugs", _rest(len(still_open), BUG_LIST), _open_bugs(still_open)),
            section(
                "How They Stand",
                section("Open by Severity", by_severity(still_open, policy)),
                section("Ageing", by_age(still_open)),
                section("Clocks", by_clock(still_open)),
            ),
            section("Recent Post-Mortems", _postmortems(dossiers)),
            section("Documents to Write", _documents(dossiers)),
            section("Action Items", _rest(_waiting(dossiers), ACTION_ITEMS), _actions(dossiers)),
            section(
                "Numbers",
                section("By Severity", by_severity(dossiers, policy)),
                section("By Status", by_status(dossiers)),
                section("By Month", by_month(dossiers)),
                section("By Category", by_category(dossiers)),
                section("By Bug Pattern", by_pattern(dossiers)),
            ),
        ),
        summary="Open bugs, targets, documents to write, action items and numbers",
    )


def _figures(dossiers: tuple[Dossier, ...], still_open: tuple[Dossier, ...]) -> Figures:
    grave = sum(item.record.severity in {Severity.P0, Severity.P1} for item in still_open)
    late = sum(
        target.state is ClockState.BREACHED for item in still_open for target in item.targets
    )
    measured = [item.spans for item in dossiers]
    waiting = _waiting(dossiers)
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


def _waiting(dossiers: tuple[Dossier, ...]) -> int:
    return sum(item.done_at is None for dossier in dossiers for item in dossier.record.actions)


def _rest(count: int, path: str) -> Paragraph | None:
    """Where the others are, when a table has only the most urgent."""
    if count <= _MOST:
        return None
    return paragraph(
        (f"The {_MOST} most urgent; ", PageLink(text=f"all {count:,}", path=path), ".")
    )


def _postmortems(dossiers: tuple[Dossier, ...]) -> Table | None:
    """The post-mortems that were published last, each with its first lesson."""
    published = (
        (written.published[-1].at, item, written)
        for item in dossiers
        if (written := item.record.postmortem) is not None and written.published
    )
    newest = nlargest(_RECENT, published, key=lambda each: (each[0], each[1].record.id))
    return table(
        "Post-mortems that were published last",
        ("Published", "Post-mortem", "Severity", "First lesson"),
        (
            (
                at.astimezone(UTC).date(),
                PageLink(
                    text=f"{item.record.id} {item.record.title}",
                    path=bug_page(item.record.id, Document.POSTMORTEM),
                ),
                severity_badge(item.record.severity, item.policy),
                next(iter(written.lessons), None),
            )
            for at, item, written in newest
        ),
    )


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
        (_open_row(item) for item in worst_first[:_MOST]),
    )


def _open_row(dossier: Dossier) -> tuple[Value, ...]:
    record = dossier.record
    running = [target for target in dossier.targets if target.done is None]
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
    found = (
        (dossier.record.id, status)
        for dossier in newest_first(dossiers)
        for status in document_states(dossier)
        if status.state in unfinished
    )
    return table(
        "Documents that are missing or not published, of the newest bugs",
        ("Bug", "Document", "State"),
        (
            (
                bug_link(bug),
                PageLink(text=status.document.words, path=bug_page(bug, status.document)),
                status.badge,
            )
            for bug, status in islice(found, _MOST)
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
            for _, _, dossier, item in waiting[:_MOST]
        ),
    )


def _due_date(item: ActionItem, dossier: Dossier) -> Value:
    if item.due is None:
        return "No due date"
    if item.due >= dossier.now.astimezone(UTC).date():
        return item.due
    overdue = Badge(family="clock", value="breached", words="Overdue")
    return joined((item.due, overdue), " ")
