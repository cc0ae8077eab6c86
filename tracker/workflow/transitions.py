"""THE table: which action leads from which state to which, and what it asks for (workflow §2).

Everything about moves lives here; a pair that is not in the table is the only illegal move.
Diagrams, buttons, checks and the site are drawn from this table.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tracker.model.record import BugRecord
from tracker.model.status import Status
from tracker.workflow.concessions import binding, relaxed
from tracker.workflow.context import Context
from tracker.workflow.decision import Reason
from tracker.workflow.gates import closing, deployment, fix, root_cause, triage
from tracker.workflow.gates.gate import Gate


@dataclass(frozen=True, kw_only=True)
class Transition:
    """One row: the state it leads to and its conditions."""

    to: Status
    gates: tuple[Gate, ...] = ()

    def unmet(self, record: BugRecord, context: Context) -> tuple[Reason, ...]:
        """Every condition that the record does not meet and that holds for it."""
        return binding(self._all_unmet(record, context), record, context)

    def relaxed(self, record: BugRecord, context: Context) -> tuple[str, ...]:
        """Conditions that the record does not meet and that the policy does not apply."""
        return relaxed(self._all_unmet(record, context), record, context)

    def _all_unmet(self, record: BugRecord, context: Context) -> Iterator[Reason]:
        return (reason for gate in self.gates for reason in gate(record, context))


_FROM_ANY_OPEN = {
    "mark-duplicate": Transition(to=Status.CLOSED),
    "wont-fix": Transition(to=Status.CLOSED),
}

TRANSITIONS: dict[Status | None, dict[str, Transition]] = {
    None: {"report": Transition(to=Status.REPORTED)},
    Status.REPORTED: {
        "triage": Transition(
            to=Status.TRIAGED, gates=(triage.has_severity, triage.category_is_known)
        ),
        **_FROM_ANY_OPEN,
    },
    Status.TRIAGED: {
        "assign": Transition(
            to=Status.INVESTIGATING,
            gates=(triage.has_severity, triage.has_assignee, triage.has_backup),
        ),
        **_FROM_ANY_OPEN,
    },
    Status.INVESTIGATING: {
        "identify": Transition(
            to=Status.IN_PROGRESS,
            gates=(
                triage.has_severity,
                triage.has_assignee,
                triage.has_backup,
                root_cause.reproduction_was_tried,
                root_cause.root_cause_is_explained,
                root_cause.strategy_is_chosen,
            ),
        ),
        "cannot-reproduce": Transition(
            to=Status.CLOSED, gates=(root_cause.reproduction_was_tried,)
        ),
        **_FROM_ANY_OPEN,
    },
    Status.IN_PROGRESS: {
        "submit-fix": Transition(
            to=Status.CODE_REVIEW, gates=(root_cause.strategy_is_chosen, fix.fix_is_described)
        ),
        **_FROM_ANY_OPEN,
    },
    Status.CODE_REVIEW: {
        "approve": Transition(
            to=Status.TESTING,
            gates=(fix.nobody_approves_their_own_fix, fix.approvals_suffice),
        ),
        "request-changes": Transition(to=Status.IN_PROGRESS),
        **_FROM_ANY_OPEN,
    },
    Status.TESTING: {
        "pass-tests": Transition(
            to=Status.LOAD_TEST,
            gates=(fix.regression_test_proves_the_fix, fix.suites_have_passed),
        ),
        "fail-tests": Transition(to=Status.IN_PROGRESS),
        **_FROM_ANY_OPEN,
    },
    Status.LOAD_TEST: {
        "deploy": Transition(
            to=Status.DEPLOYED,
            gates=(
                deployment.load_test_is_settled,
                deployment.rollback_is_planned,
                deployment.release_notes_are_written,
                deployment.staging_was_tried,
            ),
        ),
        "close-without-deploy": Transition(
            to=Status.CLOSED,
            gates=(closing.release_notes_are_published,),
        ),
        "regress": Transition(to=Status.IN_PROGRESS),
        **_FROM_ANY_OPEN,
    },
    Status.DEPLOYED: {
        "verify": Transition(
            to=Status.VERIFIED,
            gates=(
                deployment.monitoring_window_is_over,
                closing.checks_are_done,
                closing.error_rate_is_recorded,
            ),
        ),
        "roll-back": Transition(to=Status.IN_PROGRESS),
        **_FROM_ANY_OPEN,
    },
    Status.VERIFIED: {
        "close": Transition(
            to=Status.CLOSED,
            gates=(
                closing.release_notes_are_published,
                closing.postmortem_is_published,
                closing.action_items_are_owned,
                closing.hotfix_is_backported,
                closing.debt_has_a_follow_up,
            ),
        ),
        **_FROM_ANY_OPEN,
    },
    Status.CLOSED: {"reopen": Transition(to=Status.INVESTIGATING)},
}

MOVES = frozenset(verb for row in TRANSITIONS.values() for verb in row)
"""Every action that changes the state."""


def allowed(status: Status | None) -> tuple[str, ...]:
    """The moves that a state allows, the usual one first."""
    return tuple(TRANSITIONS[status])
