"""Fix, review and test: from a root cause to evidence that it is gone."""

from collections.abc import Iterable
from typing import ClassVar

from tracker.model.fix import (
    ChangedFile,
    Evidence,
    Fix,
    Review,
    ReviewVerdict,
    Risk,
    RollbackPlan,
    Strategy,
)
from tracker.model.part import Line, Prose, Verbatim
from tracker.model.record import BugRecord
from tracker.workflow.action import Action, Move
from tracker.workflow.context import Context
from tracker.workflow.decision import Reason
from tracker.workflow.evidence import with_evidence
from tracker.workflow.gates.fix import (
    approvals_suffice,
    nobody_approves_their_own_fix,
)
from tracker.workflow.transitions import TRANSITIONS


class FixDetails(Action):
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
    """The branch that holds it."""
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
    regression_test: Line | None = None
    """The test that fails without the fix."""
    risk: Risk | None = None
    """Answers to the risk questions."""
    rollback_plan: RollbackPlan | None = None
    """How to go back."""
    breaking_changes: tuple[Line, ...] = ()
    """What breaks for users of the fix."""
    compatibility: tuple[Line, ...] = ()
    """What keeps working, and what users have to do."""
    proper_fix: Prose | None = None
    """The later, proper fix, where this one is only immediate."""
    technical_debt: Prose | None = None
    """Debt that the fix leaves behind."""

    def fix(self, record: BugRecord, context: Context) -> Fix | None:
        """The fix with everything said now, over what was said before; `None` lacks a strategy."""
        said = {
            name: getattr(self, name)
            for name in Fix.model_fields
            if name in self.model_fields_set and getattr(self, name) not in (None, ())
        }
        if record.fix is None and self.strategy is None:
            return None
        old = record.fix or Fix(strategy=self.strategy or Strategy.PROPER_FIX)
        return old.model_copy(
            update={**said, "submitted_at": context.at, "submitted_by": context.actor}
        )

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
    example: ClassVar[str] = ""


class ApproveFix(Action):
    """Approve the fix; it goes on to testing once the severity's approvals are there."""

    verb: ClassVar[str] = "approve"
    example: ClassVar[str] = "Looks right, minimal change"

    comment: Prose | None = None
    """What you checked."""
    link: Line | None = None
    """Where the review is."""

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Add an approving review."""
        return _reviewed(record, context, ReviewVerdict.APPROVED, self.comment, self.link)

    def conditions(self, record: BugRecord, context: Context) -> Iterable[Reason]:
        """Nobody approves their own fix, and only a fix in review."""
        if "approve" not in TRANSITIONS[record.status]:
            return ()
        return tuple(nobody_approves_their_own_fix(self.apply(record, context), context))

    def moves(self, record: BugRecord, context: Context) -> tuple[str, ...]:
        """On to testing, unless another approval is still needed."""
        in_review = "approve" in TRANSITIONS[record.status]
        enough = not tuple(approvals_suffice(record, context))
        return (self.verb,) if enough or not in_review else ()

    def event(self, record: BugRecord, context: Context) -> str:
        """Who approved, and which approval is still needed."""
        text = f"Approved by {context.actor.name}."
        if self.comment:
            text += f" {self.comment}"
        missing = " ".join(reason.sentence for reason in approvals_suffice(record, context))
        return f"{text} {missing}" if missing else text

    def subject(self, record: BugRecord) -> str:
        """The reviewer's name."""
        return f"by {record.reviews[-1].by.name}" if record.reviews else ""


class RequestChanges(Move):
    """Send the fix back with a reason."""

    verb: ClassVar[str] = "request-changes"
    example: ClassVar[str] = "The old client is not covered by a test"

    reason: Prose
    """What has to change."""
    link: Line | None = None
    """Where the review is."""

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Add a review that asks for changes."""
        return _reviewed(record, context, ReviewVerdict.CHANGES_REQUESTED, self.reason, self.link)

    def event(self, record: BugRecord, context: Context) -> str:
        """The reason."""
        del record, context
        return f"Changes requested: {self.reason}"


class PassTests(Move):
    """Record that the tests pass, among them the regression test that failed before the fix."""

    verb: ClassVar[str] = "pass-tests"
    example: ClassVar[str] = ""

    tests: tuple[Evidence, ...] = ()
    """Test runs, beside those recorded already."""

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Add the runs."""
        return with_evidence(record, context, self.tests)

    def event(self, record: BugRecord, context: Context) -> str:
        """How many runs there are."""
        del record, context
        named = ", ".join(run.name for run in self.tests)
        return f"Tests passed: {named}." if named else "Tests passed."


class FailTests(Move):
    """The bug persists: back to the fix."""

    verb: ClassVar[str] = "fail-tests"
    example: ClassVar[str] = "Old app still gets Invalid signature"

    reason: Prose
    """What failed."""
    tests: tuple[Evidence, ...] = ()
    """The runs that failed."""

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Add the runs."""
        return with_evidence(record, context, self.tests)

    def event(self, record: BugRecord, context: Context) -> str:
        """What failed."""
        del record, context
        return f"Bug persists: {self.reason}"


class Regress(FailTests):
    """The load test shows a regression: back to the fix."""

    verb: ClassVar[str] = "regress"
    example: ClassVar[str] = "p99 doubled under load"

    def event(self, record: BugRecord, context: Context) -> str:
        """What regressed."""
        del record, context
        return f"Regression under load: {self.reason}"


class AddEvidence(Action):
    """Record test runs: load test, smoke tests, anything that shows the fix works or does not."""

    verb: ClassVar[str] = "evidence"
    example: ClassVar[str] = ""

    tests: tuple[Evidence, ...]
    """The runs; a waived one gives its reason as detail."""

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Add the runs."""
        return with_evidence(record, context, self.tests)

    def event(self, record: BugRecord, context: Context) -> str:
        """Each run with its result."""
        del record, context
        return "Evidence: " + "; ".join(f"{run.name} {run.result}" for run in self.tests) + "."


def _reviewed(
    record: BugRecord,
    context: Context,
    verdict: ReviewVerdict,
    comment: str | None,
    link: str | None,
) -> BugRecord:
    review = Review(
        at=context.at,
        by=context.actor,
        senior=context.policy.holds(context.actor, "senior"),
        verdict=verdict,
        comment=comment,
        link=link,
    )
    return record.model_copy(update={"reviews": (*record.reviews, review)})
