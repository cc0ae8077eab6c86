"""Consent is given by those who consent: the commit that adds it is theirs."""

from collections.abc import Iterator
from dataclasses import dataclass

from tracker.checks.subject import Past, Subject
from tracker.model.documents import DocumentApproval
from tracker.model.explanation import Location
from tracker.model.fix import Review
from tracker.model.person import Person
from tracker.model.policy import Policy
from tracker.model.problem import Problem
from tracker.model.record import BugRecord
from tracker.model.timeline import TimelineEntry
from tracker.model.waiver import Waiver
from tracker.workflow.hotfix_track import role_for
from tracker.workflow.standing import approver_holds

RULE = "approval"


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Something that only one person can say: its place, its content, that person."""

    where: Location
    content: str
    by: Person
    words: str


def find(subject: Subject) -> Iterator[Problem]:
    """Reviews, approvals, waivers and commands of a role that somebody else wrote down."""
    past, policy = subject.past, subject.around.policy
    if past is None:
        return
    known = _contents(past.base, policy)
    writers = _writers(past, policy)
    for signature in _signatures(subject.record, policy):
        others = writers.get(signature.content, frozenset()) - {signature.by}
        if signature.content not in known and others:
            other = min(others, key=lambda person: person.email)
            sentence = (
                f"This {signature.words} is by {signature.by.name}, and {other} commits it: "
                f"{signature.by.name} has to commit it, or to give it as a command."
            )
            yield subject.problem((*signature.where, "by"), sentence, RULE)
    yield from _false_seniors(subject, known)
    yield from _false_roles(subject, known)


def _false_seniors(subject: Subject, known: frozenset[str]) -> Iterator[Problem]:
    policy = subject.around.policy
    for index, review in enumerate(subject.record.reviews):
        fresh = review.model_dump_json() not in known
        if fresh and review.senior and not policy.holds(review.by, "senior"):
            sentence = f"{review.by.name} does not have the role `senior`: remove `senior`."
            yield subject.problem(("reviews", index, "senior"), sentence, RULE)


def _false_roles(subject: Subject, known: frozenset[str]) -> Iterator[Problem]:
    for index, approval in enumerate(subject.record.approvals):
        if approval.model_dump_json() not in known:
            for reason in approver_holds(approval.role, approval.by, subject.around.policy):
                yield subject.problem(("approvals", index, "role"), reason.sentence, RULE)


def _writers(past: Past, policy: Policy) -> dict[str, frozenset[Person]]:
    """Who added each signature: one author, or all who may have while the file was unreadable."""
    writers: dict[str, frozenset[Person]] = {}
    unread: frozenset[Person] = frozenset()
    known = _contents(past.base, policy)
    for change in past.changes:
        authors = unread | ({change.author} if change.author else frozenset())
        if change.after is None:
            unread = authors
            continue
        before = frozenset[str]().union(*(_contents(each, policy) for each in change.before))
        for content in _contents(change.after, policy) - before - known:
            writers.setdefault(content, authors)
        unread = frozenset()
    return writers


def _contents(record: BugRecord | None, policy: Policy) -> frozenset[str]:
    if record is None:
        return frozenset()
    return frozenset(signature.content for signature in _signatures(record, policy))


def _signatures(record: BugRecord, policy: Policy) -> Iterator[Signature]:
    signed: list[tuple[Location, Review | DocumentApproval | Waiver | TimelineEntry, str]] = [
        *((("reviews", index), review, "review") for index, review in enumerate(record.reviews)),
        *((("approvals", index), item, "approval") for index, item in enumerate(record.approvals)),
        *((("waivers", index), waiver, "waiver") for index, waiver in enumerate(record.waivers)),
        *(
            (("timeline", index), entry, f"`{entry.action}`")
            for index, entry in enumerate(record.timeline)
            if role_for(entry.action, policy) is not None
        ),
    ]
    for where, item, words in signed:
        yield Signature(where=where, content=item.model_dump_json(), by=item.by, words=words)
