"""What is planned or kept beside the moves: the way to users, the proper fix, attachments."""

from collections.abc import Iterable
from operator import attrgetter
from typing import ClassVar, Final, Literal

from tracker.model.bug_number import record_path
from tracker.model.deployment_plan import DeploymentPlan
from tracker.model.excerpt import Excerpt
from tracker.model.fix import FixState, RollbackPlan
from tracker.model.part import Line, Prose
from tracker.model.record import BugRecord
from tracker.model.report import Attachment, AttachmentKind
from tracker.workflow.action import Action, grown, renewed
from tracker.workflow.context import Context
from tracker.workflow.decision import Reason
from tracker.workflow.revision import Revision


class PlanDeployment(Revision):
    """Plan the deployment: when, in which steps, what is watched, when to roll back."""

    verb: ClassVar[str] = "plan-deployment"
    example: ClassVar[str] = "window=02:00 UTC steps=Run the migration"

    window: Line | None = None
    """When: a time of little traffic, a release window."""
    steps: tuple[Line, ...] = ()
    """What to do, in order; replaces the steps that were planned."""
    watch: tuple[Line, ...] = ()
    """What is watched during the deployment and after it."""
    rollback_plan: RollbackPlan | None = None
    """How to go back; replaces the plan of the fix."""
    clear: tuple[Literal["window", "steps"], ...] = ()
    """Fields to empty; what is left out stays as it was."""

    def conditions(self, record: BugRecord, context: Context) -> Iterable[Reason]:
        """There must be a fix to deploy."""
        del context
        yield from _has_fix(record)

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Set what is given; what is watched grows."""
        del context
        if record.fix is None:
            return record
        known = record.fix.deployment_plan or DeploymentPlan()
        old = known.model_copy(update=self.cleared(DeploymentPlan))
        plan = DeploymentPlan(
            window=self.window or old.window,
            steps=self.steps or old.steps,
            watch=grown(old.watch, self.watch),
        )
        way_back = self.rollback_plan or record.fix.rollback_plan
        fix = record.fix.model_copy(update={"deployment_plan": plan, "rollback_plan": way_back})
        return record.model_copy(update={"fix": fix})

    def subject(self, record: BugRecord) -> str:
        """When it is planned for."""
        del record
        return self.window or ""


_PROPER: Final = {
    "summary": "proper_fix",
    "pull_request": "proper_pull_request",
    "state": "proper_state",
}
"""Where the fix keeps what is said of the proper one."""


class UpdateProperFix(Revision):
    """Say what the later, proper fix is and how far it is."""

    verb: ClassVar[str] = "proper-fix"
    example: ClassVar[str] = "state=merged pull_request=PR #512"
    closed_too: ClassVar[bool] = True

    summary: Prose | None = None
    """What the proper fix is."""
    changes: tuple[Excerpt, ...] = ()
    """What it changes, place by place; one of the same place is replaced."""
    pull_request: Line | None = None
    """Its pull request."""
    state: FixState | None = None
    """How far it is."""
    clear: tuple[Literal["summary", "pull_request", "state"], ...] = ()
    """Fields to empty; what is left out stays as it was."""

    def conditions(self, record: BugRecord, context: Context) -> Iterable[Reason]:
        """There must be an immediate fix that it follows."""
        del context
        yield from _has_fix(record)

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Set what is given; changes grow."""
        del context
        old = record.fix
        if old is None:
            return record
        said = {
            place: getattr(self, name)
            for name, place in _PROPER.items()
            if getattr(self, name) is not None or name in self.clear
        }
        changes = renewed(old.proper_changes, self.changes, attrgetter("place"))
        fix = old.model_copy(update={**said, "proper_changes": changes})
        return record.model_copy(update={"fix": fix})

    def event(self, record: BugRecord, context: Context) -> str | None:
        """How far it is, when that was said."""
        del record, context
        if self.state is None:
            return None
        where = f" ({self.pull_request})" if self.pull_request else ""
        return f"Proper fix {self.state.words}{where}."

    def subject(self, record: BugRecord) -> str:
        """How far it is."""
        del record
        return self.state.words if self.state else ""


class AttachEvidence(Action):
    """Attach a screenshot, a video, a network capture or another file, or link to it."""

    verb: ClassVar[str] = "attach"
    example: ClassVar[str] = "name=error-page.png kind=screenshot"
    closed_too: ClassVar[bool] = True

    name: Line
    """File name below `bugs/<folder>/<ID>/`, or what the link leads to."""
    kind: AttachmentKind | None = None
    """What kind of evidence it is."""
    link: Line | None = None
    """Its address, when it is not kept beside the record."""
    description: Line | None = None
    """What it shows."""

    def conditions(self, record: BugRecord, context: Context) -> Iterable[Reason]:
        """A file without a link lies beside the record already."""
        beside = context.known.beside
        if self.link is None and beside is not None and self.name not in beside:
            folder = record_path(record.id).removesuffix(".yaml")
            sentence = (
                f"There is no file `{self.name}` in {folder}/: commit it there first, or give a "
                "link to it."
            )
            yield Reason(gate="attachment", sentence=sentence, field="link")

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Add it; one of the same name is replaced."""
        del context
        attachment = Attachment(
            name=self.name, kind=self.kind, link=self.link, description=self.description
        )
        attachments = renewed(record.report.attachments, (attachment,), attrgetter("name"))
        report = record.report.model_copy(update={"attachments": attachments})
        return record.model_copy(update={"report": report})

    def subject(self, record: BugRecord) -> str:
        """The name."""
        del record
        return self.name


def _has_fix(record: BugRecord) -> Iterable[Reason]:
    if record.fix is None:
        yield Reason(
            gate="strategy",
            sentence="No fix strategy is chosen: identify the root cause and choose one first.",
            remedy="identify",
            field="strategy",
        )
