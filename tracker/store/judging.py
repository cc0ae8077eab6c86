"""Put a request before the judge, with the record and the policy of one commit."""

from dataclasses import dataclass
from datetime import datetime

from tracker.model.bug_number import meant_ids, mistyped, record_path
from tracker.model.person import Person
from tracker.model.policy import Policy
from tracker.model.problem import ProblemsFound
from tracker.model.record import BugRecord
from tracker.store.bug_store import BugStore
from tracker.store.known_bugs import incidents_besides, numbers_among
from tracker.store.outcome import refused
from tracker.workflow.action import Action
from tracker.workflow.actions.closing import MarkDuplicate
from tracker.workflow.actions.exceptions import JoinIncident, UndoMove
from tracker.workflow.actions.follow_up import AttachEvidence
from tracker.workflow.actions.hotfix_start import DeclareIncident
from tracker.workflow.actions.publication import PublishDocument
from tracker.workflow.actions.report import ReportBug
from tracker.workflow.context import Context, Known
from tracker.workflow.decide import decide_in
from tracker.workflow.decision import Accepted, Reason, Refused
from tracker.workflow.history import last_move
from tracker.workflow.obstacles import obstacles as standing_against
from tracker.workflow.remedies import with_remedies
from tracker.workflow.verbs import VERBS


@dataclass(frozen=True, kw_only=True)
class Case:
    """Who wants to do what to which bug (None for a report)."""

    bug: str | None
    action: Action
    actor: Person
    roles: tuple[str, ...] = ()
    """Roles whose user groups the person was seen in."""
    files: frozenset[str] = frozenset()
    """Names of the files that come with it, to be kept beside the record in the same commit."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Who wants to do what kind of thing to which bug (None for a report), before saying more."""

    verb: str
    bug: str | None
    actor: Person
    roles: tuple[str, ...] = ()
    """Roles whose user groups the person was seen in."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """An accepted action with what it was judged on; `at` is when it happened."""

    old: BugRecord | None
    accepted: Accepted
    policy: Policy
    at: datetime


def judge(
    store: BugStore,
    case: Case,
    revision: str | None,
    now: datetime,
    standing: BugRecord | None = None,
) -> Verdict | Refused:
    """Judge on the records of one commit; broken files refuse with their places.

    `standing` is the bug as it will be, where actions wait for it.
    """
    try:
        return _judge(store, case, revision, now, standing)
    except ProblemsFound as error:
        return refused("record", *(str(problem) for problem in error.problems))


def obstacles(
    store: BugStore,
    wish: Wish,
    revision: str | None,
    now: datetime,
    standing: BugRecord | None = None,
) -> tuple[Reason, ...]:
    """Say why every action of this name is refused; broken files refuse with their places."""
    try:
        policy = store.policy(revision).holding(wish.actor, wish.roles)
        old = standing
        if old is None and wish.bug is not None:
            old = store.load(wish.bug, revision)
        looks_back = wish.bug if issubclass(VERBS[wish.verb], UndoMove | PublishDocument) else None
        known = Known(before=store.before(looks_back, revision)) if looks_back else Known()
        now = _not_before_the_last_move(old, now)
        context = Context(actor=wish.actor, policy=policy, now=now, at=now, known=known)
        found = standing_against(old, wish.verb, context)
        return with_remedies(found, wish.verb, old, context) if old is not None else found
    except ProblemsFound as error:
        return refused("record", *(str(problem) for problem in error.problems)).reasons


def _judge(
    store: BugStore,
    case: Case,
    revision: str | None,
    now: datetime,
    standing: BugRecord | None,
) -> Verdict | Refused:
    policy = store.policy(revision).holding(case.actor, case.roles)
    action = case.action
    if isinstance(action, ReportBug):
        bug = action.id or store.next_id(policy.ids[0], revision)
        action = action.numbered(bug)
    elif case.bug is None:
        return refused("id", f"`{action.verb}` needs the number of a bug: add it.")
    else:
        bug = case.bug
    old = standing or store.load(bug, revision)
    if old is None and not isinstance(action, ReportBug):
        return refused("id", f"There is no {bug}: check the number, or report the bug first.")
    if isinstance(action, MarkDuplicate):
        action = _meant(store, action, policy, revision)
    now = _not_before_the_last_move(old, now)
    context = Context(
        actor=case.actor,
        policy=policy,
        now=now,
        at=action.at or now,
        known=_known(store, case, action, bug, revision),
    )
    decision = decide_in(old, action, context)
    if isinstance(decision, Refused):
        return decision
    return Verdict(old=old, accepted=decision, policy=policy, at=action.at or now)


def _meant(
    store: BugStore, action: MarkDuplicate, policy: Policy, revision: str | None
) -> MarkDuplicate:
    """The same action with the other bug's id, of which people may type the number alone."""
    ids = meant_ids(action.duplicate_of, policy.ids)
    there = numbers_among(store, ids, revision)
    return action.of(next((bug for bug in ids if bug in there), (*ids, action.duplicate_of)[0]))


def _known(store: BugStore, case: Case, action: Action, bug: str, revision: str | None) -> Known:
    """Look up what the action has to know of other bugs or of the past; most need nothing."""
    known = Known()
    match action:
        case MarkDuplicate():
            known = Known(bugs=_numbers_like(store, action.duplicate_of, revision))
        case DeclareIncident() | JoinIncident():
            known = Known(incidents=incidents_besides(store, bug, revision))
        case UndoMove() | PublishDocument():
            known = Known(before=store.before(bug, revision))
        case AttachEvidence():
            known = Known(beside=case.files | _files_beside(store, bug, revision))
        case _:
            pass
    return known


def _files_beside(store: BugStore, bug: str, revision: str | None) -> frozenset[str]:
    folder = record_path(bug).removesuffix(".yaml")
    files = store.clone.files(revision, folder)
    return frozenset(path.removeprefix(f"{folder}/") for path in files)


def _numbers_like(store: BugStore, wanted: str, revision: str | None) -> frozenset[str]:
    """The wanted number, if a bug has or had it, and those that it may be mistyped for."""
    return numbers_among(store, (wanted, *mistyped(wanted)), revision)


def _not_before_the_last_move(record: BugRecord | None, now: datetime) -> datetime:
    """Let an action that waited follow a move that overtook it, also when clocks differ a bit."""
    previous = last_move(record) if record else None
    return max(now, previous.at) if previous else now
