"""A bug as pages of many bugs know it: read off its record once, when its own pages are made.

Pages of many bugs get nothing else of most bugs, so what is not here can neither be shown there
nor be out of date.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Self, TypeAlias

from generator.page_models.document_state import DocumentState, document_states
from generator.page_models.dossier import Dossier
from generator.page_paths import Document
from tracker.model.changelog import ChangeKind
from tracker.model.documents import ActionItem, PreventionKind
from tracker.model.person import Person
from tracker.model.record import BugRecord
from tracker.model.severity import Severity
from tracker.model.status import Status
from tracker.workflow.counted import Facts
from tracker.workflow.history import production_deployment

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
class Deployed:
    """A deployment, as far as it is counted."""

    stage: str
    rolled_back_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Published:
    """The newest publication of a document."""

    document: Document
    version: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Release:
    """What published release notes tell: lines by kind, and when it was released."""

    day: date
    lines: tuple[tuple[ChangeKind, str], ...]


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
    facts: Facts
    deployments: tuple[Deployed, ...]
    actions: tuple[ActionItem, ...]
    unfinished: tuple[tuple[Document, DocumentState], ...]
    """Documents that it lacks, or that are not published."""
    published: tuple[Published, ...]
    release: Release | None
    """Nothing without published release notes."""
    learned_from: bool
    """Whether it has a post-mortem."""
    lessons: tuple[str, ...]
    prevention: tuple[tuple[PreventionKind, str], ...]
    formerly: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Whether it is not closed."""
        return self.status.is_open

    @property
    def month(self) -> str:
        """The month of the report: `2026-03`, in UTC."""
        return self.facts.month

    @classmethod
    def of(cls, dossier: Dossier) -> Self:
        """Read it off a whole record."""
        record, triage, taken = dossier.record, dossier.record.triage, dossier.record.assignment
        written = record.postmortem
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
            version=_fixed_in(record),
            facts=dossier.facts,
            deployments=tuple(
                Deployed(stage=each.stage, rolled_back_at=each.rolled_back_at)
                for each in record.deployments
            ),
            actions=record.actions,
            unfinished=tuple(
                (each.document, each.state)
                for each in document_states(dossier)
                if each.state in _UNFINISHED
            ),
            published=_published(record),
            release=_release(record),
            learned_from=written is not None,
            lessons=written.lessons if written else (),
            prevention=tuple((each.kind, each.text) for each in written.prevention)
            if written
            else (),
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


def _fixed_in(record: BugRecord) -> str | None:
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


def _release(record: BugRecord) -> Release | None:
    """The lines that people wrote, else that the bug is fixed."""
    notes = record.release_notes
    if notes is None or not notes.published:
        return None
    deployed = production_deployment(record)
    at = deployed.at if deployed else notes.published[0].at
    return Release(
        day=at.astimezone(UTC).date(),
        lines=tuple((line.kind, line.text) for line in notes.changelog)
        or ((ChangeKind.FIXED, record.title),),
    )
