"""Conditions for leaving the fix phase: described, reviewed, tested."""

from collections.abc import Iterable

from tracker.model.fix import Result, Suite
from tracker.model.record import BugRecord
from tracker.workflow.context import Context
from tracker.workflow.current_fix import current_approvals, current_evidence
from tracker.workflow.decision import Reason


def fix_is_described(record: BugRecord, context: Context) -> Iterable[Reason]:
    """A review needs to know what changed, where, at what risk and by which test it is held."""
    del context
    fix = record.fix
    missing = {
        "summary": ("The fix has no summary: say what was changed.", fix and fix.summary),
        "branch": (
            "The fix names no branch and no pull request: name one of them.",
            fix and (fix.branch or fix.pull_request),
        ),
        "risk": ("The risk of the fix is not answered: say what can go wrong.", fix and fix.risk),
        "regression_test": (
            "The fix names no regression test: name the test that fails without it.",
            fix and fix.regression_test,
        ),
    }
    for field, (sentence, value) in missing.items():
        if not value:
            yield Reason(gate=field, sentence=sentence, remedy="submit-fix", field=field)


def nobody_approves_their_own_fix(record: BugRecord, context: Context) -> Iterable[Reason]:
    """The author's consent to their own work is no review."""
    del context
    author = record.fix.submitted_by if record.fix else None
    if author is not None and any(review.by == author for review in current_approvals(record)):
        yield Reason(
            gate="own-fix",
            sentence=f"{author.name} wrote this fix and cannot approve it: ask somebody else.",
        )


def approvals_suffice(record: BugRecord, context: Context) -> Iterable[Reason]:
    """As many approvals as the severity asks for, one of them by a senior where it does."""
    rule = context.policy.rule(record.severity)
    approvals = current_approvals(record)
    if len(approvals) < rule.approvals:
        reviews = "review" if rule.approvals == 1 else "reviews"
        yield Reason(
            gate="approvals",
            sentence=(
                f"{record.severity} needs {rule.approvals} approving {reviews} and has "
                f"{len(approvals)}: ask for another review."
            ),
            remedy="approve",
        )
    if rule.senior_approval and not any(review.senior for review in approvals):
        yield Reason(
            gate="senior-approval",
            sentence=f"{record.severity} needs the approval of a senior: ask one to review.",
            remedy="approve",
        )


def regression_test_proves_the_fix(record: BugRecord, context: Context) -> Iterable[Reason]:
    """A passing regression test that was seen failing before the fix."""
    del context
    if not any(
        run.suite is Suite.REGRESSION and run.result is Result.PASSED and run.failed_before_fix
        for run in current_evidence(record)
    ):
        yield Reason(
            gate="regression-test",
            sentence=(
                "No regression test is recorded that failed before the fix and passes now: "
                "record it as evidence."
            ),
            remedy="pass-tests",
            field="tests",
        )


def suites_have_passed(record: BugRecord, context: Context) -> Iterable[Reason]:
    """The suites that the severity asks for, and no suite failing (no deployment without tests)."""
    newest = {(run.suite, run.name): run for run in current_evidence(record)}
    passed = {run.suite for run in newest.values() if run.result is Result.PASSED}
    for suite in context.policy.rule(record.severity).suites:
        if suite not in passed:
            yield Reason(
                gate=f"suite-{suite}",
                sentence=f"{record.severity} needs passing {suite} tests: record their result.",
                remedy="pass-tests",
                field="tests",
            )
    for run in newest.values():
        if run.result is Result.FAILED:
            yield Reason(
                gate="failing-test",
                sentence=f"`{run.name}` failed last time: run it again and record the result.",
                remedy="fail-tests",
                field="tests",
            )
