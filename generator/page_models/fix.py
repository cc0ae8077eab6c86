"""The fix and the way back, as the release notes, the hotfix sheet and the overview tell them."""

from generator.page_models.blocks import (
    Checklist,
    Missing,
    Tick,
    bullets,
    facts,
    label,
    narrative,
    paragraph,
    table,
    verbatim,
)
from generator.page_models.commands import commands_for
from generator.page_models.dossier import Dossier
from generator.page_models.excerpts import excerpts
from generator.page_models.inline import Code, Value, joined, link_to, sentence_case
from generator.page_models.page import Block, Section, section
from tracker.model.fix import ChangedFile, Fix, Result, Suite
from tracker.model.record import BugRecord


def solution(fix: Fix) -> Section | None:
    """What was done, for people who use the product."""
    return section("Solution", narrative(fix.summary), bullets(fix.steps, "ordered"))


def technical_changes(fix: Fix) -> Section | None:
    """Strategy, files, branch and commits."""
    return section(
        "Technical Changes",
        facts(
            ("Strategy", sentence_case(fix.strategy.words)),
            ("Why that way", fix.strategy_reason),
            ("Branch", Code(text=fix.branch) if fix.branch else None),
            ("Pull request", link_to(fix.pull_request)),
            ("Regression test", Code(text=fix.regression_test) if fix.regression_test else None),
            ("Submitted by", fix.submitted_by),
            ("Submitted at", fix.submitted_at),
        ),
        table(
            "Files that the fix touches",
            ("File modified", "Lines changed", "Method"),
            (_file(file) for file in fix.files),
        ),
        *commits(fix),
    )


def commits(fix: Fix) -> tuple[Block, ...]:
    """The commits: whole messages as they are."""
    if not fix.commits:
        return ()
    shown = [verbatim(commit) for commit in fix.commits]
    return (label("Commits"), *(block for block in shown if block is not None))


def code_summary(fix: Fix) -> Section | None:
    """The heart of the change."""
    language = fix.code_language
    return section(
        "Code Diff Summary",
        verbatim(fix.code, language, label=sentence_case(language or "")),
        *excerpts(fix.excerpts),
    )


def design(fix: Fix | None) -> Section | None:
    """What was considered before the change was made (seed 004, fix design phase)."""
    if fix is None or fix.design is None:
        return None
    answers = fix.design
    return section(
        "Fix Design",
        facts(
            ("Is a small change enough?", answers.small_change),
            ("Does it address the root cause?", answers.root_cause_addressed),
        ),
        *_listed("Edge cases considered", answers.edge_cases),
        *_listed("Tests needed", answers.tests_needed),
    )


def manual_checks(record: BugRecord) -> Section | None:
    """What has to be tried by hand, ticked by manual tests that have passed."""
    passed = {
        run.name
        for run in record.tests
        if run.suite is Suite.MANUAL and run.result is Result.PASSED
    }
    checks = record.fix.manual_checks if record.fix else ()
    ticks = tuple(Tick(content=(text,), done=text in passed) for text in checks)
    return section("Manual Testing Checklist", Checklist(items=ticks) if ticks else None)


def deployment_plan(fix: Fix | None) -> Section | None:
    """When and how it is meant to reach users, and what will be watched (seed 002, step 3)."""
    if fix is None or fix.deployment_plan is None:
        return None
    plan = fix.deployment_plan
    return section(
        "Deployment Plan",
        facts(("When", plan.window)),
        bullets(plan.steps, "ordered"),
        section("Monitoring Setup", bullets(plan.watch)),
    )


def proper_fix(fix: Fix) -> Section | None:
    """The later fix, its changes and how far it is (seed 001, proper fix)."""
    return section(
        "Proper Fix",
        narrative(fix.proper_fix),
        facts(
            ("Pull request of the proper fix", link_to(fix.proper_pull_request)),
            ("Status", sentence_case(fix.proper_state.words) if fix.proper_state else None),
        ),
        *excerpts(fix.proper_changes),
    )


def risk(fix: Fix | None) -> Section | None:
    """The four risk questions."""
    if fix is None or fix.risk is None:
        return None
    answers = fix.risk
    return section(
        "Risk Assessment",
        facts(
            ("What can go wrong?", answers.what_can_go_wrong),
            ("Side effects", answers.side_effects),
            ("Other services", answers.other_services),
            ("Can it be rolled back?", "Yes" if answers.can_be_rolled_back else "No"),
        ),
    )


def rollback_plan(dossier: Dossier, *, required: bool) -> Section | None:
    """How to go back, or that nobody has said how."""
    fix = dossier.record.fix
    plan = fix.rollback_plan if fix else None
    if plan is None:
        missing = Missing(
            sentence="There is no rollback plan yet: say how to go back before deploying.",
            commands=commands_for("submit-fix", dossier.record.id),
        )
        return section("Rollback Plan", missing) if required else None
    return section(
        "Rollback Plan",
        label("If issues are detected"),
        bullets(plan.steps, "ordered"),
        facts(
            ("Version to go back to", plan.version),
            ("Rollback time", plan.duration),
            ("Data loss", plan.data_loss),
            ("Triggers", joined(plan.triggers, "; ")),
        ),
        verbatim(plan.command, "bash", label="Command"),
    )


def later_work(fix: Fix | None) -> tuple[Section | None, ...]:
    """The proper fix and the debt, where the fix is only immediate."""
    if fix is None:
        return ()
    return (
        proper_fix(fix),
        section("Prevented by This Fix", bullets(fix.prevents)),
        section("Technical Debt", narrative(fix.technical_debt)),
    )


def breaking_changes(fix: Fix | None) -> Section | None:
    """What breaks, and what keeps working."""
    if fix is None or fix.submitted_at is None:
        return None
    none = paragraph("None. Nothing breaks for people who use the fix.")
    return section(
        "Breaking Changes", bullets(fix.breaking_changes, "bad") or none, bullets(fix.compatibility)
    )


def _listed(words: str, items: tuple[str, ...]) -> tuple[Block | None, ...]:
    return (label(words), bullets(items)) if items else ()


def _file(file: ChangedFile) -> tuple[Value, ...]:
    functions = joined(tuple(Code(text=name) for name in file.functions))
    return (Code(text=file.path), file.lines, functions)
