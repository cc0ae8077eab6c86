"""Test runs: one in fields, more as lines."""

from typing import Any

from bot.blocks.elements import Block, context, plain
from bot.forms.inputs import Input, always, choice, line, offers_of, prose, rows, yes_no
from bot.forms.layout import Data, FieldProblemsError, Form
from bot.forms.runs import RUN_SYNTAX, read_runs, write_runs
from bot.forms.scene import Scene
from tracker.model.fix import Result, Suite

_ESSENTIAL = {
    "first.suite": "Choose the suite.",
    "first.name": "Say what was tested.",
    "first.result": "Choose the result.",
}

RUNS: tuple[Input, ...] = (
    choice("first.suite", "Suite", offers_of(Suite)),
    line("first.name", "What was tested"),
    choice("first.result", "Result", offers_of(Result)),
    prose("first.command", "Test command"),
    prose("first.code", "The test itself"),
    line("first.stage", "Where it was run", example="development, staging or production"),
    yes_no("first.failed_before_fix", "Did it fail before the fix?", counts=False),
    yes_no("first.after_deployment", "Run after the deployment?", counts=False),
    line("first.detail", "Numbers or reason", "Results in numbers, or why it was waived"),
    line("first.link", "Link to the output"),
    rows("tests", "More runs", RUN_SYNTAX, read=read_runs, write=write_runs),
)
ALIASES = {"tests": "first.name", "load_test": "first.name"}


def with_runs(data: Data, scene: Scene) -> Data:
    """The run in fields and the runs in lines as one list."""
    del scene
    found = dict(data)
    first: dict[str, Any] = found.pop("first", {})
    if first:
        problems = {
            name: sentence
            for name, sentence in _ESSENTIAL.items()
            if name.removeprefix("first.") not in first
        }
        if problems:
            raise FieldProblemsError(problems)
        found["tests"] = [first, *found.get("tests", [])]
    return found


def at_least_one(data: Data, scene: Scene) -> Data:
    """The same, where a run is what the command is for."""
    found = with_runs(data, scene)
    if not found.get("tests"):
        raise FieldProblemsError(dict(_ESSENTIAL))
    return found


def what_is_asked(scene: Scene) -> list[Block]:
    """The suites that the severity asks for, and the regression test that the fix names."""
    record = scene.record
    if record is None:
        return []
    suites = ", ".join(suite.value for suite in scene.policy.rule(record.severity).suites)
    level = str(record.severity or "This bug")
    told = f"{level} needs passing runs of these suites: {suites}."
    if record.fix is not None and record.fix.regression_test:
        told += f" Regression test of the fix: {record.fix.regression_test}"
    return [context(plain(told))]


def _back(verb: str, title: str, label: str) -> Form:
    return Form(
        verb=verb,
        title=title,
        submit="Back to the fix",
        main="reason",
        words_suffice=True,
        finish=with_runs,
        inputs=(prose("reason", label, required=always), *RUNS),
    )


FORMS = (
    Form(
        verb="pass-tests",
        title="Tests pass",
        submit="Record",
        aliases=ALIASES,
        introduction=what_is_asked,
        finish=with_runs,
        inputs=RUNS,
    ),
    Form(
        verb="evidence",
        title="Record tests",
        submit="Record",
        aliases=ALIASES,
        introduction=what_is_asked,
        finish=at_least_one,
        inputs=RUNS,
    ),
    _back("fail-tests", "Tests fail", "What failed"),
    _back("regress", "Regression under load", "What regressed"),
)
