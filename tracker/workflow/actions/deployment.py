"""Deploy, watch, verify, or go back."""

from collections.abc import Iterable
from typing import ClassVar

from tracker.model.checklist import ChecklistItem, merged
from tracker.model.deployment import Deployment, Monitoring, MonitoringSample
from tracker.model.documents import Resolution, ResolutionKind
from tracker.model.fix import Evidence, Result, RollbackPlan, Suite
from tracker.model.part import Line, Prose, Verbatim
from tracker.model.record import BugRecord
from tracker.workflow.action import Action, Move, grown
from tracker.workflow.context import Context
from tracker.workflow.decision import Reason
from tracker.workflow.evidence import with_evidence
from tracker.workflow.history import production_deployment
from tracker.workflow.watching import nothing_watched


class DeployFix(Move):
    """Record the deployment of the fix to production."""

    verb: ClassVar[str] = "deploy"
    example: ClassVar[str] = "v2.0.2"

    version: Line
    """What was deployed: a version, tag or image."""
    target: Line | None = None
    """The service or stack that was updated."""
    method: Line | None = None
    """How: emergency hotfix, fast-track, next release."""
    command: Verbatim | None = None
    """The command that did it."""
    steps: tuple[Line, ...] = ()
    """Steps of the deployment."""
    load_test_waived: Line | None = None
    """Why the load test is waived, where the severity allows that."""
    rollback_plan: RollbackPlan | None = None
    """How to go back, where the fix did not say so."""

    @classmethod
    def meets(cls, record: BugRecord, context: Context) -> frozenset[str]:
        """It may bring the rollback plan, and waive the load test where the severity allows it."""
        waivable = context.policy.rule(record.severity).load_test_waivable
        return frozenset({"rollback-plan", *(("load-test",) if waivable else ())})

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Add the deployment, the waiver and the rollback plan."""
        deployment = Deployment(
            at=context.at,
            by=context.actor,
            version=self.version,
            target=self.target,
            method=self.method,
            command=self.command,
            steps=self.steps,
        )
        fix = record.fix
        if fix is not None and self.rollback_plan is not None:
            fix = fix.model_copy(update={"rollback_plan": self.rollback_plan})
        deployed = record.model_copy(
            update={"deployments": (*record.deployments, deployment), "fix": fix}
        )
        if self.load_test_waived is None:
            return deployed
        waiver = Evidence(
            suite=Suite.LOAD, name="Load test", result=Result.WAIVED, detail=self.load_test_waived
        )
        return with_evidence(deployed, context, (waiver,))

    def event(self, record: BugRecord, context: Context) -> str:
        """What was deployed, where and how."""
        del record, context
        text = f"Deployed {self.version}"
        if self.target:
            text += f" to {self.target}"
        return f"{text} ({self.method})." if self.method else f"{text}."

    def subject(self, record: BugRecord) -> str:
        """The version."""
        del record
        return self.version


class CloseWithoutDeploy(Move):
    """Close a fix that needs no deployment of its own."""

    verb: ClassVar[str] = "close-without-deploy"
    example: ClassVar[str] = "Ships with the next regular release"

    reason: Prose
    """Why no separate deployment is needed."""

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Set the resolution."""
        resolution = Resolution(
            kind=ResolutionKind.NO_DEPLOYMENT,
            at=context.at,
            by=context.actor,
            reason=self.reason,
        )
        return record.model_copy(update={"resolution": resolution})

    def event(self, record: BugRecord, context: Context) -> str:
        """The reason."""
        del record, context
        return f"Closed without a deployment: {self.reason}"

    def subject(self, record: BugRecord) -> str:
        """The reason's first line."""
        del record
        return self.reason.splitlines()[0]


