"""How far each document of a bug is (workflow §5)."""

from dataclasses import dataclass
from enum import StrEnum

from generator.page_models.cards import DocumentCard, Documents
from generator.page_models.dossier import Dossier
from generator.page_models.inline import Badge, Cell, PageLink, When, cell, joined
from generator.page_paths import Document, bug_page
from tracker.model.deployment import HotfixStep
from tracker.model.documents import (
    DocumentApproval,
    DocumentKind,
    Postmortem,
    Publication,
    ReleaseNotes,
    ResolutionKind,
)
from tracker.model.investigation import Investigation
from tracker.model.status import Status
from tracker.workflow.hotfix_progress import hotfix_steps

_WITHOUT_FIX = frozenset(
    {ResolutionKind.DUPLICATE, ResolutionKind.NOT_REPRODUCED, ResolutionKind.WONT_FIX}
)
_LIFE = tuple(Status)
_NOTHING_FOUND = Investigation()


class DocumentState(StrEnum):
    """The states of a document; only released documents have versions."""

    NOT_DUE = "not_due"
    MISSING = "missing"
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    COMPLETE = "complete"
    PUBLISHED = "published"

    @property
    def words(self) -> str:
        """The state as people read it."""
        return {
            "not_due": "Not due yet",
            "missing": "Missing",
            "draft": "Draft",
            "in_review": "In review",
            "complete": "Complete",
            "published": "Published",
        }[self.value]


@dataclass(frozen=True, kw_only=True)
class DocumentStatus:
    """One document: its state, its newest publication and who consented to it."""

    document: Document
    state: DocumentState
    publication: Publication | None = None
    approvals: tuple[DocumentApproval, ...] = ()

    @property
    def badge(self) -> Badge:
        """The state, with the version of a published document."""
        words = self.state.words
        if self.publication is not None:
            words = f"{words} {self.publication.version}"
        return Badge(family="document", value=self.state.value, words=words)


def document_states(dossier: Dossier) -> tuple[DocumentStatus, ...]:
    """The documents that the bug has or needs, in the order of their making."""
    found = (
        _root_cause(dossier),
        _hotfix(dossier),
        _released(dossier, Document.RELEASE_NOTES),
        _released(dossier, Document.POSTMORTEM),
    )
    return tuple(status for status in found if status is not None)


def state_of(dossier: Dossier, document: Document) -> DocumentStatus:
    """One document of the bug, which must be among `document_states`."""
    return next(status for status in document_states(dossier) if status.document is document)


def document_cards(dossier: Dossier) -> Documents:
    """The documents as cards that lead to their pages."""
    return Documents(
        cards=tuple(
            DocumentCard(
                title=(
                    PageLink(
                        text=status.document.words,
                        path=bug_page(dossier.record.id, status.document),
                    ),
                ),
                state=status.badge,
                detail=standing(status),
            )
            for status in document_states(dossier)
        )
    )


def standing(status: DocumentStatus) -> Cell:
    """When and by whom it was published, and who consented to it in which role."""
    parts: list[Cell] = []
    if status.publication is not None:
        at, by = status.publication.at, status.publication.by.name
        parts.append(("Published ", When(at=at), f" by {by}"))
    consent = ", ".join(f"{each.by.name} ({each.role})" for each in status.approvals)
    if consent:
        parts.append(cell(f"{'approved' if parts else 'Approved'} by {consent}"))
    return joined(tuple(parts))


def _has_fix(dossier: Dossier) -> bool:
    resolution = dossier.record.resolution
    return resolution is None or resolution.kind not in _WITHOUT_FIX


def _reached(dossier: Dossier, status: Status) -> bool:
    return _LIFE.index(dossier.record.status) >= _LIFE.index(status)


def _root_cause(dossier: Dossier) -> DocumentStatus | None:
    record = dossier.record
    if record.root_cause is not None:
        state = DocumentState.COMPLETE
    elif record.investigation != _NOTHING_FOUND:
        state = DocumentState.DRAFT
    elif _has_fix(dossier) and _reached(dossier, Status.IN_PROGRESS):
        state = DocumentState.MISSING
    else:
        return None
    return DocumentStatus(document=Document.ROOT_CAUSE, state=state)


def _hotfix(dossier: Dossier) -> DocumentStatus | None:
    if dossier.record.hotfix is not None:
        done = HotfixStep.BACKPORT in hotfix_steps(dossier.record)
        state = DocumentState.COMPLETE if done else DocumentState.DRAFT
    elif dossier.rule.hotfix == "always" and _has_fix(dossier):
        state = DocumentState.MISSING
    else:
        return None
    return DocumentStatus(document=Document.HOTFIX, state=state)


def _released(dossier: Dossier, document: Document) -> DocumentStatus | None:
    record, rule = dossier.record, dossier.rule
    if document is Document.RELEASE_NOTES:
        kind = DocumentKind.RELEASE_NOTES
        text: ReleaseNotes | Postmortem | None = record.release_notes
        needed = rule.release_notes != "optional"
        due = Status.LOAD_TEST if rule.release_notes == "before" else Status.DEPLOYED
    else:
        kind, text = DocumentKind.POSTMORTEM, record.postmortem
        needed, due = rule.postmortem, Status.VERIFIED
    approvals = tuple(item for item in record.approvals if item.document is kind)
    if text is None:
        if not needed or not _has_fix(dossier):
            return None
        state = DocumentState.MISSING if _reached(dossier, due) else DocumentState.NOT_DUE
        return DocumentStatus(document=document, state=state, approvals=approvals)
    if text.published:
        return DocumentStatus(
            document=document,
            state=DocumentState.PUBLISHED,
            publication=text.published[-1],
            approvals=approvals,
        )
    state = DocumentState.IN_REVIEW if approvals else DocumentState.DRAFT
    return DocumentStatus(document=document, state=state, approvals=approvals)
