"""The eight steps of the hotfix track."""

from collections.abc import Callable, Mapping

from bot.blocks.elements import Block, code_blocks, plain, section
from bot.forms.choices import Ticks
from bot.forms.deployment_form import (
    DEPLOYMENT,
    MONITORING,
    deployment_start,
    monitoring_start,
    with_checks,
)
from bot.forms.fix_form import ALIASES, APPROVAL, FIX, earlier_answers, fix_start
from bot.forms.inputs import Input, always, line, lines, person, prose, rows
from bot.forms.layout import Form
from bot.forms.measure_rows import CHECK_SYNTAX, read_checks, write_checks
from bot.forms.scene import Scene
from bot.forms.testing_form import ALIASES as RUN_ALIASES
from bot.forms.testing_form import RUNS, at_least_one
from tracker.model.checklist import ChecklistItem
from tracker.model.deployment import HotfixStep
from tracker.model.record import BugRecord
from tracker.workflow.hotfix_commands import hotfix_base, hotfix_branch, hotfix_commands

_RUN = prose("run", "Commands that were run")


def _commands(step: HotfixStep) -> Callable[[Scene], list[Block]]:
    """The policy's commands for this step and bug, to copy."""

    def blocks(scene: Scene) -> list[Block]:
        commands = hotfix_commands(scene.record, step, scene.policy) if scene.record else ()
        if not commands:
            return []
        return [section(plain("Commands for this step:")), *code_blocks("\n".join(commands))]

    return blocks


def _next_fix(scene: Scene) -> list[Block]:
    return [*earlier_answers(scene), *_commands(HotfixStep.IMPLEMENT)(scene)]


def _branch_start(record: BugRecord) -> Mapping[str, object]:
    return {"branch": hotfix_branch(record), "base": hotfix_base(record)}


def _hotfix_checks(scene: Scene) -> tuple[ChecklistItem, ...]:
    hotfix = scene.record.hotfix if scene.record else None
    return hotfix.checklist if hotfix else ()


def _usual_checks(scene: Scene) -> tuple[ChecklistItem, ...]:
    return tuple(ChecklistItem(text=text) for text in scene.policy.checklists.hotfix)


_CHECKLIST: tuple[Input, ...] = (
    Input(
        name="checklist",
        label="Hotfix checklist",
        kind=Ticks(recorded=_hotfix_checks, usual=_usual_checks),
    ),
    rows(
        "checklist_more",
        "Hotfix checklist, more",
        CHECK_SYNTAX,
        read=read_checks,
        write=write_checks,
    ),
)

FORMS = (
    Form(
        verb="hotfix-declare",
        title="Declare an incident",
        submit="Declare",
        introduction=_commands(HotfixStep.DECLARE),
        inputs=(
            person("commander", "Commander", "Who leads the response; you, when left empty"),
            line("channel", "Incident channel", example="#inc-2026-0007"),
            lines("stakeholders", "Stakeholders told"),
            line("reason", "Reason", "Needed below P1"),
            line(
                "incident",
                "Incident number",
                "Made for you when left empty",
                example="INC-2026-0007",
            ),
            _RUN,
        ),
    ),
    Form(
        verb="hotfix-branch",
        title="Hotfix branch",
        submit="Created",
        main="branch",
        words_suffice=True,
        start=_branch_start,
        introduction=_commands(HotfixStep.BRANCH),
        inputs=(
            line("branch", "Branch", "Begins with hotfix/", required=always),
            line("base", "Starts from", "A tag, a commit or a remote branch"),
            _RUN,
        ),
    ),
    Form(
        verb="hotfix-implement",
        title="Implement the hotfix",
        submit="Submit",
        main="summary",
        start=fix_start,
        aliases=ALIASES,
        introduction=_next_fix,
        inputs=(*FIX, _RUN),
    ),
    Form(
        verb="hotfix-test",
        title="Test the hotfix",
        submit="Record",
        aliases=RUN_ALIASES,
        introduction=_commands(HotfixStep.TEST),
        finish=at_least_one,
        inputs=(*RUNS, _RUN),
    ),
    Form(
        verb="hotfix-review",
        title="Review the hotfix",
        submit="Approve",
        main="comment",
        words_suffice=True,
        bare=True,
        introduction=_commands(HotfixStep.REVIEW),
        inputs=(*APPROVAL, _RUN),
    ),
    Form(
        verb="hotfix-deploy",
        title="Deploy the hotfix",
        submit="Deployed",
        main="version",
        words_suffice=True,
        start=deployment_start,
        aliases={**ALIASES, "load_test": "load_test_waived"},
        introduction=_commands(HotfixStep.DEPLOY),
        inputs=(*DEPLOYMENT, _RUN),
    ),
    Form(
        verb="hotfix-monitor",
        title="Monitor the hotfix",
        submit="Record",
        start=monitoring_start,
        introduction=_commands(HotfixStep.MONITOR),
        finish=with_checks,
        inputs=(*MONITORING, *_CHECKLIST, _RUN),
    ),
    Form(
        verb="hotfix-backport",
        title="Backport to main",
        submit="Backported",
        main="reference",
        words_suffice=True,
        introduction=_commands(HotfixStep.BACKPORT),
        inputs=(
            line("reference", "Pull request or commit", required=always),
            _RUN,
        ),
    ),
)
