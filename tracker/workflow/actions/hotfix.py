"""The hotfix track: eight steps that drive the lifecycle and skip no gate (workflow §3)."""

from collections.abc import Iterable
from typing import ClassVar

from tracker.model.bug_id import IncidentId, number_of
from tracker.model.checklist import ChecklistItem, merged
from tracker.model.deployment import Hotfix, HotfixStep, StepTaken
from tracker.model.fix import Evidence
from tracker.model.part import Line, Verbatim
from tracker.model.person import Person
from tracker.model.record import BugRecord
from tracker.model.status import Status
from tracker.workflow.action import Action
from tracker.workflow.actions.deployment import DeployFix, MonitorFix
from tracker.workflow.actions.fix import ApproveFix, FixDetails
from tracker.workflow.context import Context
from tracker.workflow.decision import Reason
from tracker.workflow.evidence import with_evidence
from tracker.workflow.gates.fix import regression_test_proves_the_fix, suites_have_passed
from tracker.workflow.history import hotfix_steps


class _Step(Action):
    """One step of the track."""

    step: ClassVar[HotfixStep]

    run: Verbatim | None = None
    """The commands that were run."""

    def conditions(self, record: BugRecord, context: Context) -> Iterable[Reason]:
        """The steps before it must be taken."""
        yield from super().conditions(record, context)
        taken = hotfix_steps(record)
        steps = list(HotfixStep)
        for earlier in steps[: steps.index(self.step)]:
            if earlier not in taken:
                yield Reason(
                    gate="hotfix-order",
                    sentence=f"The hotfix step `{earlier}` comes before `{self.step}`: do it first.",
                    remedy=f"hotfix-{earlier}",
                )
                return

    def taken(self, record: BugRecord, context: Context, detail: str | None = None) -> BugRecord:
        """The record with this step marked as taken."""
        if record.hotfix is None:
            return record
        step = StepTaken(
            step=self.step,
            at=context.at,
            by=context.actor,
            detail=detail[:300].replace("\n", " ") if detail else None,
            command=self.run,
        )
        hotfix = record.hotfix.model_copy(update={"steps": (*record.hotfix.steps, step)})
        return record.model_copy(update={"hotfix": hotfix})


class DeclareIncident(_Step):
    """Declare the incident: its number, its commander, its channel, who is told."""

    verb: ClassVar[str] = "hotfix-declare"
    example: ClassVar[str] = "commander=@lead channel=#inc-2026-0007"
    step: ClassVar[HotfixStep] = HotfixStep.DECLARE

    incident: IncidentId | None = None
    """The incident's number; made from the year and the bug's number when left out."""
    commander: Person | None = None
    """Who leads the response; you, when left out."""
    channel: Line | None = None
    """The incident's channel."""
    stakeholders: tuple[Line, ...] = ()
    """Who was told."""
    reason: Line | None = None
    """Why a bug below P1 is hotfixed."""

    def conditions(self, record: BugRecord, context: Context) -> Iterable[Reason]:
        """A severity is needed; below P1 a reason too; and no second declaration."""
        rule = context.policy.rule(record.severity)
        if record.severity is None:
            yield Reason(
                gate="severity",
                sentence=f"{record.id} has no severity: triage it first.",
                remedy="triage",
                field="severity",
            )
        elif rule.hotfix == "with_reason" and not self.reason:
            yield Reason(
                gate="hotfix-reason",
                sentence=f"A {record.severity} is hotfixed only with a reason: give it.",
                field="reason",
            )
        if record.hotfix is not None:
            yield Reason(
                gate="hotfix-declared",
                sentence=(
                    f"{record.hotfix.incident} is declared for {record.id} already: "
                    "go on with the next step."
                ),
            )

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Open the track with its checklist."""
        if record.hotfix is not None:
            return record
        hotfix = Hotfix(
            incident=self.incident or f"INC-{context.at.year}-{number_of(record.id):04d}",
            commander=self.commander or context.actor,
            channel=self.channel,
            stakeholders=self.stakeholders,
            reason=self.reason,
            checklist=tuple(ChecklistItem(text=text) for text in context.policy.checklists.hotfix),
        )
        return self.taken(record.model_copy(update={"hotfix": hotfix}), context)

    def event(self, record: BugRecord, context: Context) -> str:
        """The incident and its commander."""
        del context
        if record.hotfix is None:
            return "Incident declared."
        return f"{record.hotfix.incident} declared, commander {record.hotfix.commander.name}."

    def subject(self, record: BugRecord) -> str:
        """The incident."""
        return record.hotfix.incident if record.hotfix else ""


class CreateBranch(_Step):
    """Create the hotfix branch from the production ref."""

    verb: ClassVar[str] = "hotfix-branch"
    example: ClassVar[str] = "hotfix/rate-limit-redis-failover base=v2.0.1"
    step: ClassVar[HotfixStep] = HotfixStep.BRANCH

    branch: Line
    """The branch: `hotfix/<slug>`."""
    base: Line = "main"
    """The production ref that it starts from."""

    def conditions(self, record: BugRecord, context: Context) -> Iterable[Reason]:
        """Hotfix branches say so in their names."""
        yield from super().conditions(record, context)
        if not self.branch.startswith("hotfix/"):
            yield Reason(
                gate="hotfix-branch",
                sentence=f"`{self.branch}` does not begin with `hotfix/`: rename the branch.",
                field="branch",
            )

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Set branch and base."""
        if record.hotfix is None:
            return record
        hotfix = record.hotfix.model_copy(update={"branch": self.branch, "base": self.base})
        return self.taken(record.model_copy(update={"hotfix": hotfix}), context, self.branch)

    def event(self, record: BugRecord, context: Context) -> str:
        """The branch and where it starts."""
        del record, context
        return f"Branch {self.branch} created from {self.base}."

    def subject(self, record: BugRecord) -> str:
        """The branch."""
        del record
        return self.branch


