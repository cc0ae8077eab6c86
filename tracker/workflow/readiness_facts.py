"""What a record holds for each group of the readiness page, one line each."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from tracker.model.deployment import HotfixStep
from tracker.model.documents import Publication
from tracker.model.duration import in_words
from tracker.model.fix import Evidence, Result, Suite
from tracker.model.record import BugRecord
from tracker.workflow.concessions import current_waivers
from tracker.workflow.context import Context
from tracker.workflow.current_fix import current_approvals, current_evidence
from tracker.workflow.history import is_of_running_fix, production_deployment
from tracker.workflow.hotfix_progress import hotfix_steps
from tracker.workflow.readiness_group import Group

_APART: Final = (Suite.LOAD, Suite.SECURITY, Suite.MIGRATION)


def facts(group: Group, record: BugRecord, context: Context) -> tuple[str, ...]:
    """What speaks for the fix in this group."""
    return tuple(_FACTS[group](record, context))


def concession(gate: str, record: BugRecord, context: Context) -> str:
    """Why an unmet condition does not hold: somebody waived it, or the policy relaxes it."""
    for waiver in current_waivers(record):
        if waiver.gate == gate:
            return f"Waived by {waiver.by.name}: `{gate}`: {waiver.reason}"
    return f"Not applied by the policy: `{gate}`: {context.policy.relaxations.get(gate, '')}"


def _analysis(record: BugRecord, context: Context) -> Iterator[str]:
    del context
    if record.root_cause:
        yield f"Root cause: {record.root_cause.summary}"
    if record.fix:
        yield f"Strategy: {record.fix.strategy.words}"
        yield from (f"Breaking change: {change}" for change in record.fix.breaking_changes)
    if record.fix and record.fix.risk:
        yield f"What can go wrong: {record.fix.risk.what_can_go_wrong}"


def _tests(record: BugRecord, context: Context) -> Iterator[str]:
    del context
    return _runs(run for run in current_evidence(record) if run.suite not in _APART)


def _suite(suite: Suite) -> Callable[[BugRecord, Context], Iterator[str]]:
    def told(record: BugRecord, context: Context) -> Iterator[str]:
        del context
        return _runs(run for run in current_evidence(record) if run.suite is suite)

    return told


def _runs(runs: Iterable[Evidence]) -> Iterator[str]:
    for run in runs:
        if run.result is Result.FAILED:
            continue  # a gate says so
        before = ", seen failing before the fix" if run.failed_before_fix else ""
        detail = f" ({run.detail})" if run.detail else ""
        yield f"{run.suite.capitalize()}: {run.name}: {run.result}{before}{detail}"


def _review(record: BugRecord, context: Context) -> Iterator[str]:
    del context
    for review in current_approvals(record):
        yield f"Approved by {review.by.name}{' as a senior' if review.senior else ''}"


def _migration(record: BugRecord, context: Context) -> Iterator[str]:
    yield from _suite(Suite.MIGRATION)(record, context)
    if record.fix:
        yield from (f"Compatibility: {line}" for line in record.fix.compatibility)


def _deployment(record: BugRecord, context: Context) -> Iterator[str]:
    del context
    if record.fix and (source := record.fix.pull_request or record.fix.branch):
        yield f"From {source}"
    plan = record.fix.deployment_plan if record.fix else None
    if plan and plan.window:
        yield f"When: {plan.window}"
    if plan:
        yield from (f"Step: {step}" for step in plan.steps)
    if record.release_notes and record.release_notes.deployment_type:
        yield f"Way: {record.release_notes.deployment_type}"
    for done in record.deployments:
        back = ", rolled back" if done.rolled_back_at else ""
        yield f"{done.version} on {done.stage} at {done.at:%Y-%m-%d %H:%M %Z}{back}"
    if record.hotfix and record.hotfix.backport and HotfixStep.BACKPORT in hotfix_steps(record):
        yield f"Backported with {record.hotfix.backport}"


def _rollback(record: BugRecord, context: Context) -> Iterator[str]:
    del context
    plan = record.fix.rollback_plan if record.fix else None
    if plan is None:
        return
    yield from (f"Trigger: {trigger}" for trigger in plan.triggers)
    if not plan.triggers:
        yield "No trigger is named; whoever watches the deployment decides"
    yield from (f"Step: {step}" for step in plan.steps)
    if plan.duration:
        yield f"Takes {plan.duration}"


def _monitoring(record: BugRecord, context: Context) -> Iterator[str]:
    window = context.policy.rule(record.severity).monitor_for
    if window:
        live = production_deployment(record)
        since = f" from {live.at:%Y-%m-%d %H:%M %Z}" if live else " after the deployment"
        yield f"Watched for {in_words(window)}{since}"
    if record.fix and record.fix.deployment_plan:
        yield from (f"Watch: {what}" for what in record.fix.deployment_plan.watch)
    seen = (each for each in record.monitoring.samples if is_of_running_fix(record, each.at))
    for sample in seen:
        before = f"{sample.before} → " if sample.before else ""
        yield f"{sample.metric}: {before}{sample.after}"


def _documents(record: BugRecord, context: Context) -> Iterator[str]:
    del context
    if record.release_notes:
        yield f"Release notes: {_state(record.release_notes.published)}"
    if record.postmortem:
        yield f"Post-mortem: {_state(record.postmortem.published)}"


def _state(published: tuple[Publication, ...]) -> str:
    return f"published as {published[-1].version}" if published else "written, not published"


_FACTS: Final[dict[Group, Callable[[BugRecord, Context], Iterator[str]]]] = {
    Group.ANALYSIS: _analysis,
    Group.TESTS: _tests,
    Group.REVIEW: _review,
    Group.LOAD: _suite(Suite.LOAD),
    Group.SECURITY: _suite(Suite.SECURITY),
    Group.MIGRATION: _migration,
    Group.DEPLOYMENT: _deployment,
    Group.ROLLBACK: _rollback,
    Group.MONITORING: _monitoring,
    Group.DOCUMENTS: _documents,
}
