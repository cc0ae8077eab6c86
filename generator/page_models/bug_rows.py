"""Bugs as rows of a table: the same columns on every page that lists them."""

from collections.abc import Iterable
from heapq import nlargest
from operator import attrgetter
from typing import TypeVar

from generator.page_models.blocks import Row, Table
from generator.page_models.entry import Entry
from generator.page_models.inline import (
    PageLink,
    bug_link,
    cell,
    joined,
    severity_badge,
    status_badge,
)
from generator.page_models.learned import Learned
from generator.page_paths import bug_page
from tracker.model.policy import Policy

_HEADERS = ("Bug", "Title", "Severity", "Status", "Category", "Component", "Assignee", "Reported")
Reported = TypeVar("Reported", Entry, Learned)
_FACETS = ("Severity", "Status", "Category", "Component", "Assignee")


def bug_table(caption: str, entries: Iterable[Entry], policy: Policy, data: str) -> Table | None:
    """The bugs, the newest first, with every row in a file of its own; `None` without bugs."""
    rows = tuple(_row(entry, policy) for entry in newest_first(entries))
    if not rows:
        return None
    return Table(
        caption=caption,
        headers=_HEADERS,
        rows=rows,
        tools=True,
        facets=_FACETS,
        data=data,
        in_address=True,
        falling="Reported",
    )


def few_bugs(caption: str, entries: Iterable[Entry], policy: Policy, most: int) -> Table | None:
    """The newest bugs alone, without tools."""
    rows = tuple(_row(entry, policy) for entry in nlargest(most, entries, key=_when))
    return Table(caption=caption, headers=_HEADERS, rows=rows) if rows else None


def newest_first(bugs: Iterable[Reported]) -> list[Reported]:
    """By the time of the report."""
    return sorted(bugs, key=_when, reverse=True)


_when = attrgetter("reported_at", "id")


def _row(entry: Entry, policy: Policy) -> Row:
    return Row(
        cells=(
            (bug_link(entry.id),),
            (PageLink(text=entry.title, path=bug_page(entry.id)),),
            (severity_badge(entry.severity, policy),),
            (status_badge(entry.status),),
            cell(entry.category),
            joined(entry.components),
            cell(entry.assignee.name if entry.assignee else None),
            cell(entry.reported_at.date()),
        )
    )
