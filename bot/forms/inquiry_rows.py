"""Attempts, hypotheses and steps of an investigation, as people note them down."""

from typing import Final

from bot.forms.rows import NOTHING, Row, columns_of, filled, items, parts, row_of
from bot.forms.scene import UnreadableError
from tracker.model.investigation import Hypothesis, InvestigationStep, Reproduction

REPRODUCTION_SYNTAX: Final = (
    "One attempt a line: where | what was seen | did the bug show, yes or no | step; step"
)
REPRODUCTION_EXAMPLE: Final = (
    "staging, iOS 17.2 | the coupon is refused | yes | open the app; redeem a coupon"
)
HYPOTHESIS_SYNTAX: Final = (
    "One a line: possible cause | open, confirmed or rejected | what speaks for it; … | "
    "what speaks against it; …"
)
STEP_SYNTAX: Final = (
    "First line: what was looked at. Lines with $ are commands, lines with => say what follows, "
    "all others are output. Divide several by a line of ---"
)

_YES = frozenset({"yes", "y", "true", "reproduced", "fails", "failed"})
_NO = frozenset({"no", "n", "false", "works", "not reproduced"})


def read_reproductions(text: str) -> list[Row]:
    """Attempts to see the bug happen."""
    rows = []
    for number, line in enumerate(filled(text), start=1):
        where, result, shown, steps = columns_of(line, number, (3, 4), REPRODUCTION_SYNTAX)
        word = shown.lower().rstrip(".")
        if word not in _YES | _NO:
            sentence = f"Line {number}: say whether the bug showed with yes or no, not “{shown}”."
            raise UnreadableError(sentence)
        rows.append(
            {"where": where, "result": result, "reproduced": word in _YES, "steps": items(steps)}
        )
    return rows


def read_hypotheses(text: str) -> list[Row]:
    """Possible causes with their verdict and evidence."""
    rows = []
    for number, line in enumerate(filled(text), start=1):
        statement, verdict, pro, contra = columns_of(line, number, (1, 4), HYPOTHESIS_SYNTAX)
        row: Row = {
            "statement": statement,
            "evidence_for": items(pro),
            "evidence_against": items(contra),
        }
        rows.append(row if verdict in NOTHING else {**row, "verdict": verdict.lower()})
    return rows


def read_steps(text: str) -> list[Row]:
    """Things that were looked at: title, commands, output, what follows from it."""
    steps = []
    for part in parts(text):
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


def write_reproductions(attempts: tuple[Reproduction, ...]) -> str:
    """The same, as `read_reproductions` reads it."""
    return "\n".join(
        row_of(
            attempt.where,
            attempt.result,
            "yes" if attempt.reproduced else "no",
            "; ".join(attempt.steps),
        )
        for attempt in attempts
    )


def write_hypotheses(hypotheses: tuple[Hypothesis, ...]) -> str:
    """The same, as `read_hypotheses` reads it."""
    return "\n".join(
        row_of(
            item.statement,
            item.verdict.value,
            "; ".join(item.evidence_for),
            "; ".join(item.evidence_against),
        )
        for item in hypotheses
    )


def write_steps(steps: tuple[InvestigationStep, ...]) -> str:
    """The same, as `read_steps` reads it."""
    return "\n---\n".join(
        "\n".join(
            (
                step.title,
                *(f"$ {line}" for line in (step.command or "").splitlines()),
                *(step.findings or "").splitlines(),
                *(f"=> {line}" for line in (step.analysis or "").splitlines()),
            )
        )
        for step in steps
    )
