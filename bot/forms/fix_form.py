"""The fix and its review, on the normal way and on the hotfix track."""

from collections.abc import Mapping
from typing import Final

from bot.blocks.elements import Block, ours, section
from bot.forms.change_rows import (
    COMMIT_SYNTAX,
    FILE_SYNTAX,
    read_commits,
    read_files,
    write_commits,
    write_files,
)
from bot.forms.excerpt_rows import EXCERPT_SYNTAX, read_excerpts, write_excerpts
from bot.forms.inputs import Input, always, choice, line, lines, offers_of, prose, rows, yes_no
from bot.forms.investigation_form import strategies
from bot.forms.layout import Form, flattened
from bot.forms.scene import Scene
from tracker.model.fix import FixState
from tracker.model.record import BugRecord
from tracker.workflow.next_fix import answers_to_confirm, is_over

_OVER: Final = (
    "⚠️ The fix before is over: it was rolled back, or the bug was opened again. What you see below"
    " was said of that one: write what the next fix changes, and keep only what is still true."
)

ROLLBACK: tuple[Input, ...] = (
    lines("rollback_plan.steps", "Rollback steps", "How to go back, one step a line"),
    line("rollback_plan.version", "Rollback to version"),
    prose("rollback_plan.command", "Rollback command"),
    line("rollback_plan.duration", "Rollback takes", example="5 minutes"),
    line("rollback_plan.data_loss", "Data loss by rollback", example="None"),
    lines("rollback_plan.triggers", "Rollback triggers", "What makes us do it, one a line"),
)

FIX: tuple[Input, ...] = (
    prose("summary", "What was changed", "For people who use the product", required=always),
    line("branch", "Branch", "Name the branch or the pull request"),
    line("pull_request", "Pull request", "Its title or address"),
    line(
        "regression_test",
        "Regression test",
        "The test that fails without the fix",
        required=always,
    ),
    line("risk.what_can_go_wrong", "What can go wrong?", required=always),
    yes_no("risk.can_be_rolled_back", "Can it be rolled back?", default="yes", counts=False),
    ROLLBACK[0],
    choice("strategy", "Fix strategy", strategies),
    line("strategy_reason", "Why this strategy"),
    lines("steps", "Solution step by step", "One step a line"),
    rows("commits", "Commits", COMMIT_SYNTAX, read=read_commits, write=write_commits),
    rows("files", "Changed files", FILE_SYNTAX, read=read_files, write=write_files),
    prose("code", "Code before and after", "The heart of the change, shown as it is"),
    line("code_language", "Code language", example="python"),
    rows("excerpts", "More code", EXCERPT_SYNTAX, read=read_excerpts, write=write_excerpts),
    line("risk.side_effects", "Side effects"),
    line("risk.other_services", "Other services touched"),
    line("design.small_change", "Is a small change enough?"),
    line("design.root_cause_addressed", "Does it address the root cause?"),
    lines("design.edge_cases", "Edge cases considered"),
    lines("design.tests_needed", "Tests needed"),
    lines("manual_checks", "To be tried by hand", "One check a line"),
    line("deployment_plan.window", "Deploy when", example="Low-traffic window, 02:00 UTC"),
    lines("deployment_plan.steps", "Planned deployment steps", "One step a line"),
    lines("deployment_plan.watch", "What will be watched", "One metric a line"),
    *ROLLBACK[1:],
    lines("breaking_changes", "Breaking changes", "One a line; empty when nothing breaks"),
    lines("compatibility", "Compatibility", "What keeps working, what users have to do"),
    prose("proper_fix", "Proper fix later", "Where this one is only immediate"),
    rows(
        "proper_changes",
        "What the proper fix changes",
        EXCERPT_SYNTAX,
        read=read_excerpts,
        write=write_excerpts,
    ),
    line("proper_pull_request", "Pull request of the proper fix"),
    choice("proper_state", "How far the proper fix is", offers_of(FixState)),
    lines("prevents", "What else this prevents"),
    prose("technical_debt", "Technical debt", "What this fix leaves behind"),
)

ALIASES = {
    "risk": "risk.what_can_go_wrong",
    "rollback_steps": "rollback_plan.steps",
    "rollback_plan": "rollback_plan.steps",
}

APPROVAL: tuple[Input, ...] = (
    prose("comment", "What you checked"),
    line("link", "Link to the review"),
)


def fix_start(record: BugRecord) -> Mapping[str, object]:
    """What was answered already; the change of a fix that is over is not that of the next one."""
    return flattened(answers_to_confirm(record))


def earlier_answers(scene: Scene) -> list[Block]:
    """Say that what is filled in was said of a fix that is over."""
    if scene.record is None or not is_over(scene.record):
        return []
    return [section(ours(_OVER))]


FORMS = (
    Form(
        verb="submit-fix",
        title="Submit the fix",
        submit="Submit",
        main="summary",
        introduction=earlier_answers,
        start=fix_start,
        aliases=ALIASES,
        essentials=7,
        inputs=FIX,
    ),
    Form(
        verb="approve",
        title="Approve the fix",
        submit="Approve",
        main="comment",
        words_suffice=True,
        bare=True,
        inputs=APPROVAL,
    ),
    Form(
        verb="request-changes",
        title="Request changes",
        submit="Send back",
        main="reason",
        words_suffice=True,
        inputs=(
            prose("reason", "What has to change", required=always),
            line("link", "Link to the review"),
        ),
    ),
)
