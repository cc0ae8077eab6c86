"""Gather evidence on a bug: similar bugs, its components' code, what its logs repeat, checks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from tracker.model.bug_id import record_path
from tracker.model.investigation import InvestigationStep
from tracker.model.policy import Component, Policy
from tracker.model.record import BugRecord
from tracker.operations.code_evidence import Traces, code_evidence
from tracker.operations.findings import evidence
from tracker.operations.intake import Intake, allowed_texts
from tracker.operations.log_patterns import MOST_LINES, LogPattern, LogSummary, summarise
from tracker.operations.similar_bugs import bugs_like
from tracker.store.bug_store import BugStore
from tracker.store.git_errors import RepositoryError
from tracker.workflow.actions.investigation import PlanInvestigation
from tracker.workflow.error_text import frames_of, phrases_of
from tracker.workflow.new_evidence import new_steps

_SIMILAR: Final = 5
_PATTERNS: Final = 15
_FEWEST: Final = 3  # lines; less than that repeats nothing
_LOG_NAMES: Final = (".log", ".txt", ".out", ".err", ".jsonl")
_FRAME_LINES: Final = 20_000
_TITLE, _LONGEST = 300, 20_000  # what a step keeps


@dataclass(frozen=True, kw_only=True)
class Log:
    """A log and the name that people know it by."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Inquiry:
    """What is investigated: `since` when the start is another than the record says.

    `folder` is where relative paths of the policy are meant from.
    """

    record: BugRecord
    folder: Path
    log: Log | None = None
    since: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """What was found and the record does not hold yet; sentences on what was not looked at."""

    plan: PlanInvestigation | None
    remarks: tuple[str, ...]
    secrets: tuple[str, ...]
    """Kinds of secrets that were taken out of it."""


def investigate(
    store: BugStore, intake: Intake, revision: str | None, inquiry: Inquiry
) -> Gathered:
    """Gather all evidence there is; nothing is written, and only repositories here are read."""
    found = tuple(_gather(store, revision, inquiry))
    steps = tuple(item for item in found if isinstance(item, InvestigationStep))
    safe = intake.take(PlanInvestigation(steps=steps), allowed_texts(store, revision))
    fresh = new_steps(
        inquiry.record.investigation.steps, PlanInvestigation.model_validate(safe.action).steps
    )
    return Gathered(
        plan=PlanInvestigation(steps=fresh) if fresh else None,
        remarks=tuple(item for item in found if isinstance(item, str)),
        secrets=safe.secrets if fresh else (),
    )


def _gather(
    store: BugStore, revision: str | None, inquiry: Inquiry
) -> Iterator[InvestigationStep | str]:
    record, policy = inquiry.record, store.policy(revision)
    yield from _similar(store, record)
    logs = tuple(_logs(store, revision, inquiry))
    summaries = tuple((log, summarise(log.lines)) for log in logs)
    for log, summary in summaries:
        yield from _patterns(log, summary)
    templates = [pattern.template for _, summary in summaries for pattern in summary.patterns]
    traces = Traces(
        start=inquiry.since or _start(record),
        phrases=phrases_of(record, templates),
        frames=frames_of(record, (line for log in logs for line in log.lines[:_FRAME_LINES])),
    )
    components = _components(record, policy)
    if not components:
        yield f"{record.id} names no component of the policy: no code was searched."
    for component in components:
        try:
            yield from code_evidence(component, traces, inquiry.folder)
        except RepositoryError as error:
            yield str(error)
        yield from _checks(component)


def _similar(store: BugStore, record: BugRecord) -> Iterator[InvestigationStep]:
    found = bugs_like(store.index, record, most=_SIMILAR)
    causes = [f"{bug.bug} was caused by: {bug.root_cause}" for bug in found if bug.root_cause]
    yield from evidence(
        "Similar past bugs",
        f"bugbook similar {record.id}",
        ((bug.bug, f"{bug.title} ({bug.status.words}): {bug.why}") for bug in found),
        analysis="\n\n".join(causes) or None,
    )


def _logs(store: BugStore, revision: str | None, inquiry: Inquiry) -> Iterator[Log]:
    """The log that was given, what the reporter pasted, and attached logs."""
    record = inquiry.record
    if inquiry.log is not None:
        yield inquiry.log
    pasted = (record.report.logs or "").splitlines()
    if len(pasted) >= _FEWEST:
        yield Log(name="of the report", lines=tuple(pasted))
    folder = record_path(record.id).removesuffix(".yaml")
    for attachment in record.report.attachments:
        if attachment.name.endswith(_LOG_NAMES) and not attachment.link:
            data = store.clone.read(f"{folder}/{attachment.name}", revision)
            text = (data or b"").decode("utf-8", errors="replace")
            yield Log(name=attachment.name, lines=tuple(text.splitlines()[:MOST_LINES]))


def _patterns(log: Log, summary: LogSummary) -> Iterator[InvestigationStep | str]:
    if summary.cut:
        yield f"Only the first {MOST_LINES:,} lines of the log {log.name} were read."
    of_all = f"{summary.compared:,} of {summary.entries:,} entries"
    yield from evidence(
        f"Patterns in the log {log.name} ({of_all})",
        None,
        ((pattern.template, _frequency(pattern)) for pattern in summary.patterns[:_PATTERNS]),
    )


def _frequency(pattern: LogPattern) -> str:
    share = f"{pattern.share:g} % ({pattern.count:,})"
    return f"{share}, first {pattern.first}, last {pattern.last}"


def _components(record: BugRecord, policy: Policy) -> tuple[Component, ...]:
    named = {name.casefold() for name in record.environment.components}
    return tuple(item for item in policy.components if item.name.casefold() in named)


def _checks(component: Component) -> Iterator[InvestigationStep]:
    if component.debug_commands:
        yield InvestigationStep(
            title=f"Debug commands for {component.name}"[:_TITLE],
            command="\n".join(component.debug_commands)[:_LONGEST],
            analysis="To do: run each, and record what it shows with `bugbook plan`.",
        )


def _start(record: BugRecord) -> datetime:
    return record.impact.started or record.impact.detected or record.reported.at
