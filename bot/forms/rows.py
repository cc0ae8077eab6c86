"""How several things are written in one text box, one a line, and read back.

A line is divided by ` | `, a list inside a line by `;`, and `-` stands for nothing.
"""

import re
from typing import Any, Final

from bot.forms.scene import UnreadableError
from tracker.model.checklist import ChecklistItem
from tracker.model.documents import PreventionKind
from tracker.model.fix import ChangedFile

Row = dict[str, Any]

REPRODUCTION_SYNTAX: Final = (
    "One attempt a line: where | what was seen | did the bug show, yes or no | step; step"
)
HYPOTHESIS_SYNTAX: Final = (
    "One a line: possible cause | open, confirmed or rejected | what speaks for it; … | "
    "what speaks against it; …"
)
STEP_SYNTAX: Final = (
    "First line: what was looked at. Lines with $ are commands, lines with => say what follows, "
    "all others are output. Divide several by a line of ---"
)
COMMIT_SYNTAX: Final = "Hashes one a line, or whole messages divided by a line of ---"
FILE_SYNTAX: Final = "One a line: path | lines changed | function; function"
MEASURE_SYNTAX: Final = "One a line: what is measured | before | after"
CHECK_SYNTAX: Final = "One a line; begin it with [x] when it is done"

_BULLET = re.compile(r"^(?:[-*•]|[0-9]{1,2}[.)])\s+")
_TICK = re.compile(r"^\[(?P<mark>[ xX]?)\]\s*")
_RULE = re.compile(r"^\s*---\s*$", re.MULTILINE)
_NOTHING = ("", "-", "–")
_YES = frozenset({"yes", "y", "true", "reproduced", "fails", "failed"})
_NO = frozenset({"no", "n", "false", "works", "not reproduced"})


def read_lines(text: str) -> list[str]:
    """One item a line; bullets and numbers in front of them are taken away."""
    return [_BULLET.sub("", line) for line in _filled(text)]


def write_lines(items: tuple[str, ...]) -> str:
    """One item a line."""
    return "\n".join(items)


def read_reproductions(text: str) -> list[Row]:
    """Attempts to see the bug happen."""
    rows = []
    for number, line in enumerate(_filled(text), start=1):
        where, result, shown, steps = _columns(line, number, (3, 4), REPRODUCTION_SYNTAX)
        word = shown.lower().rstrip(".")
        if word not in _YES | _NO:
            sentence = f"Line {number}: say whether the bug showed with yes or no, not “{shown}”."
            raise UnreadableError(sentence)
        rows.append(
            {"where": where, "result": result, "reproduced": word in _YES, "steps": _items(steps)}
        )
    return rows


def read_hypotheses(text: str) -> list[Row]:
    """Possible causes with their verdict and evidence."""
    rows = []
    for number, line in enumerate(_filled(text), start=1):
        statement, verdict, pro, contra = _columns(line, number, (1, 4), HYPOTHESIS_SYNTAX)
        row: Row = {
            "statement": statement,
            "evidence_for": _items(pro),
            "evidence_against": _items(contra),
        }
        rows.append(row if verdict in _NOTHING else {**row, "verdict": verdict.lower()})
    return rows


def read_steps(text: str) -> list[Row]:
    """Things that were looked at: title, commands, output, what follows from it."""
    steps = []
    for part in _parts(text):
        title, *rest = part.splitlines()
        sorted_lines: dict[str, list[str]] = {"$": [], "=>": [], "": []}
        for line in rest:
            sign = next((sign for sign in ("$ ", "=> ") if line.startswith(sign)), "")
            sorted_lines[sign.strip()].append(line.removeprefix(sign))
        step = {
            "title": title.strip(),
            "command": "\n".join(sorted_lines["$"]).strip(),
            "findings": "\n".join(sorted_lines[""]).strip("\n"),
            "analysis": "\n".join(sorted_lines["=>"]).strip(),
        }
        steps.append({name: value for name, value in step.items() if value})
    return steps


