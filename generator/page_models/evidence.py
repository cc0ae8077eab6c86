"""What shows that the fix works: tests, reviews, deployments and what was watched afterwards."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from generator.page_models.blocks import (
    Checklist,
    Table,
    Tick,
    bullets,
    checklist,
    label,
    narrative,
    table,
    verbatim,
)
from generator.page_models.inline import (
    Badge,
    Cell,
    Code,
    Value,
    cell,
    joined,
    link_to,
    sentence_case,
)
from generator.page_models.page import Block, Section, section
from tracker.model.checklist import ChecklistItem
from tracker.model.deployment import Deployment, Monitoring
from tracker.model.fix import Evidence, Result, Review
from tracker.model.record import BugRecord
from tracker.workflow.history import standing_checks

_OUTDATED: Final = "Open again: the tick is not of the present deployment. "


def testing_performed(record: BugRecord) -> Section | None:
    """The runs before and after the deployment as checklists, then each run in full."""
    before = tuple(run for run in record.tests if not run.after_deployment)
    after = tuple(run for run in record.tests if run.after_deployment)
    return section(
        "Testing Performed",
        section("Before Deployment", _ticks(before)),
        section("After Deployment", _ticks(after)),
    )


def all_runs(record: BugRecord) -> Section | None:
    """Every run with its command, its place and who ran it."""
    return section(
        "Test Runs",
        table(
            "Test runs of this bug",
            ("Test", "Kind", "Result", "Failed before fix", "Where", "Detail", "By", "Time"),
            (_run(run) for run in record.tests),
            tuple(f"test-{run.key}" if run.key else "" for run in record.tests),
        ),
        *_commands(record),
    )


def reviews(record: BugRecord) -> Section | None:
    """Every review with what the reviewer wrote."""
    blocks: list[Block | None] = [
        table(
            "Reviews of the fix",
            ("Reviewer", "Verdict", "Senior", "Time", "Review"),
            (_review(review) for review in record.reviews),
        )
    ]
    for review in record.reviews:
        if review.comment:
            blocks.extend((label(f"{review.by.name} wrote"), narrative(review.comment)))
    return section("Reviews", *blocks)


def deployments(record: BugRecord, *, steps: bool = True) -> Section | None:
    """Every deployment with its command, and with its steps where they are not told already."""
    blocks: list[Block | None] = [
        table(
            "Deployments of the fix",
            ("Time", "Stage", "Version", "Target", "Method", "By", "Rolled back", "Because"),
            (_deployment(deployment) for deployment in record.deployments),
        )
    ]
    for deployment in record.deployments:
        if steps:
            blocks.append(bullets(deployment.steps, "ordered"))
        name = f"Deployment of {deployment.version} to {deployment.stage}"
        blocks.append(verbatim(deployment.command, "bash", label=name))
    return section("Deployments", *blocks)


def post_deployment(record: BugRecord) -> Section | None:
    """The post-deployment checklist and the metrics that were read (seed 003, phase 4)."""
    monitoring = record.monitoring
    return section(
        "Post-Deployment Checklist",
        section("Immediate (15 minutes)", _checks(record, monitoring.immediate)),
        section("Short-term (2 hours)", _checks(record, monitoring.short_term)),
        section("Long-term (24 hours)", _checks(record, monitoring.long_term)),
        section("Monitoring", samples(monitoring)),
    )


def _checks(record: BugRecord, items: tuple[ChecklistItem, ...]) -> Checklist | None:
    shown = checklist(standing_checks(record, items))
    if shown is None:
        return None
    ticks = (
        replace(tick, note=(_OUTDATED, *tick.note)) if item.done and not tick.done else tick
        for item, tick in zip(items, shown.items, strict=True)
    )
    return Checklist(items=tuple(ticks))


def samples(monitoring: Monitoring) -> Table | None:
    """Metrics before and after the fix."""
    return table(
        "Metrics before the fix and after it",
        ("Metric", "Before", "After", "Read at"),
        ((sample.metric, sample.before, sample.after, sample.at) for sample in monitoring.samples),
    )


def _ticks(runs: Iterable[Evidence]) -> Checklist | None:
    items = tuple(
        Tick(
            content=cell(run.name),
            done=run.result is Result.PASSED,
            note=_tick_note(run),
        )
        for run in runs
    )
    return Checklist(items=items) if items else None


def _tick_note(run: Evidence) -> Cell:
    result = sentence_case(run.result.value) if run.result is not Result.PASSED else None
    return joined((result, run.detail))


def _run(run: Evidence) -> tuple[Value, ...]:
    return (
        joined((run.name, link_to("Output", run.link) if run.link else None), " · "),
        sentence_case(run.suite.value),
        Badge(family="result", value=run.result.value, words=sentence_case(run.result.value)),
        "Yes" if run.failed_before_fix else None,
        run.stage,
        run.detail,
        run.by,
        run.at,
    )


def _commands(record: BugRecord) -> tuple[Block, ...]:
    language = (record.fix.code_language if record.fix else None) or "python"
    shown: list[Block | None] = []
    for run in record.tests:
        shown.append(verbatim(run.command, "bash", label=run.name))
        shown.append(verbatim(run.code, language, label=f"{run.name}, the test"))
    return tuple(block for block in shown if block is not None)


def _review(review: Review) -> tuple[Value, ...]:
    return (
        review.by,
        sentence_case(review.verdict.value.replace("_", " ")),
        "Yes" if review.senior else None,
        review.at,
        link_to("Review", review.link) if review.link else None,
    )


def _deployment(deployment: Deployment) -> tuple[Value, ...]:
    return (
        deployment.at,
        sentence_case(deployment.stage),
        Code(text=deployment.version),
        deployment.target,
        deployment.method,
        deployment.by,
        deployment.rolled_back_at,
        deployment.rolled_back_because,
    )
