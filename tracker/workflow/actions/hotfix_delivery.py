"""The second half of the hotfix track: test, review, deploy, monitor, backport (workflow §3)."""

from typing import ClassVar

from tracker.model.checklist import ChecklistItem, merged
from tracker.model.deployment import HotfixStep
from tracker.model.fix import Evidence
from tracker.model.part import Line
from tracker.model.record import BugRecord
from tracker.model.status import Status
from tracker.workflow.actions.deployment import DeployFix, MonitorFix
from tracker.workflow.actions.hotfix_step import HotfixAction
from tracker.workflow.actions.review import ApproveFix
from tracker.workflow.context import Context
from tracker.workflow.evidence import with_evidence
from tracker.workflow.gates.names import GATES
from tracker.workflow.hotfix_track import asked_by


class TestHotfix(HotfixAction):
    """Run the critical suites, those that the severity asks for, and record command and result."""

    verb: ClassVar[str] = "hotfix-test"
    example: ClassVar[str] = "tests=regression | test_old_app | passed | failed before"
    step: ClassVar[HotfixStep] = HotfixStep.TEST

    tests: tuple[Evidence, ...]
    """The runs."""

    def moves(self, record: BugRecord, context: Context) -> tuple[str, ...]:
        """Out of testing, when the review came first and the runs suffice; else they are kept."""
        suffices = not asked_by(record, HotfixStep.TEST, context)
        return ("pass-tests",) if record.status is Status.TESTING and suffices else ()

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Add the runs."""
        detail = "; ".join(f"{run.name}: {run.result}" for run in self.tests)
        return self.taken(with_evidence(record, context, self.tests), context, detail)

    def event(self, record: BugRecord, context: Context) -> str:
        """Each run with its result, and which the severity still asks for."""
        told = "Rapid tests: " + "; ".join(f"{run.name} {run.result}" for run in self.tests) + "."
        missing = {reason.gate: None for reason in asked_by(record, HotfixStep.TEST, context)}
        words = ", ".join(GATES[gate] for gate in missing if gate != "failing-test")
        return f"{told} Still needed: {words}." if words else told

    def subject(self, record: BugRecord) -> str:
        """What was run."""
        del record
        return ", ".join(run.name for run in self.tests)


class ReviewHotfix(HotfixAction, ApproveFix):
    """Approve the hotfix in an expedited review; with its tests recorded it is ready to deploy."""

    verb: ClassVar[str] = "hotfix-review"
    example: ClassVar[str] = "Minimal and safe"
    step: ClassVar[HotfixStep] = HotfixStep.REVIEW

    def moves(self, record: BugRecord, context: Context) -> tuple[str, ...]:
        """Through review, and through testing when the evidence is there."""
        approve = "approve" if super().moves(record, context) else None
        if approve is None:
            return ()
        untested = asked_by(record, HotfixStep.TEST, context)
        return (approve,) if untested else (approve, "pass-tests")

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Add the review and mark the step."""
        return self.taken(super().apply(record, context), context, self.comment)


class DeployHotfix(HotfixAction, DeployFix):
    """Deploy the hotfix to production."""

    verb: ClassVar[str] = "hotfix-deploy"
    example: ClassVar[str] = "hotfix-abc123"
    step: ClassVar[HotfixStep] = HotfixStep.DEPLOY

    def moves(self, record: BugRecord, context: Context) -> tuple[str, ...]:
        """To deployed."""
        del record, context
        return ("deploy",)

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Add the deployment and mark the step."""
        return self.taken(super().apply(record, context), context, self.version)


class MonitorHotfix(HotfixAction, MonitorFix):
    """Watch production after the hotfix: error rate before and after, checks."""

    verb: ClassVar[str] = "hotfix-monitor"
    example: ClassVar[str] = "error_rate_before=100% error_rate_after=0%"
    step: ClassVar[HotfixStep] = HotfixStep.MONITOR

    checklist: tuple[ChecklistItem, ...] = ()
    """Items of the hotfix checklist that are done."""

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Add samples and checks, tick the hotfix checklist, mark the step."""
        watched = super().apply(record, context)
        if watched.hotfix is not None:
            hotfix = watched.hotfix.model_copy(
                update={"checklist": merged(watched.hotfix.checklist, self.checklist)}
            )
            watched = watched.model_copy(update={"hotfix": hotfix})
        return self.taken(watched, context, self.error_rate_after)


class BackportHotfix(HotfixAction):
    """Bring the hotfix to main."""

    verb: ClassVar[str] = "hotfix-backport"
    example: ClassVar[str] = "PR #512"
    step: ClassVar[HotfixStep] = HotfixStep.BACKPORT

    reference: Line
    """The pull request or commit that did it."""

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Set the backport."""
        if record.hotfix is None:
            return record
        hotfix = record.hotfix.model_copy(update={"backport": self.reference})
        return self.taken(record.model_copy(update={"hotfix": hotfix}), context, self.reference)

    def told(self, record: BugRecord, context: Context) -> tuple[str | None, ...]:
        """The reference, in whatever sentence it is told."""
        return (*super().told(record, context), self.reference)

    def event(self, record: BugRecord, context: Context) -> str:
        """Where the fix went to main."""
        del record, context
        return f"Backported to main: {self.reference}."

    def subject(self, record: BugRecord) -> str:
        """The reference."""
        del record
        return self.reference
