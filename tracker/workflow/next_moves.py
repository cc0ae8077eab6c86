"""What may happen next, and what is missing for it."""

from dataclasses import dataclass

from tracker.model.deployment import HotfixStep
from tracker.model.record import BugRecord
from tracker.model.status import Status
from tracker.workflow.context import Context
from tracker.workflow.decision import Reason
from tracker.workflow.history import hotfix_steps
from tracker.workflow.transitions import TRANSITIONS


@dataclass(frozen=True, kw_only=True)
class NextMove:
    """A move that the state allows, with the conditions that the record does not meet yet."""

    verb: str
    to: Status
    unmet: tuple[Reason, ...]


def next_moves(record: BugRecord, context: Context) -> tuple[NextMove, ...]:
    """The moves of the record's state, the usual one first; gates are judged on it as it is."""
    return tuple(
        NextMove(verb=verb, to=transition.to, unmet=transition.unmet(record, context))
        for verb, transition in TRANSITIONS[record.status].items()
    )


def next_hotfix_step(record: BugRecord) -> HotfixStep | None:
    """The step that the track waits for; ``None`` without a track or at its end."""
    if record.hotfix is None:
        return None
    taken = hotfix_steps(record)
    return next((step for step in HotfixStep if step not in taken), None)
