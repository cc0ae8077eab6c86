"""What of gathered evidence a record does not hold yet, so that gathering twice adds nothing."""

from typing import Final

from tracker.model.investigation import InvestigationStep

GAP: Final = "  "
"""Divides what a line of findings is about, its key, from what it says."""


def new_steps(
    recorded: tuple[InvestigationStep, ...], gathered: tuple[InvestigationStep, ...]
) -> tuple[InvestigationStep, ...]:
    """The gathered steps without the lines that a step of the same title holds already."""
    found = (_rest(recorded, step) for step in gathered)
    return tuple(step for step in found if step is not None)


def _rest(
    recorded: tuple[InvestigationStep, ...], step: InvestigationStep
) -> InvestigationStep | None:
    same = [old for old in recorded if old.title == step.title]
    if not same:
        return step
    if not step.findings:
        return None if any(old.command == step.command for old in same) else step
    known = {_key(line) for old in same for line in (old.findings or "").splitlines()}
    fresh = [line for line in step.findings.splitlines() if _key(line) not in known]
    if not fresh:
        return None
    return step.model_copy(update={"findings": "\n".join(fresh)})


def _key(line: str) -> str:
    return line.strip().partition(GAP)[0]
