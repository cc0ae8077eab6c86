"""One page on whether a fix may go to production: the gates of the table, run dry (workflow §4)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from tracker.model.documents import ResolutionKind
from tracker.model.fix import Suite
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.model.severity import Severity
from tracker.model.status import Status
from tracker.workflow.context import Context
from tracker.workflow.decision import Reason
from tracker.workflow.gates import closing, deployment, fix, root_cause, triage
from tracker.workflow.gates.gate import Gate
from tracker.workflow.history import reopened_at
from tracker.workflow.next_fix import fix_to_hand_in
from tracker.workflow.readiness_facts import concession, facts
from tracker.workflow.readiness_group import Group
from tracker.workflow.transitions import TRANSITIONS, Transition

_GROUPS: Final[dict[Gate, Group]] = {
    triage.has_severity: Group.ANALYSIS,
    triage.category_is_known: Group.ANALYSIS,
    triage.has_assignee: Group.ANALYSIS,
    triage.has_backup: Group.ANALYSIS,
    root_cause.reproduction_was_tried: Group.ANALYSIS,
    root_cause.root_cause_is_explained: Group.ANALYSIS,
    root_cause.strategy_is_chosen: Group.ANALYSIS,
    fix.fix_is_described: Group.ANALYSIS,
    fix.nobody_approves_their_own_fix: Group.REVIEW,
    fix.approvals_suffice: Group.REVIEW,
    fix.regression_test_proves_the_fix: Group.TESTS,
    fix.suites_have_passed: Group.TESTS,
    deployment.load_test_is_settled: Group.LOAD,
    deployment.rollback_is_planned: Group.ROLLBACK,
    deployment.release_notes_are_written: Group.DOCUMENTS,
    deployment.staging_was_tried: Group.DEPLOYMENT,
    deployment.monitoring_window_is_over: Group.MONITORING,
    closing.checks_are_done: Group.MONITORING,
    closing.error_rate_is_recorded: Group.MONITORING,
    closing.release_notes_are_published: Group.DOCUMENTS,
    closing.postmortem_is_published: Group.DOCUMENTS,
    closing.action_items_are_owned: Group.DOCUMENTS,
    closing.hotfix_is_backported: Group.DEPLOYMENT,
    closing.debt_has_a_follow_up: Group.DOCUMENTS,
}
_SUITE_GROUPS: Final = {
    Suite.LOAD: Group.LOAD,
    Suite.SECURITY: Group.SECURITY,
    Suite.MIGRATION: Group.MIGRATION,
}
_TO_PRODUCTION: Final = "deploy"
_FIXED: Final = (ResolutionKind.FIXED, ResolutionKind.NO_DEPLOYMENT)


class Mark(StrEnum):
    """How a group stands."""

    MET = "met"
    UNMET = "unmet"
    LATER = "later"
    NOT_ASKED = "not asked for"


@dataclass(frozen=True, kw_only=True)
class Section:
    """One group of conditions: what the record holds for it, what is missing now and later."""

    group: Group
    facts: tuple[str, ...]
    unmet: tuple[Reason, ...]
    later: tuple[Reason, ...]
    """What will be missing between the deployment and the end."""
    conceded: tuple[str, ...]
    """What is unmet and does not hold for this bug, and why."""

    @property
    def mark(self) -> Mark:
        """The worst of it."""
        if self.unmet:
            return Mark.UNMET
        if self.later:
            return Mark.LATER
        return Mark.MET if self.facts else Mark.NOT_ASKED


@dataclass(frozen=True, kw_only=True)
class Readiness:
    """The whole page."""

    sections: tuple[Section, ...]

    @property
    def unmet(self) -> tuple[Reason, ...]:
        """Everything that stands in the way now."""
        return tuple(reason for section in self.sections for reason in section.unmet)

    @property
    def confirmed(self) -> bool:
        """Whether nothing does."""
        return not self.unmet

    @property
    def verdict(self) -> str:
        """The last line of the page."""
        return f"PRODUCTION READINESS: {'CONFIRMED' if self.confirmed else 'NOT READY'}"


@dataclass(frozen=True, kw_only=True)
class _Condition:
    group: Group
    later: bool
    reason: Reason
    conceded: bool = False


def readiness(record: BugRecord, policy: Policy, now: datetime) -> Readiness:
    """Judge a record by every gate from where it stands to the end of its life.

    Until the fix is in production, what only the time after can bring does not count against it.
    """
    record = _of_this_fix(record)
    # The gates judge the record, not the reader.
    context = Context(actor=record.reported.by, policy=policy, now=now, at=now)
    conditions = tuple(_conditions(record, context))
    return Readiness(
        sections=tuple(_section(group, record, context, conditions) for group in Group)
    )


def _of_this_fix(record: BugRecord) -> BugRecord:
    """The record without what was said of a fix that is over, and without its way to users."""
    since = reopened_at(record)
    deployments = (each for each in record.deployments if since is None or each.at >= since)
    said = {"fix": fix_to_hand_in(record), "deployments": tuple(deployments)}
    return record.model_copy(update=said)


def _section(
    group: Group, record: BugRecord, context: Context, conditions: tuple[_Condition, ...]
) -> Section:
    own = [condition for condition in conditions if condition.group is group]
    binding = [each for each in own if not each.conceded]
    unmet = dict.fromkeys(each.reason for each in binding if not each.later)
    later = dict.fromkeys(each.reason for each in binding if each.later)
    conceded = (concession(each.reason.gate, record, context) for each in own if each.conceded)
    return Section(
        group=group,
        facts=facts(group, record, context),
        unmet=tuple(unmet),
        later=tuple(reason for reason in later if reason not in unmet),
        conceded=tuple(dict.fromkeys(conceded)),
    )


def _conditions(record: BugRecord, context: Context) -> Iterator[_Condition]:
    yield from _wrong_end(record)
    in_production = record.status in {Status.DEPLOYED, Status.VERIFIED}
    later = False
    for verb, transition in _way(record.status):
        for gate in transition.gates:
            judged = record if gate is triage.has_severity else _with_severity(record)
            binding = replace(transition, gates=(gate,)).unmet(judged, context)
            holds = {reason.gate for reason in binding}
            free = [reason for reason in gate(judged, context) if reason.gate not in holds]
            for reason in (*binding, *free):
                group = _finer(_GROUPS[gate], reason)
                conceded = reason in free
                yield _Condition(group=group, later=later, reason=reason, conceded=conceded)
        later = later or (verb == _TO_PRODUCTION and not in_production)


def _with_severity(record: BugRecord) -> BugRecord:
    """A bug without a severity is held to the lowest one, as the policy does."""
    lowest = list(Severity)[-1]
    return record if record.severity else record.model_copy(update={"severity": lowest})


def _way(status: Status) -> Iterator[tuple[str, Transition]]:
    """The usual moves from a state to the end; the first of each state is the usual one."""
    while status is not Status.CLOSED:
        verb, transition = next(iter(TRANSITIONS[status].items()))
        yield verb, transition
        status = transition.to


def _finer(group: Group, reason: Reason) -> Group:
    """A suite with a group of its own is told there."""
    name = reason.gate.removeprefix("suite-")
    return next((found for suite, found in _SUITE_GROUPS.items() if suite == name), group)


def _wrong_end(record: BugRecord) -> Iterator[_Condition]:
    if record.resolution is None or record.status is not Status.CLOSED:
        return
    if record.resolution.kind not in _FIXED:
        kind = record.resolution.kind.replace("_", " ")
        yield _Condition(
            group=Group.ANALYSIS,
            later=False,
            reason=Reason(
                gate="open",
                sentence=f"{record.id} was closed as {kind}, without a fix: reopen it first.",
                remedy="reopen",
            ),
        )
