"""Conditions around the deployment: load test, way back, notes, staging, monitoring."""

from collections.abc import Iterable
from typing import Final

from tracker.model.fix import Result, Suite
from tracker.model.record import BugRecord
from tracker.model.status import Status
from tracker.workflow.context import Context
from tracker.workflow.current_fix import current_evidence
from tracker.workflow.decision import Reason
from tracker.workflow.history import production_deployment

_RESULT_OR_WAIVER: Final = (
    "record its result, or waive it with a reason when you deploy (`load_test_waived=…`, in a "
    "terminal `--load-test-waived …`)"
)


def load_test_is_settled(record: BugRecord, context: Context) -> Iterable[Reason]:
    """Passed, or waived with a reason where the severity allows it (P0, P3)."""
    rule = context.policy.rule(record.severity)
    runs = [run for run in current_evidence(record) if run.suite is Suite.LOAD]
    newest = runs[-1] if runs else None
    if newest is not None and newest.result is Result.PASSED:
        return
    if newest is not None and newest.result is Result.WAIVED:
        if not rule.load_test_waivable:
            yield Reason(
                gate="load-test",
                sentence=f"The load test of a {record.severity} cannot be waived: run it.",
                remedy="evidence",
                field="load_test",
            )
        elif not newest.detail:
            yield Reason(
                gate="load-test",
                sentence="The load test is waived without a reason: give the reason.",
                remedy="evidence",
                field="load_test",
            )
        return
    choice = _RESULT_OR_WAIVER if rule.load_test_waivable else "run it"
    yield Reason(
        gate="load-test",
        sentence=f"The load test has not passed: {choice}.",
        remedy="evidence",
        field="load_test",
    )


def rollback_is_planned(record: BugRecord, context: Context) -> Iterable[Reason]:
    """Nobody deploys without a way back."""
    del context
    if record.fix is None or record.fix.rollback_plan is None:
        yield Reason(
            gate="rollback-plan",
            sentence="There is no rollback plan: say how to go back.",
            remedy="deploy" if record.status is Status.LOAD_TEST else "submit-fix",
            field="rollback_steps",
        )


def release_notes_are_written(record: BugRecord, context: Context) -> Iterable[Reason]:
    """P1 and P2 have their release notes before the deployment; P0 within two hours after it."""
    rule = context.policy.rule(record.severity)
    if rule.release_notes == "before" and record.release_notes is None:
        yield Reason(
            gate="release-notes",
            sentence=f"{record.severity} needs release notes before the deployment: write them.",
            remedy="release-notes",
            field="release_notes",
        )


def staging_was_tried(record: BugRecord, context: Context) -> Iterable[Reason]:
    """P1 goes through staging first."""
    if not context.policy.rule(record.severity).staging_smoke_test:
        return
    if not any(
        run.suite is Suite.SMOKE and run.stage == "staging" and run.result is Result.PASSED
        for run in current_evidence(record)
    ):
        yield Reason(
            gate="staging",
            sentence=f"{record.severity} needs a passing smoke test on staging: record it.",
            remedy="evidence",
            field="tests",
        )


def monitoring_window_is_over(record: BugRecord, context: Context) -> Iterable[Reason]:
    """Production was watched as long as the severity asks."""
    deployment = production_deployment(record)
    window = context.policy.rule(record.severity).monitor_for
    if deployment is None:
        yield Reason(
            gate="deployment",
            sentence="No deployment to production is recorded: deploy the fix first.",
            remedy="deploy",
        )
    elif context.at < deployment.at + window:
        ends = (deployment.at + window).astimezone(context.at.tzinfo)
        yield Reason(
            gate="monitoring-window",
            sentence=(
                f"The monitoring window of a {record.severity} lasts until "
                f"{ends:%Y-%m-%d %H:%M:%S %Z}: verify after that."
            ),
        )
