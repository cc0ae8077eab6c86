"""What one person's home page shows: theirs, what waits for them, what burns; pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.bug_people import people_of
from tracker.model.person import Person
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.model.severity import Severity
from tracker.model.status import Status
from tracker.workflow.clocks import ClockState, Target, targets
from tracker.workflow.history import verified_at
from tracker.workflow.week import Week

_LEAD = "lead"
_PRESSING = (ClockState.AT_RISK, ClockState.BREACHED)


@dataclass(frozen=True, kw_only=True)
class ToDo:
    """One thing that waits for a person, with the command that does it."""

    bug: str
    text: str
    verb: str


@dataclass(frozen=True, kw_only=True)
class Burning:
    """An open bug and the target that is at risk or breached."""

    bug: BugRecord
    target: Target


@dataclass(frozen=True, kw_only=True)
class HomeFacts:
    """Everything on one home page, the most urgent first."""

    mine: tuple[BugRecord, ...]
    waiting: tuple[ToDo, ...]
    burning: tuple[Burning, ...]
    week: Week | None = None


def burning(records: Sequence[BugRecord], policy: Policy, now: datetime) -> tuple[Burning, ...]:
    """The targets that are at risk or breached, and all of a P0; the same for everybody."""
    found = [
        Burning(bug=record, target=target)
        for record in records
        if record.status.is_open
        for target in targets(record, policy, now)
        if target.state in _PRESSING
        or (record.severity is Severity.P0 and target.state is ClockState.ON_TRACK)
    ]
    return tuple(sorted(found, key=lambda each: (each.bug.severity or "", each.target.due)))


def home_facts(
    person: Person,
    records: Sequence[BugRecord],
    policy: Policy,
    burns: tuple[Burning, ...],
    week: Week | None,
) -> HomeFacts:
    """One person's page; the records come the worst first. The week is for whoever leads."""
    return HomeFacts(
        mine=tuple(each for each in records if each.status.is_open and _is_theirs(each, person)),
        waiting=tuple(todo for each in records for todo in _waiting(each, person, policy)),
        burning=burns,
        week=week if _leads(person, policy) else None,
    )


def _leads(person: Person, policy: Policy) -> bool:
    return bool(policy.roles.get(_LEAD)) and policy.holds(person, _LEAD)


def _is_theirs(record: BugRecord, person: Person) -> bool:
    return person in people_of(record) - {record.reported.by} or (
        record.assignment is None and record.reported.by == person
    )


def _waiting(record: BugRecord, person: Person, policy: Policy) -> Iterator[ToDo]:
    named = f"{record.id} {record.title}"
    yield from _moves(record, person, policy, named)
    if _owes_postmortem(record, person, policy):
        yield ToDo(bug=record.id, text=f"Write the post-mortem of {named}", verb="postmortem")
    for item in record.actions:
        if item.done_at is None and item.owner == person:
            due = f", due {item.due}" if item.due else ""
            yield ToDo(bug=record.id, text=f"{item.text} ({record.id}){due}", verb="action")


def _moves(record: BugRecord, person: Person, policy: Policy, named: str) -> Iterator[ToDo]:
    """What the state of the bug asks of somebody: triage, review, publication, verification."""
    theirs = _is_theirs(record, person)
    if record.status is Status.REPORTED and policy.holds(person, "responder"):
        yield ToDo(bug=record.id, text=f"Triage {named}", verb="triage")
    if record.status is Status.TRIAGED and policy.holds(person, "responder"):
        yield ToDo(bug=record.id, text=f"Find somebody for {named}", verb="assign")
    if record.status is Status.CODE_REVIEW and _may_review(record, person, policy):
        yield ToDo(bug=record.id, text=f"Review the fix of {named}", verb="approve")
    notes = record.release_notes
    written = notes is not None and not notes.published and record.status.is_open
    if written and (theirs or _holds_named(person, "release_manager", policy)):
        text = f"Approve and publish the release notes of {named}"
        yield ToDo(bug=record.id, text=text, verb="publish")
    if record.status is Status.DEPLOYED and theirs:
        yield ToDo(bug=record.id, text=f"Watch and verify {named}", verb="verify")


def _holds_named(person: Person, role: str, policy: Policy) -> bool:
    """Whether somebody was given a role; one that everybody has makes nobody responsible."""
    return person in policy.roles.get(role, ())


def _may_review(record: BugRecord, person: Person, policy: Policy) -> bool:
    author = record.fix.submitted_by if record.fix else None
    if author == person or any(each.by == person for each in record.reviews):
        return False
    senior = policy.rule(record.severity).senior_approval
    if senior:
        return policy.holds(person, "senior")
    return _is_theirs(record, person) or _holds_named(person, "senior", policy)


def _owes_postmortem(record: BugRecord, person: Person, policy: Policy) -> bool:
    asked = record.severity is not None and policy.rule(record.severity).postmortem
    published = record.postmortem is not None and record.postmortem.published
    over = record.status.is_open and verified_at(record) is not None
    return bool(asked and not published and over and _is_theirs(record, person))