class RollBack(Move):
    """Take the fix out of production and go back to fixing."""

    verb: ClassVar[str] = "roll-back"
    example: ClassVar[str] = "Error rate rose to 4 %"

    reason: Line
    """What was seen."""

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Mark the running deployment as rolled back."""
        live = production_deployment(record)
        deployments = tuple(
            deployment.model_copy(
                update={"rolled_back_at": context.at, "rolled_back_because": self.reason}
            )
            if deployment is live
            else deployment
            for deployment in record.deployments
        )
        return record.model_copy(update={"deployments": deployments})

    def event(self, record: BugRecord, context: Context) -> str:
        """What was seen."""
        del record, context
        return f"Rolled back: {self.reason}"

    def subject(self, record: BugRecord) -> str:
        """The reason's first line."""
        del record
        return self.reason.splitlines()[0]


class MonitorFix(Action):
    """Record metrics and checks after the deployment."""

    verb: ClassVar[str] = "monitor"
    example: ClassVar[str] = "error_rate_before=100% error_rate_after=0%"

    error_rate_before: Line | None = None
    """The error rate while the bug was there."""
    error_rate_after: Line | None = None
    """The error rate now."""
    samples: tuple[MonitoringSample, ...] = ()
    """Other metrics."""
    immediate: tuple[ChecklistItem, ...] = ()
    """Checks within 15 minutes."""
    short_term: tuple[ChecklistItem, ...] = ()
    """Checks within 2 hours."""
    long_term: tuple[ChecklistItem, ...] = ()
    """Checks within 24 hours."""

    def conditions(self, record: BugRecord, context: Context) -> Iterable[Reason]:
        """Something new was read or looked at."""
        yield from super().conditions(record, context)
        yield from nothing_watched(record, self.apply(record, context))

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Add the samples; a check of the same text is replaced, but for a later tick."""
        old = record.monitoring
        monitoring = Monitoring(
            samples=grown(old.samples, self._samples(context)),
            immediate=merged(old.immediate, _dated(self.immediate, context)),
            short_term=merged(old.short_term, _dated(self.short_term, context)),
            long_term=merged(old.long_term, _dated(self.long_term, context)),
        )
        return record.model_copy(update={"monitoring": monitoring})

    def event(self, record: BugRecord, context: Context) -> str:
        """The metrics, or that checks were ticked, which counts from a deployment on."""
        said = [
            f"{sample.metric} {sample.before} → {sample.after}"
            if sample.before
            else f"{sample.metric} {sample.after}"
            for sample in self._samples(context)
        ]
        if said:
            return f"Monitoring: {'; '.join(said)}."
        if production_deployment(record) is None:
            return "Checks recorded while no fix is in production; they are open after it is."
        return "Checks after the deployment recorded."

    def subject(self, record: BugRecord) -> str:
        """The error rate now, or that checks were ticked."""
        del record
        return f"error rate {self.error_rate_after}" if self.error_rate_after else "checks"

    def _samples(self, context: Context) -> tuple[MonitoringSample, ...]:
        dated = tuple(
            sample.model_copy(update={"at": sample.at or context.at}) for sample in self.samples
        )
        if self.error_rate_after is None:
            return dated
        rate = MonitoringSample(
            metric="Error rate",
            before=self.error_rate_before,
            after=self.error_rate_after,
            at=context.at,
        )
        return (rate, *dated)


class VerifyFix(Move):
    """Confirm that the bug is gone, once the monitoring window is over."""

    verb: ClassVar[str] = "verify"
    example: ClassVar[str] = "No signature errors for 30 minutes"

    note: Prose | None = None
    """What shows that it is gone."""

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Nothing but the state changes."""
        del context
        return record

    def event(self, record: BugRecord, context: Context) -> str:
        """What shows that it is gone."""
        del record, context
        return f"Verified: {self.note}" if self.note else "Verified in production."

    def subject(self, record: BugRecord) -> str:
        """What shows that it is gone."""
        del record
        return self.note.splitlines()[0] if self.note else ""


def _dated(items: tuple[ChecklistItem, ...], context: Context) -> tuple[ChecklistItem, ...]:
    return tuple(
        item.model_copy(update={"by": item.by or context.actor, "at": item.at or context.at})
        if item.done
        else item
        for item in items
    )
