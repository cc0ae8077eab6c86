"""The post-mortem, section by section as the template has it (seed 003, phase 5)."""

from generator.page_models.blocks import (
    Facts,
    Missing,
    bullets,
    facts,
    narrative,
    paragraph,
    table,
)
from generator.page_models.clock_dials import resolution_clocks
from generator.page_models.commands import commands_for
from generator.page_models.document_state import state_of
from generator.page_models.dossier import Dossier
from generator.page_models.follow_up import (
    action_items,
    approved_by,
    prevention_measures,
    publications,
)
from generator.page_models.frame import bug_document
from generator.page_models.inline import Cell, Day, When, joined, severity_badge
from generator.page_models.page import Page, Section, section
from generator.page_models.timeline import timeline
from generator.page_paths import Document
from tracker.model.documents import DocumentKind, Postmortem
from tracker.model.duration import in_words
from tracker.model.record import BugRecord
from tracker.workflow.history import verified_at


def postmortem_page(dossier: Dossier) -> Page:
    """The whole document; when nobody wrote it yet, it says so and shows what is known."""
    record = dossier.record
    written = record.postmortem
    sections = (
        _incident_summary(dossier),
        section("Timeline", timeline(record)),
        _root_cause(dossier),
        section("What Went Well", bullets(written.went_well, "good")) if written else None,
        section("What Went Wrong", bullets(written.went_wrong, "bad")) if written else None,
        action_items(record),
        prevention_measures(written),
        section("Lessons Learned", bullets(written.lessons)) if written else None,
        _team_review(written) if written else None,
        _metrics(dossier),
        approved_by(dossier, DocumentKind.POSTMORTEM),
        section("Publication", publications(written.published)) if written else None,
    )
    summary = (written.summary if written else None) or f"Post-mortem of {record.id}"
    return bug_document(dossier, Document.POSTMORTEM, sections, summary=summary)


def _incident_summary(dossier: Dossier) -> Section | None:
    record = dossier.record
    missing = Missing(
        sentence=f"The post-mortem of {record.id} is not written yet.",
        commands=commands_for("postmortem", record.id),
    )
    return section(
        "Incident Summary",
        _summary_facts(dossier),
        narrative(record.postmortem.summary) if record.postmortem else missing,
    )


def _summary_facts(dossier: Dossier) -> Facts | None:
    record = dossier.record
    started = record.impact.started or record.reported.at
    return facts(
        ("Document", state_of(dossier, Document.POSTMORTEM).badge),
        ("Date", Day(date=started.date())),
        ("Duration", _duration(record)),
        ("Severity", severity_badge(record.severity, dossier.policy)),
        ("Impact", record.impact.affects),
        ("Users affected", record.impact.users),
        ("Incident", record.hotfix.incident if record.hotfix else None),
    )


def _duration(record: BugRecord) -> Cell:
    """From the start until the incident was over, with both ends."""
    started = record.impact.started or record.reported.at
    written = record.postmortem.ended if record.postmortem else None
    ended = written or record.impact.ended or verified_at(record)
    if ended is None:
        return joined(("Since", started), " ")
    return (in_words(ended - started), " (", When(at=started), " – ", When(at=ended), ")")


def _root_cause(dossier: Dossier) -> Section | None:
    cause = dossier.record.root_cause
    if cause is None:
        return section(
            "Root Cause",
            Missing(
                sentence="The root cause is not identified yet.",
                commands=commands_for("identify", dossier.record.id),
            ),
        )
    return section("Root Cause", paragraph(cause.summary, "lead"), narrative(cause.what))


def _metrics(dossier: Dossier) -> Section | None:
    impact = dossier.record.impact
    return section(
        "Metrics and Cost",
        resolution_clocks(dossier),
        facts(
            *(
                (measure.name, joined((measure.before, measure.after), " → "))
                for measure in impact.measures
            ),
            ("Cost", impact.cost),
        ),
        section(
            "Cost",
            table(
                "What the incident cost, item by item",
                ("Item", "Amount", "Spent on"),
                ((cost.what, cost.amount, cost.detail) for cost in impact.costs),
            ),
        ),
    )


def _team_review(written: Postmortem) -> Section | None:
    """When the team went through it, and who the lessons were shared with."""
    return section(
        "Team Review",
        facts(("Meeting", written.meeting), ("Shared with", joined(written.shared_with))),
    )
