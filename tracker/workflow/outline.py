"""What home pages and the week need of a bug, read off its record once: plain and small."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tracker.model.record import BugRecord
from tracker.model.severity import Severity
from tracker.model.status import Status
from tracker.workflow.counted import Facts
from tracker.workflow.current_documents import current_notes, current_postmortem
from tracker.workflow.history import verified_at
from tracker.workflow.measured import facts_of
from tracker.workflow.target import Clock


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenAction:
    """An action item that is not done."""

    text: str
    owner: str = ""
    """E-mail address; empty where nobody has it."""
    due: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Outline:
    """One bug without its texts; people by their e-mail addresses, empty where nobody is."""

    id: str
    title: str
    status: Status
    severity: Severity | None
    reported_at: datetime
    reporter: str
    assignee: str = ""
    """The name of who takes it."""
    people: tuple[str, ...] = ()
    """Assignee, backup, commander and other roles."""
    clocks: tuple[Clock, ...] = ()
    fix_author: str = ""
    reviewers: tuple[str, ...] = ()
    notes_wait: bool = False
    """Whether release notes are written and not published."""
    has_postmortem: bool = False
    """Whether one is published."""
    verified_at: datetime | None = None
    closed_at: datetime | None = None
    resolve: timedelta | None = None
    """From the report to the verified fix."""
    actions: tuple[OpenAction, ...] = ()

    @property
    def turned_at(self) -> datetime:
        """The newest of the times by which a week counts it."""
        return max(filter(None, (self.reported_at, self.verified_at, self.closed_at)))


def outline_of(record: BugRecord, facts: Facts | None = None) -> Outline:
    """Read it off a record; its facts, where somebody has them already, need no second look."""
    facts = facts or facts_of(record)
    fix = record.fix
    author = fix.submitted_by if fix else None
    return Outline(
        id=record.id,
        title=record.title,
        status=record.status,
        severity=record.severity,
        reported_at=record.reported.at,
        reporter=record.reported.by.email.lower(),
        assignee=record.assignment.assignee.name if record.assignment else "",
        people=_people(record),
        clocks=facts.clocks,
        fix_author=author.email.lower() if author else "",
        reviewers=tuple(dict.fromkeys(each.by.email.lower() for each in record.reviews)),
        notes_wait=record.release_notes is not None and not current_notes(record),
        has_postmortem=bool(current_postmortem(record)),
        verified_at=verified_at(record),
        closed_at=record.resolution.at if record.resolution else None,
        resolve=facts.spans.resolve,
        actions=tuple(
            OpenAction(
                text=item.text, owner=item.owner.email.lower() if item.owner else "", due=item.due
            )
            for item in record.actions
            if item.done_at is None
        ),
    )


def _people(record: BugRecord) -> tuple[str, ...]:
    assignment, hotfix = record.assignment, record.hotfix
    named = (
        assignment.assignee if assignment else None,
        assignment.backup if assignment else None,
        hotfix.commander if hotfix else None,
        *(taken.person for taken in record.responders),
    )
    return tuple(dict.fromkeys(person.email.lower() for person in named if person is not None))
