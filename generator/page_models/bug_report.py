"""The bug report: reporter, assessment, description, environment, decision matrix, assignment."""

from generator.page_models.attachments import AttachmentItem, Attachments, attachment_item
from generator.page_models.blocks import (
    Facts,
    Narrative,
    Paragraph,
    Table,
    bullets,
    facts,
    label,
    narrative,
    table,
    verbatim,
)
from generator.page_models.dossier import Dossier
from generator.page_models.inline import (
    Cell,
    Code,
    PageLink,
    Value,
    joined,
    link_to,
    sentence_case,
    severity_badge,
)
from generator.page_models.page import Section, section
from generator.page_paths import Facet, facet_page
from tracker.model.matrix import Question
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.model.report import Attachment
from tracker.model.triage import MatrixAnswers, Triage


def bug_report(dossier: Dossier) -> Section | None:
    """The report in the order of the report template (seed 003, 1.1)."""
    record = dossier.record
    report = record.report
    return section(
        "Bug Report",
        section("Reported By", _reporter(record)),
        section("Severity Assessment", _assessment(dossier)),
        section(
            "Bug Description",
            label("Production is down" if report.production_down else "What’s broken"),
            narrative(report.what_is_broken),
            *_labelled("Expected behavior", report.expected),
            *_labelled("Actual behavior", report.actual),
            label("Frequency") if report.frequency else None,
            bullets(report.frequency),
        ),
        section("Steps to Reproduce", bullets(report.steps, "ordered")),
        section(
            "Minimal Reproduction",
            verbatim(
                report.minimal_reproduction,
                report.reproduction_language or "bash",
                label=sentence_case(report.reproduction_language or ""),
            ),
        ),
        section("Environment Details", _environment(record)),
        section("Logs", verbatim(report.logs)),
        section("Stack Trace", verbatim(report.stack_trace)),
        section("Attachments", _attachments(dossier)),
    )


def severity_matrix(dossier: Dossier) -> Section | None:
    """The decision matrix with its answers, and every severity that the bug was given."""
    triage = dossier.record.triage
    if triage is None:
        return None
    return section(
        "Severity Decision Matrix",
        table(
            "Questions of the decision matrix and the answers for this bug",
            ("Question", "Answer", "Detail"),
            _answers(triage.answers, dossier.policy),
        ),
        facts(
            ("Computed severity", severity_badge(triage.computed, dossier.policy)),
            ("Final severity", severity_badge(triage.chosen, dossier.policy)),
            ("Meaning", dossier.policy.rule(triage.chosen).means),
            ("Category", facet_link(Facet.CATEGORY, triage.category)),
            ("Pattern", facet_link(Facet.PATTERN, triage.pattern)),
        ),
        _severity_changes(triage, dossier),
    )


def assignment(dossier: Dossier) -> Section | None:
    """Who takes the bug (seed 003, 1.4)."""
    record = dossier.record
    taken, snooze = record.assignment, record.snooze
    return section(
        "Bug Assignment",
        facts(
            ("Assigned to", taken.assignee),
            ("Backup", taken.backup),
            ("Notified", joined(taken.notified)),
            ("ETA", taken.eta),
            ("Status channel", taken.channel),
            ("Assigned at", taken.at),
            ("Assigned by", taken.by),
        )
        if taken
        else None,
        table(
            "Roles in the incident",
            ("Role", "Person", "Since"),
            ((sentence_case(each.role), each.person, each.at) for each in record.responders),
        ),
        facts(
            ("Reminders rest until", snooze.until),
            ("Put to rest by", snooze.by),
            ("Put to rest at", snooze.at),
            ("Because", snooze.reason),
        )
        if snooze
        else None,
    )


def _reporter(record: BugRecord) -> Facts | None:
    return facts(
        ("Reporter", record.reported.by),
        ("Source", record.reported.source),
        ("Date", record.reported.at),
        ("Environment", sentence_case(record.environment.stage)),
        ("Message", link_to(record.reported.permalink)),
        ("Formerly", joined(record.formerly)),
    )


