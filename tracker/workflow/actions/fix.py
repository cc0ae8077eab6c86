"""Fix: what is changed, at what risk, held by which test."""

from typing import ClassVar, Literal, TypeAlias

from tracker.model.deployment_plan import DeploymentPlan
from tracker.model.excerpt import Excerpt
from tracker.model.fix import (
    ChangedFile,
    Design,
    Fix,
    FixState,
    Risk,
    RollbackPlan,
    Strategy,
)
from tracker.model.part import Line, Prose, Verbatim
from tracker.model.record import BugRecord
from tracker.workflow.action import Move
from tracker.workflow.context import Context
from tracker.workflow.next_fix import fix_to_hand_in
from tracker.workflow.revision import Revision

_Clearable: TypeAlias = Literal[
    "strategy_reason", "steps", "branch", "pull_request", "commits",
    "files", "code", "code_language", "excerpts", "design",
    "manual_checks", "deployment_plan", "rollback_plan", "breaking_changes", "compatibility",
    "proper_fix", "proper_changes", "proper_pull_request", "proper_state", "prevents",
    "technical_debt",
]  # fmt: skip


class FixDetails(Revision):
    """What is said of a fix when it is handed in."""

    verb: ClassVar[str] = ""

    strategy: Strategy | None = None
    """How it is fixed; the preliminary strategy when left out."""
    strategy_reason: Line | None = None
    """Why that way."""
    summary: Prose | None = None
    """What was changed."""
    steps: tuple[Line, ...] = ()
    """The solution, step by step."""
    branch: Line | None = None
    """The branch that holds it; that of the hotfix track when left out."""
    pull_request: Line | None = None
    """The pull request, as a title or address."""
    commits: tuple[Verbatim, ...] = ()
    """Commits: the hash, or the whole message."""
    files: tuple[ChangedFile, ...] = ()
    """Files it touches."""
    code: Verbatim | None = None
    """The heart of the change, before and after."""
    code_language: Line | None = None
    """The language of that code."""
    excerpts: tuple[Excerpt, ...] = ()
    """More of the change, place by place."""
    regression_test: Line | None = None
    """The test that fails without the fix."""
    risk: Risk | None = None
    """Answers to the risk questions."""
    design: Design | None = None
    """Answers to the design questions."""
    manual_checks: tuple[Line, ...] = ()
    """What has to be tried by hand."""
    deployment_plan: DeploymentPlan | None = None
    """How it is meant to reach users."""
    rollback_plan: RollbackPlan | None = None
    """How to go back."""
    breaking_changes: tuple[Line, ...] = ()
    """What breaks for users of the fix."""
    compatibility: tuple[Line, ...] = ()
    """What keeps working, and what users have to do."""
    proper_fix: Prose | None = None
    """The later, proper fix, where this one is only immediate."""
    proper_changes: tuple[Excerpt, ...] = ()
    """What the proper fix changes, place by place."""
    proper_pull_request: Line | None = None
    """The pull request of the proper fix."""
    proper_state: FixState | None = None
    """How far the proper fix is."""
    prevents: tuple[Line, ...] = ()
    """What else cannot happen any more once the fix is there."""
    technical_debt: Prose | None = None
    """Debt that the fix leaves behind."""
    clear: tuple[_Clearable, ...] = ()
    """Fields to empty; what is left out stays as it was."""

    def fix(self, record: BugRecord, context: Context) -> Fix | None:
        """What is said now, over what was said of this fix before; `None` lacks a strategy."""
        said = {
            name: getattr(self, name)
            for name in Fix.model_fields
            if name in self.model_fields_set and getattr(self, name) not in (None, ())
        }
        begun = record.fix or (Fix(strategy=self.strategy) if self.strategy else None)
        left = begun and begun.model_copy(update=self.cleared(Fix))
        old = fix_to_hand_in(record.model_copy(update={"fix": left}), self.branch)
        return old and old.model_copy(
            update={
                **said,
                "submitted_at": context.at,
                "submitted_by": context.actor,
            }
        )

    @classmethod
    def meets(cls, record: BugRecord, context: Context) -> frozenset[str]:
        """It may choose the strategy itself."""
        del record, context
        return frozenset({"strategy"})

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Set the fix."""
        return record.model_copy(update={"fix": self.fix(record, context)})

    def event(self, record: BugRecord, context: Context) -> str:
        """The strategy and where the change is."""
        del context
        fix = record.fix
        if fix is None:
            return "Fix submitted."
        where = fix.pull_request or fix.branch
        return f"Fix submitted for review ({fix.strategy.words}): {where}."

    def subject(self, record: BugRecord) -> str:
        """Where the change is."""
        fix = record.fix
        return (fix.pull_request or fix.branch or "") if fix else ""


class SubmitFix(FixDetails, Move):
    """Hand in the fix for review: summary, branch or pull request, risk, regression test."""

    verb: ClassVar[str] = "submit-fix"
    example: ClassVar[str] = (
        "summary=Both signatures are accepted branch=fix/both-signatures "
        "regression_test=test_old_app what_can_go_wrong=Nothing known "
        "rollback_plan.steps=Deploy v2.0.1"
    )
