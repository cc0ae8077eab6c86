"""What all pages of one bug have in common: heading, badges, tabs and where they come from."""

from collections.abc import Iterable

from generator.page_models.blocks import Missing
from generator.page_models.document_state import (
    DocumentStatus,
    document_states,
    standing,
    state_of,
)
from generator.page_models.dossier import Dossier
from generator.page_models.exceptions import exceptions
from generator.page_models.inline import Badge, PageLink, severity_badge, status_badge
from generator.page_models.page import Page, Provenance, Section, Tab
from generator.page_paths import Document, bug_page, data_file, record_source
from tracker.model.bug_id import record_path

_WITH_STATE = frozenset(Document) - {Document.OVERVIEW, Document.HISTORY}


def bug_document(
    dossier: Dossier,
    document: Document,
    sections: Iterable[Section | None],
    *,
    summary: str,
    glance: Iterable[Section | None] = (),
) -> Page:
    """One page of a bug; sections without content are left out."""
    record = dossier.record
    overview = document is Document.OVERVIEW
    state = None if document not in _WITH_STATE else state_of(dossier, document)
    titled = f"{document.words}: {record.id} – {record.title}"
    return Page(
        path=bug_page(record.id, document),
        kind=document.value if not overview else "overview",
        title=f"{record.id} {record.title}" if overview else titled,
        heading=record.title if overview else titled,
        kicker=record.id if overview else "",
        badges=_badges(dossier, state),
        standing=standing(state) if state else (),
        tabs=_tabs(dossier, document),
        notices=_notices(dossier),
        glance=tuple(section for section in glance if section is not None),
        sections=tuple(
            section for section in (*sections, exceptions(dossier)) if section is not None
        ),
        summary=summary,
        provenance=Provenance(
            record_path=record_path(record.id),
            schema=record.schema_version,
            as_of=dossier.as_of,
            commits_at=dossier.commits_at,
            yaml=record_source(record.id),
            json=data_file(f"bugs/{record.id}.json"),
        ),
    )


def _badges(dossier: Dossier, state: DocumentStatus | None) -> tuple[Badge, ...]:
    record = dossier.record
    found = (severity_badge(record.severity, dossier.policy), status_badge(record.status))
    return (*found, state.badge) if state else found


def _tabs(dossier: Dossier, current: Document) -> tuple[Tab, ...]:
    bug_id = dossier.record.id
    overview = Tab(
        link=PageLink(text=Document.OVERVIEW.words, path=bug_page(bug_id)),
        state=None,
        current=current is Document.OVERVIEW,
    )
    others = tuple(
        Tab(
            link=PageLink(text=status.document.words, path=bug_page(bug_id, status.document)),
            state=status.badge,
            current=status.document is current,
        )
        for status in document_states(dossier)
    )
    history = Tab(
        link=PageLink(text=Document.HISTORY.words, path=bug_page(bug_id, Document.HISTORY)),
        state=None,
        current=current is Document.HISTORY,
    )
    return (overview, *others, *((history,) if dossier.revisions else ()))


def _notices(dossier: Dossier) -> tuple[Missing, ...]:
    return tuple(Missing(sentence=problem) for problem in dossier.problems)
