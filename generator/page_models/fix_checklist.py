"""The bug fix checklist (seed 003), ticked by what the record holds."""

from generator.page_models.blocks import Checklist, Tick
from generator.page_models.dossier import Dossier
from generator.page_models.page import Section, section
from tracker.model.documents import RelatedKind
from tracker.model.fix import Result, Suite
from tracker.model.record import BugRecord
from tracker.workflow.history import first, production_deployment, standing_checks, verified_at
from tracker.workflow.incident_channel import incident_channel


def fix_checklist(dossier: Dossier) -> Section | None:
    """The lists that apply: all bugs; severities with a post-mortem; fixes that leave debt."""
    record = dossier.record
    return section(
        "Bug Fix Checklist",
        section("All Bugs", _ticks(_all_bugs(record))),
        section("P0/P1 Only", _ticks(_grave_bugs(dossier))) if dossier.rule.postmortem else None,
        _technical_debt(record),
    )


def _all_bugs(record: BugRecord) -> tuple[tuple[str, bool], ...]:
    return (
        ("Bug report created", True),
        ("Severity assigned", record.severity is not None),
        ("Engineer assigned", record.assignment is not None),
        ("Root cause identified", record.root_cause is not None),
        ("Fix implemented", record.fix is not None and record.fix.submitted_at is not None),
        ("Tests passing (including regression)", _regression_passed(record)),
        ("Code reviewed", first(record, "approve") is not None or bool(record.reviews)),
        ("Deployed successfully", production_deployment(record) is not None),
        ("Monitoring confirms resolution", verified_at(record) is not None),
    )


def _grave_bugs(dossier: Dossier) -> tuple[tuple[str, bool], ...]:
    record = dossier.record
    told = (record.assignment and record.assignment.notified) or record.communication
    postmortem = record.postmortem
    return (
        ("Incident channel created", incident_channel(record) is not None),
        ("Stakeholders notified", bool(told)),
        ("Rollback plan tested", _rollback_tested(record)),
        ("Post-deployment monitoring (2+ hours)", _all_done(record)),
        ("Post-mortem completed", postmortem is not None and bool(postmortem.published)),
        ("Action items tracked", bool(record.actions) and all(i.owner for i in record.actions)),
    )


def _technical_debt(record: BugRecord) -> Section | None:
    if record.fix is None or not record.fix.technical_debt:
        return None
    follow_ups = {item.ref for item in record.related if item.kind is RelatedKind.FOLLOW_UP}
    planned = (item for item in record.actions if item.due and item.link in follow_ups)
    return section(
        "Technical Debt",
        _ticks(
            (
                ("Document any technical debt introduced", True),
                ("Create follow-up ticket for cleanup", bool(follow_ups)),
                ("Schedule debt paydown", any(planned)),
            )
        ),
        anchor="technical-debt-checklist",
    )


def _regression_passed(record: BugRecord) -> bool:
    return any(
        run.suite is Suite.REGRESSION and run.result is Result.PASSED for run in record.tests
    )


def _rollback_tested(record: BugRecord) -> bool:
    return record.hotfix is not None and any(
        item.done and "rollback" in item.text.lower() for item in record.hotfix.checklist
    )


def _all_done(record: BugRecord) -> bool:
    checks = standing_checks(record, record.monitoring.short_term)
    return bool(checks) and all(item.done for item in checks)


def _ticks(items: tuple[tuple[str, bool], ...]) -> Checklist:
    return Checklist(items=tuple(Tick(content=(text,), done=done) for text, done in items))
