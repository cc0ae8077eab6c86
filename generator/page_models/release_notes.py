"""The release notes, section by section as the template has them (seed 003, 4.1)."""

from generator.page_models.blocks import Facts, Missing, bullets, checklist, facts, narrative
from generator.page_models.bug_report import business_impact
from generator.page_models.commands import commands_for
from generator.page_models.document_state import state_of
from generator.page_models.dossier import Dossier
from generator.page_models.evidence import deployments, testing_performed
from generator.page_models.fix import (
    breaking_changes,
    code_summary,
    rollback_plan,
    solution,
    technical_changes,
)
from generator.page_models.follow_up import (
    approved_by,
    communication,
    publications,
    related_issues,
)
from generator.page_models.frame import bug_document
from generator.page_models.inline import PageLink, bug_link, joined, severity_badge
from generator.page_models.page import Page, Section, section
from generator.page_models.timeline import timeline
from generator.page_paths import Document, bug_page
from tracker.model.changelog import ChangeKind
from tracker.model.documents import DocumentKind, ReleaseNotes
from tracker.model.duration import in_words
from tracker.model.fix import ReviewVerdict, Strategy
from tracker.model.record import BugRecord
from tracker.workflow.history import last, production_deployment, verified_at


def release_notes_page(dossier: Dossier) -> Page:
    """The whole document; parts that nobody wrote are left out, missing notes are shown."""
    record = dossier.record
    notes = record.release_notes
    sections = (
        section("Release", _heading(dossier)),
        _summary(dossier),
        _description(record),
        _fix_applied(record),
        _deployment(record),
        _impact(record),
        testing_performed(record),
        breaking_changes(record.fix),
        _documentation(dossier),
        rollback_plan(dossier, required=notes is not None),
        section("Success Criteria", checklist(notes.success_criteria)) if notes else None,
        _prevention(notes),
        _team(record),
        communication(record),
        section("Timeline", timeline(record)),
        related_issues(dossier),
        _changelog(notes),
        approved_by(dossier, DocumentKind.RELEASE_NOTES),
        _publications(notes),
    )
    summary = notes.summary if notes else f"Release notes of {record.id}"
    return bug_document(dossier, Document.RELEASE_NOTES, sections, summary=summary)


def _heading(dossier: Dossier) -> Facts | None:
    record = dossier.record
    notes, deployed = record.release_notes, production_deployment(record)
    hotfixed = record.hotfix is not None or bool(
        record.fix and record.fix.strategy is Strategy.HOTFIX
    )
    components = (notes.components if notes else ()) or record.environment.components
    return facts(
        ("Release date", deployed.at if deployed else None),
        ("Bug ticket", bug_link(record.id)),
        ("Severity", severity_badge(record.severity, dossier.policy)),
        ("Version", (notes.version if notes else None) or (deployed.version if deployed else None)),
        ("Type", "Hotfix" if hotfixed else "Bug fix"),
        ("Affected components", joined(components)),
        ("Document", state_of(dossier, Document.RELEASE_NOTES).badge),
    )


def _summary(dossier: Dossier) -> Section | None:
    notes = dossier.record.release_notes
    if notes is not None:
        return section("Summary", narrative(notes.summary))
    return section(
        "Summary",
        Missing(
            sentence=f"The release notes of {dossier.record.id} are not written yet.",
            commands=commands_for("release-notes", dossier.record.id),
        ),
    )


def _description(record: BugRecord) -> Section | None:
    impact, notes, cause = record.impact, record.release_notes, record.root_cause
    return section(
        "Bug Description",
        section(
            "Issue",
            narrative(record.report.what_is_broken),
            facts(
                ("Symptom", notes.symptom if notes else None),
                ("Started", impact.started),
                ("Impact", impact.affects),
                ("Affected users", impact.users),
            ),
        ),
        section("Root Cause", narrative(cause.what)) if cause else None,
    )


