"""The bug page: what happened, impact, status and next step first, then the report and the rest."""

from generator.page_models.blocks import Facts, facts, narrative
from generator.page_models.bug_report import (
    assignment,
    bug_report,
    business_impact,
    measures,
    severity_matrix,
)
from generator.page_models.clock_dials import all_clocks
from generator.page_models.document_state import document_cards
from generator.page_models.dossier import Dossier
from generator.page_models.evidence import all_runs, deployments, post_deployment, reviews
from generator.page_models.fix import (
    breaking_changes,
    code_summary,
    deployment_plan,
    design,
    later_work,
    manual_checks,
    risk,
    rollback_plan,
    solution,
    technical_changes,
)
from generator.page_models.fix_checklist import fix_checklist
from generator.page_models.follow_up import action_items, communication, related_issues, resolution
from generator.page_models.frame import bug_document
from generator.page_models.lifecycle import lifecycle
from generator.page_models.next_step import next_step
from generator.page_models.page import Page, Section, section
from generator.page_models.similar import similar
from generator.page_models.timeline import timeline
from generator.page_paths import Document
from tracker.model.record import BugRecord


def overview_page(dossier: Dossier) -> Page:
    """Everything about a bug that is not one of its documents."""
    record = dossier.record
    triage = record.triage
    return bug_document(
        dossier,
        Document.OVERVIEW,
        (
            section("Lifecycle", lifecycle(record)),
            section("Documents", document_cards(dossier)),
            bug_report(dossier),
            severity_matrix(dossier),
            section("Initial Investigation", narrative(triage.initial_findings))
            if triage
            else None,
            assignment(dossier),
            section("Impact Assessment", measures(record)),
            _fix(dossier),
            all_runs(record),
            reviews(record),
            deployments(record),
            post_deployment(record),
            action_items(record),
            communication(record),
            related_issues(dossier),
            section("Similar Bugs", similar(record)),
            fix_checklist(dossier),
            section("Timeline", timeline(record), facts(("Policy version", record.policy))),
        ),
        summary="\n".join((record.report.what_is_broken, record.report.actual or "")),
        glance=(
            _what_happened(record),
            section("Impact", _impact(record)),
            resolution(dossier) or section("Next Step", next_step(dossier), _people(record)),
            section("Clocks", all_clocks(dossier)),
        ),
    )


def _what_happened(record: BugRecord) -> Section | None:
    """The bug in a few sentences: those of the release notes once they are written."""
    notes, cause = record.release_notes, record.root_cause
    return section(
        "What Happened",
        narrative(notes.summary if notes else record.report.what_is_broken),
        facts(
            ("Cause", cause.summary if cause else None),
            ("Incident", record.hotfix.incident if record.hotfix else None),
            ("Part of", record.incident),
        ),
    )


def _impact(record: BugRecord) -> Facts | None:
    impact = record.impact
    return facts(
        ("Affects", impact.affects),
        ("Functionality", impact.functionality),
        ("Users", impact.users),
        ("Business", business_impact(record)),
        ("Workaround", record.triage.answers.workaround_detail if record.triage else None),
        ("Started", impact.started),
        ("Cost", impact.cost),
    )


def _people(record: BugRecord) -> Facts | None:
    taken = record.assignment
    return facts(
        ("Assignee", taken.assignee if taken else "Nobody yet"),
        ("ETA", taken.eta if taken else None),
    )


def _fix(dossier: Dossier) -> Section | None:
    fix = dossier.record.fix
    if fix is None:
        return None
    return section(
        "Fix",
        solution(fix),
        technical_changes(fix),
        code_summary(fix),
        design(fix),
        risk(fix),
        manual_checks(dossier.record),
        deployment_plan(fix),
        rollback_plan(dossier, required=False),
        breaking_changes(fix),
        *later_work(fix),
    )