def read_commits(text: str) -> list[str]:
    """Hashes, or whole messages."""
    commits: list[str] = []
    for part in _parts(text):
        lines = _filled(part)
        hashes = all(" " not in line for line in lines)
        commits.extend(lines if hashes else [part.strip()])
    return commits


def write_commits(commits: tuple[str, ...]) -> str:
    """The same, as `read_commits` reads it."""
    return "\n---\n".join(commits)


def read_files(text: str) -> list[Row]:
    """Files with the number of changed lines and the functions."""
    rows = []
    for number, line in enumerate(_filled(text), start=1):
        path, count, functions = _columns(line, number, (1, 3), FILE_SYNTAX)
        row: Row = {"path": path, "functions": _items(functions)}
        if count not in _NOTHING:
            digits = re.search(r"[0-9]+", count)
            if digits is None:
                sentence = f"Line {number}: give the lines changed as a number, not “{count}”."
                raise UnreadableError(sentence)
            row["lines"] = int(digits[0])
        rows.append(row)
    return rows


def write_files(files: tuple[ChangedFile, ...]) -> str:
    """The same, as `read_files` reads it."""
    return "\n".join(
        f"{file.path} | {'-' if file.lines is None else file.lines} | {'; '.join(file.functions)}"
        for file in files
    )


def read_samples(text: str) -> list[Row]:
    """Metrics after the deployment, with their value before it where there are three columns."""
    rows = []
    for number, line in enumerate(_filled(text), start=1):
        metric, first, second = _columns(line, number, (2, 3), MEASURE_SYNTAX)
        after = first if second in _NOTHING else second
        before = {} if second in _NOTHING or first in _NOTHING else {"before": first}
        rows.append({"metric": metric, "after": after, **before})
    return rows


def read_measures(text: str) -> list[Row]:
    """Numbers before and after."""
    rows = []
    for number, line in enumerate(_filled(text), start=1):
        name, before, after = _columns(line, number, (2, 3), MEASURE_SYNTAX)
        values = {"before": before, "after": after}
        said = {when: value for when, value in values.items() if value not in _NOTHING}
        rows.append({"name": name, **said})
    return rows


def read_checks(text: str) -> list[Row]:
    """Checks, done or not."""
    rows = []
    for line in read_lines(text):
        tick = _TICK.match(line)
        done = tick is not None and tick["mark"].lower() == "x"
        rows.append({"text": line[tick.end() :] if tick else line, "done": done})
    return rows


def write_checks(items: tuple[ChecklistItem, ...]) -> str:
    """The same, as `read_checks` reads it."""
    return "\n".join(f"[{'x' if item.done else ' '}] {item.text}" for item in items)


def read_prevention(text: str) -> list[Row]:
    """Measures, each with its kind in front."""
    kinds = ", ".join(PreventionKind)
    rows = []
    for number, line in enumerate(read_lines(text), start=1):
        kind, found, what = line.partition(":")
        if not found or kind.strip().lower() not in list(PreventionKind):
            sentence = f"Line {number}: begin it with its kind and a colon; kinds are {kinds}."
            raise UnreadableError(sentence)
        rows.append({"kind": kind.strip().lower(), "text": what.strip()})
    return rows


def _filled(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _parts(text: str) -> list[str]:
    return [part.strip("\n") for part in _RULE.split(text) if part.strip()]


def _items(text: str) -> list[str]:
    return [item.strip() for item in text.split(";") if item.strip() not in _NOTHING]


def _columns(line: str, number: int, bounds: tuple[int, int], syntax: str) -> list[str]:
    """The columns of a line, filled up with empty ones; the last keeps any `|` of its own."""
    least, most = bounds
    columns = [column.strip() for column in line.split("|", most - 1)]
    if len([column for column in columns if column]) < least:
        sentence = f"Line {number}: write it as {syntax.partition(': ')[2]}."
        raise UnreadableError(sentence)
    return columns + [""] * (most - len(columns))
