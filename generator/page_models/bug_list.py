"""All bugs in one table, newest first."""

from datetime import UTC

from generator.page_models.blocks import Row, Table, paragraph
from generator.page_models.dossier import Dossier
from generator.page_models.inline import (
    PageLink,
    bug_link,
    cell,
    joined,
    severity_badge,
    status_badge,
)
from generator.page_models.page import Page, present, section
from generator.page_paths import BUG_LIST, bug_page

_HEADERS = ("Bug", "Title", "Severity", "Status", "Category", "Component", "Assignee", "Reported")
_FACETS = ("Severity", "Status", "Category")


def bug_list_page(dossiers: tuple[Dossier, ...]) -> Page:
    """The list; without records it says how to report the first bug."""
    newest = sorted(
        dossiers, key=lambda dossier: (dossier.record.reported.at, dossier.record.id), reverse=True
    )
    shown = Table(
        caption="All bugs, newest first",
        headers=_HEADERS,
        rows=tuple(_row(dossier) for dossier in newest),
        tools=True,
        facets=_FACETS,
    )
    empty = paragraph("No bug is recorded yet. Report the first one with `/bug` in Slack.")
    return Page(
        path=BUG_LIST,
        kind="list",
        title="Bugs",
        heading="Bugs",
        sections=present(section("All Bugs", shown if newest else empty)),
        summary="All bugs",
    )


def _row(dossier: Dossier) -> Row:
    record = dossier.record
    page = bug_page(record.id)
    return Row(
        cells=(
            (bug_link(record.id),),
            (PageLink(text=record.title, path=page),),
            (severity_badge(record.severity, dossier.policy),),
            (status_badge(record.status),),
            cell(record.triage.category if record.triage else None),
            joined(record.environment.components),
            cell(record.assignment.assignee if record.assignment else None),
            cell(record.reported.at.astimezone(UTC).date()),
        )
    )
