"""What one person's home page shows: theirs, what waits for them, what burns; pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker.model.person import Person
from tracker.model.policy import Policy
from tracker.model.severity import Severity
from tracker.model.status import Status
from tracker.workflow.clocks import limits_of
from tracker.workflow.outline import Outline
from tracker.workflow.target import ClockState, Target, targets_of
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

    bug: Outline
    target: Target


@dataclass(frozen=True, kw_only=True)
class HomeFacts:
    """Everything on one home page, the most urgent first."""

    mine: tuple[Outline, ...]
    waiting: tuple[ToDo, ...]
    burning: tuple[Burning, ...]
    week: Week | None = None


def burning(bugs: Sequence[Outline], policy: Policy, now: datetime) -> tuple[Burning, ...]:
    """The targets that are at risk or breached, and all of a P0; the same for everybody."""
    limits = limits_of(policy)
    found = [
        Burning(bug=bug, target=target)
        for bug in bugs
        if bug.status.is_open
        for target in targets_of(bug.clocks, limits, now)
        if target.state in _PRESSING
        or (bug.severity is Severity.P0 and target.state is ClockState.ON_TRACK)
    ]
    return tuple(sorted(found, key=lambda each: (each.bug.severity or "", each.target.due)))


def home_facts(
    person: Person,
    bugs: Sequence[Outline],
    policy: Policy,
    burns: tuple[Burning, ...],
    week: Week | None,
) -> HomeFacts:
    """One person's page; the bugs come the worst first. The week is for whoever leads."""
    return HomeFacts(
        mine=tuple(bug for bug in bugs if bug.status.is_open and _is_theirs(bug, person)),
        waiting=tuple(todo for bug in bugs for todo in _waiting(bug, person, policy)),
        burning=burns,
        week=week if _leads(person, policy) else None,
    )


def _leads(person: Person, policy: Policy) -> bool:
    return bool(policy.roles.get(_LEAD)) and policy.holds(person, _LEAD)


def _is_theirs(bug: Outline, person: Person) -> bool:
    email = person.email.lower()
    return email in bug.people or (not bug.assignee and bug.reporter == email)


def _waiting(bug: Outline, person: Person, policy: Policy) -> Iterator[ToDo]:
    named = f"{bug.id} {bug.title}"
    yield from _moves(bug, person, policy, named)
    if _owes_postmortem(bug, person, policy):
        yield ToDo(bug=bug.id, text=f"Write the post-mortem of {named}", verb="postmortem")
    for item in bug.actions:
        if item.owner == person.email.lower():
            due = f", due {item.due}" if item.due else ""
            yield ToDo(bug=bug.id, text=f"{item.text} ({bug.id}){due}", verb="action")


def _moves(bug: Outline, person: Person, policy: Policy, named: str) -> Iterator[ToDo]:
    """What the state of the bug asks of somebody: triage, review, publication, verification."""
    theirs = _is_theirs(bug, person)
    if bug.status is Status.REPORTED and policy.holds(person, "responder"):
        yield ToDo(bug=bug.id, text=f"Triage {named}", verb="triage")
    if bug.status is Status.TRIAGED and policy.holds(person, "responder"):
        yield ToDo(bug=bug.id, text=f"Find somebody for {named}", verb="assign")
    if bug.status is Status.CODE_REVIEW and _may_review(bug, person, policy):
        yield ToDo(bug=bug.id, text=f"Review the fix of {named}", verb="approve")
    written = bug.notes_wait and bug.status.is_open
    if written and (theirs or _holds_named(person, "release_manager", policy)):
        text = f"Approve and publish the release notes of {named}"
        yield ToDo(bug=bug.id, text=text, verb="publish")
    if bug.status is Status.DEPLOYED and theirs:
        yield ToDo(bug=bug.id, text=f"Watch and verify {named}", verb="verify")


def _holds_named(person: Person, role: str, policy: Policy) -> bool:
    """Whether somebody was given a role; one that everybody has makes nobody responsible."""
    return person in policy.roles.get(role, ())


def _may_review(bug: Outline, person: Person, policy: Policy) -> bool:
    if person.email.lower() in {bug.fix_author, *bug.reviewers}:
        return False
    senior = policy.rule(bug.severity).senior_approval
    if senior:
        return policy.holds(person, "senior")
    return _is_theirs(bug, person) or _holds_named(person, "senior", policy)


def _owes_postmortem(bug: Outline, person: Person, policy: Policy) -> bool:
    asked = bug.severity is not None and policy.rule(bug.severity).postmortem
    over = bug.status.is_open and bug.verified_at is not None
    return bool(asked and not bug.has_postmortem and over and _is_theirs(bug, person))