def _assessment(dossier: Dossier) -> Facts | None:
    triage, impact = dossier.record.triage, dossier.record.impact
    initial = triage.changes[0].after if triage and triage.changes else dossier.record.severity
    return facts(
        ("Initial severity", severity_badge(initial, dossier.policy) if initial else None),
        ("Affects", impact.affects),
        ("Affected functionality", impact.functionality),
        ("Users", impact.users),
        ("Business impact", business_impact(dossier.record)),
    )


def business_impact(record: BugRecord) -> Value:
    """How much it hurts the business, and why; what is said twice is shown once."""
    level, detail = record.impact.business, record.impact.business_detail
    words = sentence_case(level.value) if level else None
    if words and detail and detail.startswith(words):
        return detail
    return joined((words, detail), ": ")


def measures(record: BugRecord) -> Table | None:
    """Error rate, tickets and other numbers before the fix and after it."""
    return table(
        "Impact before the fix and after it",
        ("Measure", "Before fix", "After fix"),
        ((measure.name, measure.before, measure.after) for measure in record.impact.measures),
    )


def facet_link(facet: Facet, name: str | None) -> PageLink | None:
    """A name that leads to the bugs that share it."""
    return PageLink(text=name, path=facet_page(facet, name)) if name else None


def _labelled(words: str, text: str | None) -> tuple[Paragraph, Narrative] | tuple[()]:
    return (label(words), Narrative(text=text)) if text else ()


def _environment(record: BugRecord) -> Facts | None:
    environment, impact = record.environment, record.impact
    components = joined(tuple(facet_link(Facet.COMPONENT, name) for name in environment.components))
    return facts(
        ("Platform", environment.platform),
        ("App version", environment.app_version),
        ("API version", environment.api_version),
        ("Production version", environment.production_version),
        ("Deployed", environment.deployed_at),
        ("Last working state", environment.last_working),
        ("Affected portals", joined(environment.portals)),
        ("Affected components", components),
        ("Started", impact.started),
        ("Detected", impact.detected),
        ("Ended", impact.ended),
    )


def _attachments(dossier: Dossier) -> Attachments | None:
    record = dossier.record
    kept = {file.name: file for file in dossier.files}
    items = tuple(
        AttachmentItem(words=_about(file, link_to(file.name, file.link)))
        if file.link or file.name not in kept
        else attachment_item(record.id, _about(file, Code(text=file.name)), kept[file.name])
        for file in record.report.attachments
    )
    return Attachments(items=items) if items else None


def _about(file: Attachment, name: Value) -> Cell:
    shown = name if file.link else Code(text=file.name)
    kind = sentence_case(file.kind.words) if file.kind else None
    return joined((kind, shown, file.description), " – ")


def _answers(answers: MatrixAnswers, policy: Policy) -> tuple[tuple[Value, ...], ...]:
    """Each question as the team asks it, in its order."""
    return tuple(
        (
            question.ask,
            _yes(getattr(answers, name)),
            getattr(answers, f"{_DETAILS.get(name, name)}_detail"),
        )
        for name, question in policy.matrix.items()
    )


_DETAILS = {
    Question.PRODUCTION_DOWN: "production",
    Question.DATA_AT_RISK: "data",
    Question.CORE_FEATURE_BROKEN: "feature",
    Question.ALL_USERS_AFFECTED: "users",
    Question.BUSINESS_IMPACT: "business",
}


def _yes(answer: bool) -> str:  # noqa: FBT001 - the answer itself
    return "Yes" if answer else "No"


def _severity_changes(triage: Triage, dossier: Dossier) -> Table | None:
    return table(
        "Severities that this bug was given",
        ("Time", "By", "Before", "After", "Reason"),
        (
            (
                change.at,
                change.by,
                severity_badge(change.before, dossier.policy) if change.before else None,
                severity_badge(change.after, dossier.policy),
                change.reason,
            )
            for change in triage.changes
        ),
    )
