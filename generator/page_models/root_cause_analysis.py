"""The root cause analysis (seed 000, root cause template; seed 003, phase 2)."""

from generator.page_models.blocks import (
    Facts,
    Missing,
    Table,
    bullets,
    facts,
    label,
    narrative,
    paragraph,
    table,
    verbatim,
)
from generator.page_models.clock_dials import identification_clocks
from generator.page_models.commands import commands_for
from generator.page_models.document_state import state_of
from generator.page_models.dossier import Dossier
from generator.page_models.excerpts import excerpts
from generator.page_models.fix import proper_fix, solution
from generator.page_models.follow_up import action_items, prevention_measures
from generator.page_models.frame import bug_document
from generator.page_models.inline import Badge, Value, sentence_case
from generator.page_models.page import Block, Page, Section, section
from generator.page_models.timeline import timeline
from generator.page_paths import Document
from tracker.model.fix import Fix
from tracker.model.investigation import (
    Diagnosis,
    Hypothesis,
    Investigation,
    Reproduction,
    RootCause,
)
from tracker.model.record import BugRecord
from tracker.model.status import Status


def root_cause_page(dossier: Dossier) -> Page:
    """The whole document, as far as the cause is known."""
    record = dossier.record
    cause = record.root_cause
    sections = (
        section(
            "Summary",
            paragraph(cause.summary, "lead") if cause else _missing(record),
            facts(
                ("Document", state_of(dossier, Document.ROOT_CAUSE).badge),
                ("Status", _label(record.status)),
                ("Date", record.reported.at),
                ("Reporter", record.reported.by),
            ),
        ),
        section("Timeline", timeline(record, until=cause.identified_at if cause else None)),
        _reproduction(record.investigation),
        _investigation(record.investigation),
        _root_cause(record, cause) if cause else None,
        _fix(record.fix),
        _prevention(record),
        section("Time to Detect and Identify", identification_clocks(dossier)),
    )
    summary = f"{cause.summary}\n{cause.what}" if cause else f"Root cause of {record.id}"
    return bug_document(dossier, Document.ROOT_CAUSE, sections, summary=summary)


def _label(status: Status) -> str:
    """The five labels of the investigation template (seed 001), from the ten states."""
    if status in {Status.VERIFIED, Status.CLOSED}:
        return "Verified"
    return {
        Status.REPORTED: "New",
        Status.TRIAGED: "New",
        Status.INVESTIGATING: "Investigating",
        Status.DEPLOYED: "Fixed",
    }.get(status, "Root cause found")


def _missing(record: BugRecord) -> Missing:
    return Missing(
        sentence=f"The root cause of {record.id} is not identified yet.",
        commands=commands_for("identify", record.id),
    )


def _reproduction(investigation: Investigation) -> Section | None:
    blocks: list[Block | None] = []
    for attempt in investigation.reproductions:
        blocks.extend((label(attempt.where), bullets(attempt.steps, "ordered"), _result(attempt)))
    return section(
        "Reproduction Steps",
        *blocks,
        label("Conclusion") if investigation.conclusion else None,
        narrative(investigation.conclusion),
    )


def _result(attempt: Reproduction) -> Block | None:
    outcome = Badge(
        family="result",
        value="failed" if attempt.reproduced else "passed",
        words="Reproduced" if attempt.reproduced else "Not reproduced",
    )
    return facts(("Result", (attempt.result, " ", outcome)))


def _investigation(investigation: Investigation) -> Section | None:
    steps: list[Block | None] = []
    for position, step in enumerate(investigation.steps, start=1):
        steps.extend(
            (
                label(f"{position}. {step.title}"),
                verbatim(step.command, "bash"),
                verbatim(step.findings, label="Findings"),
                narrative(step.analysis),
            )
        )
    return section(
        "Investigation",
        section("Diagnosis", _diagnosis(investigation.diagnosis)),
        section("Known", bullets(investigation.known)),
        section("Unknown", bullets(investigation.unknown)),
        section("Hypotheses", _hypotheses(investigation.hypotheses)),
        section("Investigation Steps", *steps),
        section("Relevant Code", *excerpts(investigation.code)),
        section(
            "Fix Plan",
            bullets(investigation.fix_plan, "ordered"),
            facts(("Test that must fail first", investigation.failing_test)),
        ),
    )


def _diagnosis(diagnosis: Diagnosis | None) -> Facts | None:
    if diagnosis is None:
        return None
    return facts(
        ("When does it occur?", diagnosis.conditions),
        ("Is it a regression?", diagnosis.regression),
        ("Configuration or code?", diagnosis.configuration),
        ("Specific to an environment?", diagnosis.environments),
        ("Is there a workaround?", diagnosis.workaround),
    )


def _hypotheses(hypotheses: tuple[Hypothesis, ...]) -> Table | None:
    return table(
        "Possible causes, with what speaks for and against each",
        ("Hypothesis", "Rank", "Verdict", "Evidence for", "Evidence against"),
        (
            _hypothesis(hypothesis, "Alternative" if position else "Primary")
            for position, hypothesis in enumerate(hypotheses)
        ),
    )


def _hypothesis(hypothesis: Hypothesis, rank: str) -> tuple[Value, ...]:
    return (
        hypothesis.statement,
        rank,
        sentence_case(hypothesis.verdict.value),
        "; ".join(hypothesis.evidence_for),
        "; ".join(hypothesis.evidence_against),
    )


def _root_cause(record: BugRecord, cause: RootCause) -> Section | None:
    return section(
        "Root Cause",
        section("The Problem", narrative(record.report.actual or record.report.what_is_broken)),
        section("The Cause", narrative(cause.what), bullets(cause.chain, "ordered")),
        section("Why It Happened", bullets(cause.why_it_happened)),
        section("Why It Wasn’t Caught", bullets(cause.why_not_caught)),
        section("Contributing Factors", bullets(cause.contributing_factors)),
        section(
            "Identified",
            facts(("Identified by", cause.identified_by), ("Identified at", cause.identified_at)),
        ),
    )


def _fix(fix: Fix | None) -> Section | None:
    if fix is None:
        return None
    described = solution(fix)
    strategy = facts(
        ("Strategy", sentence_case(fix.strategy.words)), ("Why that way", fix.strategy_reason)
    )
    blocks = described.blocks if described else ()
    return section(
        "Fix",
        section("Immediate Fix" if fix.proper_fix else "Solution", strategy, *blocks),
        proper_fix(fix),
        section("Prevented by This Fix", bullets(fix.prevents)),
    )


def _prevention(record: BugRecord) -> Section | None:
    measures = prevention_measures(record.postmortem)
    items = action_items(record)
    return section(
        "Prevention",
        *(measures.blocks if measures else ()),
        *(items.sections if items else ()),
    )
