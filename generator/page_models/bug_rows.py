"""Bugs as rows of a table: the same columns on every page that lists them."""

from collections.abc import Iterable
from datetime import datetime
from heapq import nlargest

from generator.page_models.blocks import Row, Table
from generator.page_models.dossier import Dossier
from generator.page_models.inline import (
    PageLink,
    bug_link,
    cell,
    joined,
    severity_badge,
    status_badge,
)
from generator.page_paths import bug_page

_HEADERS = ("Bug", "Title", "Severity", "Status", "Category", "Component", "Assignee", "Reported")
_FACETS = ("Severity", "Status", "Category", "Component", "Assignee")


def bug_table(caption: str, dossiers: Iterable[Dossier], data: str) -> Table | None:
    """The bugs, the newest first, with every row in a file of its own; `None` without bugs."""
    rows = tuple(_row(dossier) for dossier in newest_first(dossiers))
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
    )


def few_bugs(caption: str, dossiers: Iterable[Dossier], most: int) -> Table | None:
    """The newest bugs alone, without tools."""
    rows = tuple(_row(dossier) for dossier in nlargest(most, dossiers, key=_when))
    return Table(caption=caption, headers=_HEADERS, rows=rows) if rows else None


def newest_first(dossiers: Iterable[Dossier]) -> list[Dossier]:
    """By the time of the report."""
    return sorted(dossiers, key=_when, reverse=True)


def _when(dossier: Dossier) -> tuple[datetime, str]:
    return dossier.reported_at, dossier.record.id


def _row(dossier: Dossier) -> Row:
    record = dossier.record
    return Row(
        cells=(
            (bug_link(record.id),),
            (PageLink(text=record.title, path=bug_page(record.id)),),
            (severity_badge(record.severity, dossier.policy),),
            (status_badge(record.status),),
            cell(record.triage.category if record.triage else None),
            joined(record.environment.components),
            cell(record.assignment.assignee if record.assignment else None),
            cell(dossier.reported_at.date()),
        )
    )