class ImplementHotfix(_Step, FixDetails):
    """Hand in the minimal fix; the branch is that of the track."""

    verb: ClassVar[str] = "hotfix-implement"
    example: ClassVar[str] = ""
    step: ClassVar[HotfixStep] = HotfixStep.IMPLEMENT

    def moves(self, record: BugRecord, context: Context) -> tuple[str, ...]:
        """Into review."""
        del record, context
        return ("submit-fix",)

    def conditions(self, record: BugRecord, context: Context) -> Iterable[Reason]:
        """Commits follow the hotfix convention: subject and `Incident:` trailer."""
        yield from super().conditions(record, context)
        incident = record.hotfix.incident if record.hotfix else ""
        for commit in self.commits:
            if "\n" not in commit and " " not in commit:
                continue
            if not commit.startswith("hotfix(") or f"Incident: {incident}" not in commit:
                yield Reason(
                    gate="hotfix-commit",
                    sentence=(
                        f"The commit `{commit.splitlines()[0]}` does not follow the convention: "
                        f"begin with `hotfix(<scope>): ` and end with `Incident: {incident}`."
                    ),
                    field="commits",
                )

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Set the fix, on the track's branch when no other is named."""
        fix = self.fix(record, context)
        if fix is not None and fix.branch is None and record.hotfix is not None:
            fix = fix.model_copy(update={"branch": record.hotfix.branch})
        detail = self.commits[0].splitlines()[0] if self.commits else self.summary
        return self.taken(record.model_copy(update={"fix": fix}), context, detail)


class TestHotfix(_Step):
    """Run the critical suites only, and record command and result."""

    verb: ClassVar[str] = "hotfix-test"
    example: ClassVar[str] = ""
    step: ClassVar[HotfixStep] = HotfixStep.TEST

    tests: tuple[Evidence, ...]
    """The runs."""

    def moves(self, record: BugRecord, context: Context) -> tuple[str, ...]:
        """Out of testing, when the review came first."""
        del context
        return ("pass-tests",) if record.status is Status.TESTING else ()

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Add the runs."""
        detail = "; ".join(f"{run.name}: {run.result}" for run in self.tests)
        return self.taken(with_evidence(record, context, self.tests), context, detail)

    def event(self, record: BugRecord, context: Context) -> str:
        """Each run with its result."""
        del record, context
        return "Rapid tests: " + "; ".join(f"{run.name} {run.result}" for run in self.tests) + "."


class ReviewHotfix(_Step, ApproveFix):
    """Approve the hotfix in an expedited review; with its tests recorded it is ready to deploy."""

    verb: ClassVar[str] = "hotfix-review"
    example: ClassVar[str] = "Minimal and safe"
    step: ClassVar[HotfixStep] = HotfixStep.REVIEW

    def moves(self, record: BugRecord, context: Context) -> tuple[str, ...]:
        """Through review, and through testing when the evidence is there."""
        approve = "approve" if super().moves(record, context) else None
        if approve is None:
            return ()
        tested = not (
            *regression_test_proves_the_fix(record, context),
            *suites_have_passed(record, context),
        )
        return (approve, "pass-tests") if tested else (approve,)

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Add the review and mark the step."""
        return self.taken(super().apply(record, context), context, self.comment)


class DeployHotfix(_Step, DeployFix):
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


class MonitorHotfix(_Step, MonitorFix):
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


class BackportHotfix(_Step):
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

    def event(self, record: BugRecord, context: Context) -> str:
        """Where the fix went to main."""
        del record, context
        return f"Backported to main: {self.reference}."

    def subject(self, record: BugRecord) -> str:
        """The reference."""
        del record
        return self.reference
