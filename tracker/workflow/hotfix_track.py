"""Which step of the hotfix track makes which move of the table (workflow §3)."""

from types import MappingProxyType
from typing import Final

from tracker.model.deployment import HotfixStep
from tracker.model.record import BugRecord
from tracker.workflow.context import Context
from tracker.workflow.decision import Reason
from tracker.workflow.transitions import TRANSITIONS

STEP_OF: Final = MappingProxyType(
    {
        "submit-fix": HotfixStep.IMPLEMENT,
        "pass-tests": HotfixStep.TEST,
        "approve": HotfixStep.REVIEW,
        "deploy": HotfixStep.DEPLOY,
    }
)
"""The steps that make these moves."""


def on_track(record: BugRecord, verb: str) -> str:
    """The command of the step that makes a move, where the bug has a track."""
    step = STEP_OF.get(verb)
    return verb if step is None or record.hotfix is None else f"hotfix-{step}"


def asked_by(record: BugRecord, step: HotfixStep, context: Context) -> tuple[Reason, ...]:
    """What the move that a step makes still needs, wherever the bug stands now."""
    moves = {made: move for move, made in STEP_OF.items()}
    return tuple(
        reason
        for row in TRANSITIONS.values()
        for move, transition in row.items()
        if move == moves.get(step)
        for reason in transition.unmet(record, context)
    )
