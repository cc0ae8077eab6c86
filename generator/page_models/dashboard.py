"""How things stand: what is open and late, how long things take, what is still to be written."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from heapq import nlargest
from itertools import islice
from operator import itemgetter
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
from generator.page_models.document_state import DocumentStatus
from generator.page_models.dossier import Dossier
from generator.page_models.empty import NO_BUGS
from generator.page_models.entry import Entry, Whole
from generator.page_models.groups import is_grave
from generator.page_models.inline import (
    Badge,
    PageLink,
    Value,
    bug_link,
    joined,
    severity_badge,
    status_badge,
)
from generator.page_models.page import Page, present, section
from generator.page_paths import ACTION_ITEMS, BUG_LIST, DASHBOARD, Document, bug_page
from tracker.model.documents import ActionItem
from tracker.model.duration import in_words
from tracker.model.policy import Policy
from tracker.model.severity import Severity
from tracker.workflow.clocks import ClockState, Target, limits_of, targets_of

_MOST: Final = 25  # rows of a table; the other pages have all
_RECENT: Final = 5


def dashboard_page(entries: tuple[Entry, ...], policy: Policy, whole: Whole) -> Page:
    """The whole dashboard, computed from the records alone."""
    still_open = tuple(item for item in entries if item.is_open)
    limits = limits_of(policy)
    due = {item.id: targets_of(item.clocks, limits, item.now) for item in still_open}
    targets = tuple(target for each in due.values() for target in each)
    return Page(
        path=DASHBOARD,
        kind="dashboard",
        title="Dashboard",
        heading="Dashboard",
        sections=present(
            section(
                "At a Glance", _figures(entries, still_open, targets), None if entries else NO_BUGS
            ),
            section(
                "Open Bugs", _rest(len(still_open), BUG_LIST), _open_bugs(still_open, due, policy)
            ),
            section(
                "How They Stand",
                section("Open by Severity", by_severity(still_open, policy)),
                section("Ageing", by_age(still_open)),
                section("Clocks", by_clock(targets)),
            ),
            section("Recent Post-Mortems", _postmortems(entries, whole)),
            section("Documents to Write", _documents(entries)),
            section("Action Items", _rest(_waiting(entries), ACTION_ITEMS), _actions(entries)),
            section(
                "Numbers",
                section("By Severity", by_severity(entries, policy)),
                section("By Status", by_status(entries)),
                section("By Month", by_month(entries)),
                section("By Category", by_category(entries)),
                section("By Bug Pattern", by_pattern(entries)),
            ),
        ),
        summary="Open bugs, targets, documents to write, action items and numbers",
    )


def _figures(
    entries: tuple[Entry, ...], still_open: tuple[Entry, ...], targets: tuple[Target, ...]
) -> Figures:
    grave = sum(map(is_grave, still_open))
    late = sum(target.state is ClockState.BREACHED for target in targets)
    measured = [item.spans for item in entries]
    waiting = _waiting(entries)
    return Figures(
        figures=(
            Figure(label="Open bugs", number=str(len(still_open)), note=f"of {len(entries)}"),
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


def _waiting(entries: tuple[Entry, ...]) -> int:
    return sum(item.done_at is None for entry in entries for item in entry.actions)


def _rest(count: int, path: str) -> Paragraph | None:
    """Where the others are, when a table has only the most urgent."""
    if count <= _MOST:
        return None
    return paragraph(
        (f"The {_MOST} most urgent; ", PageLink(text=f"all {count:,}", path=path), ".")
    )


def _postmortems(entries: tuple[Entry, ...], whole: Whole) -> Table | None:
    """The post-mortems that were published last, each with its first lesson."""
    published = (
        (each.at, item.id, item)
        for item in entries
        for each in item.published
        if each.document is Document.POSTMORTEM
    )
    newest = nlargest(_RECENT, published, key=itemgetter(0, 1))
    return table(
        "Post-mortems that were published last",
        ("Published", "Post-mortem", "Severity", "First lesson"),
        (_postmortem(at, whole(item)) for at, _, item in newest),
    )


def _postmortem(at: datetime, dossier: Dossier) -> tuple[Value, ...]:
    record, path = dossier.record, bug_page(dossier.record.id, Document.POSTMORTEM)
    return (
        at.date(),
        PageLink(text=f"{record.id} {record.title}", path=path),
        severity_badge(record.severity, dossier.policy),
        next(iter(record.postmortem.lessons if record.postmortem else ()), None),
    )


def _median(measured: Iterable[timedelta | None]) -> str:
    known = [span.total_seconds() for span in measured if span is not None]
    return in_words(timedelta(seconds=median(known))) if known else "–"


def _open_bugs(
    still_open: tuple[Entry, ...], due: Mapping[str, tuple[Target, ...]], policy: Policy
) -> Table | None:
    worst_first = sorted(
        still_open,
        key=lambda item: (
            item.severity.rank if item.severity else len(Severity),
            item.reported_at,
        ),
    )
    return table(
        "Open bugs, worst first",
        ("Bug", "Title", "Severity", "Status", "Target", "Next step", "Assignee"),
        (_open_row(item, due[item.id], policy) for item in worst_first[:_MOST]),
    )


def _open_row(entry: Entry, due: tuple[Target, ...], policy: Policy) -> tuple[Value, ...]:
    running = [target for target in due if target.done is None]
    urgent = min(running, key=lambda target: target.left, default=None)
    return (
        bug_link(entry.id),
        entry.title,
        severity_badge(entry.severity, policy),
        status_badge(entry.status),
        (clock_badge(urgent.state), f" {urgent.name}: {_whole(left_words(urgent))}")
        if urgent
        else None,
        entry.next_step,
        entry.assignee.name if entry.assignee else "Nobody yet",
    )


def _documents(entries: tuple[Entry, ...]) -> Table | None:
    found = (
        (entry.id, document, state)
        for entry in newest_first(entries)
        for document, state in entry.unfinished
    )
    return table(
        "Documents that are missing or not published, of the newest bugs",
        ("Bug", "Document", "State"),
        (
            (
                bug_link(bug),
                PageLink(text=document.words, path=bug_page(bug, document)),
                DocumentStatus(document=document, state=state).badge,
            )
            for bug, document, state in islice(found, _MOST)
        ),
    )


def _actions(entries: tuple[Entry, ...]) -> Table | None:
    waiting = sorted(
        (
            (item.due is None, item.due, entry, item)
            for entry in entries
            for item in entry.actions
            if item.done_at is None
        ),
        key=lambda each: (each[0], str(each[1]), each[2].id, each[3].key),
    )
    return table(
        "Action items that are not done, the next due first",
        ("Due", "Action item", "Owner", "Horizon", "Bug"),
        (
            (
                _due_date(item, entry),
                item.text,
                item.owner or "Nobody yet",
                item.horizon.words,
                bug_link(entry.id),
            )
            for _, _, entry, item in waiting[:_MOST]
        ),
    )


def _due_date(item: ActionItem, entry: Entry) -> Value:
    if item.due is None:
        return "No due date"
    if item.due >= entry.now.astimezone(UTC).date():
        return item.due
    overdue = Badge(family="clock", value="breached", words="Overdue")
    return joined((item.due, overdue), " ")


def _whole(span: str) -> str:
    """A span that no line breaks within."""
    return span.replace(" ", "\N{NO-BREAK SPACE}")