def _fix_applied(record: BugRecord) -> Section | None:
    fix = record.fix
    if fix is None:
        return None
    return section("Fix Applied", solution(fix), technical_changes(fix), code_summary(fix))


def _deployment(record: BugRecord) -> Section | None:
    notes = record.release_notes
    steps = tuple(step for deployment in record.deployments for step in deployment.steps)
    methods = tuple(dict.fromkeys(item.method for item in record.deployments if item.method))
    written = (notes.deployment_type if notes else None) or joined(methods)
    return section(
        "Deployment Details",
        section("Deployment Type", facts(("Type", written))),
        section("Deployment Steps", bullets(steps, "ordered")),
        section("Actual Timeline", _actual(record)),
        deployments(record, steps=False),
    )


def _actual(record: BugRecord) -> Facts | None:
    deployed, verified = production_deployment(record), verified_at(record)
    return facts(
        ("Bug reported", record.reported.at),
        ("Root cause identified", record.root_cause.identified_at if record.root_cause else None),
        ("Fix implemented", record.fix.submitted_at if record.fix else None),
        ("Tests passed", last(record, "hotfix-test") or last(record, "pass-tests")),
        ("Deployed to production", deployed.at if deployed else None),
        ("Verified resolved", verified),
        ("Total time", in_words(verified - record.reported.at) if verified else None),
    )


def _impact(record: BugRecord) -> Section | None:
    measures = record.impact.measures
    told = any(measure.name.lower() == "business impact" for measure in measures)
    return section(
        "Impact Assessment",
        section(
            "Before Fix",
            facts(
                *((measure.name, measure.before) for measure in measures),
                ("Business impact", None if told else business_impact(record)),
            ),
        ),
        section("After Fix", facts(*((measure.name, measure.after) for measure in measures))),
    )


def _documentation(dossier: Dossier) -> Section | None:
    notes, record = dossier.record.release_notes, dossier.record
    incident = record.hotfix.incident if record.hotfix else None
    postmortem = PageLink(
        text=f"Post-mortem of {record.id}", path=bug_page(record.id, Document.POSTMORTEM)
    )
    return section(
        "Related Documentation",
        checklist(notes.documentation) if notes else None,
        facts(
            ("Post-mortem", postmortem if record.postmortem else None),
            ("Incident report filed", incident),
        ),
    )


def _prevention(notes: ReleaseNotes | None) -> Section | None:
    if notes is None:
        return None
    return section(
        "Prevention Measures",
        section("Immediate Actions Taken", bullets(notes.prevention_now)),
        section("Long-term Improvements", bullets(notes.prevention_later)),
    )


def _team(record: BugRecord) -> Section | None:
    last_by = {entry.action: entry.by for entry in record.timeline}
    first_by = {entry.action: entry.by for entry in reversed(record.timeline)}
    deployed = production_deployment(record)
    reviewers = dict.fromkeys(
        review.by for review in record.reviews if review.verdict is ReviewVerdict.APPROVED
    )
    fixer = record.fix.submitted_by if record.fix else None
    return section(
        "Team",
        facts(
            ("Reported by", record.reported.by),
            ("Triaged by", first_by.get("triage")),
            ("Fixed by", fixer or (record.assignment.assignee if record.assignment else None)),
            ("Reviewed by", joined(tuple(reviewers))),
            ("Deployed by", deployed.by if deployed else None),
            ("Verified by", last_by.get("verify")),
        ),
    )


def _changelog(notes: ReleaseNotes | None) -> Section | None:
    """The lines of the changelog by kind, in the order of keepachangelog.com."""
    if notes is None:
        return None
    return section(
        "Changelog",
        *(
            section(
                kind.value.capitalize(),
                bullets(line.text for line in notes.changelog if line.kind is kind),
                anchor=f"changelog-{kind}",
            )
            for kind in ChangeKind
        ),
    )


def _publications(notes: ReleaseNotes | None) -> Section | None:
    return section("Publication", publications(notes.published)) if notes else None
