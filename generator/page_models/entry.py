"""A bug as pages of many bugs know it: read off its record once, when its own pages are made.

Pages of many bugs get nothing else of most bugs, so what is not here can neither be shown there
nor be out of date.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self, TypeAlias

from generator.page_models.document_state import DocumentState, document_states
from generator.page_models.dossier import Dossier
from generator.page_models.next_step import next_words
from generator.page_paths import Document
from tracker.model.documents import ActionItem
from tracker.model.person import Person
from tracker.model.record import BugRecord
from tracker.model.severity import Severity
from tracker.model.status import Status
from tracker.workflow.history import production_deployment
from tracker.workflow.target import Clock, Spans

Whole: TypeAlias = Callable[["Entry"], Dossier]
"""Finds the whole record of a bug, as its own pages know it, at the moment of the entry."""
_UNFINISHED = frozenset({DocumentState.MISSING, DocumentState.DRAFT, DocumentState.IN_REVIEW})


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact:
    """A person, as plain data."""

    name: str
    email: str

    @property
    def key(self) -> str:
        """What tells people apart."""
        return self.email.lower()

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"


@dataclass(frozen=True, kw_only=True, slots=True)
class Published:
    """The newest publication of a document."""

    document: Document
    version: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One bug."""

    id: str
    title: str
    severity: Severity | None
    status: Status
    category: str | None
    pattern: str | None
    components: tuple[str, ...]
    stage: str
    reported_at: datetime
    """In UTC, as the other times."""
    reported_by: str
    changed_at: datetime
    """When something last happened to it."""
    now: datetime
    """What clocks that still run are read against."""
    assignee: Contact | None
    backup: Contact | None
    people: tuple[Contact, ...]
    """Who reported it, works on it, leads it, reviewed it or has something to do for it."""
    version: str | None
    """The version that carries the fix."""
    month: str
    """That of the report: `2026-03`, in UTC."""
    spans: Spans
    clocks: tuple[Clock, ...]
    """Of an open bug."""
    next_step: str
    """Of an open bug, what its own page says that may be done next."""
    actions: tuple[ActionItem, ...]
    unfinished: tuple[tuple[Document, DocumentState], ...]
    """Documents that it lacks, or that are not published."""
    published: tuple[Published, ...]
    formerly: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Whether it is not closed."""
        return self.status.is_open

    @classmethod
    def of(cls, dossier: Dossier) -> Self:
        """Read it off a whole record."""
        record, triage, taken = dossier.record, dossier.record.triage, dossier.record.assignment
        return cls(
            id=record.id,
            title=record.title,
            severity=record.severity,
            status=record.status,
            category=triage.category if triage else None,
            pattern=triage.pattern if triage else None,
            components=record.environment.components,
            stage=record.environment.stage,
            reported_at=dossier.reported_at,
            reported_by=str(record.reported.by),
            changed_at=changed_at(record),
            now=dossier.now.astimezone(UTC),
            assignee=_contact(taken.assignee if taken else None),
            backup=_contact(taken.backup if taken else None),
            people=tuple(filter(None, map(_contact, _people_of(record)))),
            version=fixed_in(record),
            month=dossier.month,
            spans=dossier.spans,
            clocks=dossier.facts.clocks if dossier.is_open else (),
            next_step=next_words(dossier) if dossier.is_open else "",
            actions=record.actions,
            unfinished=tuple(
                (each.document, each.state)
                for each in document_states(dossier)
                if each.state in _UNFINISHED
            ),
            published=_published(record),
            formerly=record.formerly,
        )


def changed_at(record: BugRecord) -> datetime:
    """When something last happened to it, in UTC."""
    moments = [record.reported.at, *(entry.at for entry in record.timeline)]
    return max(moment.astimezone(UTC) for moment in moments)


def _contact(person: Person | None) -> Contact | None:
    return Contact(name=person.name, email=person.email) if person else None


def _people_of(record: BugRecord) -> tuple[Person, ...]:
    taken, hotfix = record.assignment, record.hotfix
    found = (
        record.reported.by,
        *((taken.assignee, taken.backup) if taken else ()),
        hotfix.commander if hotfix else None,
        *(review.by for review in record.reviews),
        *(item.owner for item in record.actions),
    )
    return tuple(dict.fromkeys(person for person in found if person is not None))


def fixed_in(record: BugRecord) -> str | None:
    """The version that carries the fix: that of the release notes, else what was deployed."""
    notes, deployed = record.release_notes, production_deployment(record)
    return (notes.version if notes else None) or (deployed.version if deployed else None)


def _published(record: BugRecord) -> tuple[Published, ...]:
    return tuple(
        Published(
            document=document,
            version=written.published[-1].version,
            at=written.published[-1].at.astimezone(UTC),
        )
        for document, written in (
            (Document.RELEASE_NOTES, record.release_notes),
            (Document.POSTMORTEM, record.postmortem),
        )
        if written is not None and written.published
    )
