"""Test runs, one a line, as people note them down."""

import re
from typing import Any, Final

from bot.forms.scene import UnreadableError
from tracker.model.fix import Evidence, Result, Suite

RUN_SYNTAX: Final = (
    "One a line: suite | what was tested | passed, failed or waived, then in any order: "
    "failed before | after deployment | on staging | https://… | numbers or a reason | $ command. "
    "Lines below it that begin with four spaces are the test itself"
)
_CODE: Final = "    "
"""Begins a line of a test's own code."""
_LEAST: Final = 3
_COMMAND = re.compile(r"\|\s*\$\s+")
_STAGE = re.compile(r"^on\s+(?P<stage>\S.*)$", re.IGNORECASE)
_FLAGS = {
    "failed before": "failed_before_fix",
    "failed before fix": "failed_before_fix",
    "failed before the fix": "failed_before_fix",
    "after deployment": "after_deployment",
}


def read_runs(text: str) -> list[dict[str, Any]]:
    """The runs; a command is last on its line and keeps its own `|`."""
    runs: list[dict[str, Any]] = []
    for number, line in enumerate(filter(None, text.splitlines()), start=1):
        if runs and line.startswith(_CODE):
            said = runs[-1].get("code")
            more = line.removeprefix(_CODE).rstrip()
            runs[-1]["code"] = f"{said}\n{more}" if said is not None else more
        elif line.strip():
            runs.append(_run(line.strip(), number))
    return runs


def write_runs(runs: tuple[Evidence, ...]) -> str:
    """The same, as `read_runs` reads it; of a command only what stands on one line."""
    return "\n".join(line for run in runs for line in (" | ".join(_columns(run)), *_code(run)))


def _code(run: Evidence) -> list[str]:
    """The test itself; an empty line keeps its place by the spaces before it."""
    return [f"{_CODE}{line}" for line in (run.code or "").splitlines()]


def _columns(run: Evidence) -> list[str]:
    said = [
        "failed before" if run.failed_before_fix else None,
        "after deployment" if run.after_deployment else None,
        f"on {run.stage}" if run.stage else None,
        run.link,
        run.detail,
        f"$ {' '.join(run.command.splitlines())}" if run.command else None,
    ]
    return [run.suite.value, run.name, run.result.value, *(part for part in said if part)]


def _run(line: str, number: int) -> dict[str, Any]:
    words, *command = _COMMAND.split(line, maxsplit=1)
    columns = [column.strip() for column in words.split("|")]
    if len(columns) < _LEAST:
        sentence = f"Line {number}: write it as suite | what was tested | result."
        raise UnreadableError(sentence)
    run: dict[str, Any] = {
        "suite": _one_of(columns[0], [suite.value for suite in Suite], "suite", number),
        "name": columns[1],
        "result": _one_of(columns[2], [result.value for result in Result], "result", number),
    }
    if command:
        run["command"] = command[0].strip()
    for column in columns[3:]:
        run |= _said(column, run)
    return run


def _said(column: str, run: dict[str, Any]) -> dict[str, Any]:
    if column.lower() in _FLAGS:
        return {_FLAGS[column.lower()]: True}
    if stage := _STAGE.match(column):
        return {"stage": stage["stage"]}
    if column.startswith(("https://", "http://")):
        return {"link": column}
    return {"detail": f"{run['detail']}; {column}" if "detail" in run else column} if column else {}


def _one_of(typed: str, choices: list[str], what: str, number: int) -> str:
    if typed.lower() in choices:
        return typed.lower()
    sentence = f"Line {number}: “{typed}” is no {what}; choose one of {', '.join(choices)}."
    raise UnreadableError(sentence)
