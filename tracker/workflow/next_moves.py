"""What may happen next, and what is missing for it."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from tracker.model.deployment import HotfixStep
from tracker.model.record import BugRecord
from tracker.model.status import Status
from tracker.workflow.context import Context
from tracker.workflow.decision import Reason
from tracker.workflow.history import hotfix_steps
from tracker.workflow.transitions import TRANSITIONS, allowed

_STEP_OF: Final = MappingProxyType(
    {
        "submit-fix": HotfixStep.IMPLEMENT,
        "pass-tests": HotfixStep.TEST,
        "approve": HotfixStep.REVIEW,
        "deploy": HotfixStep.DEPLOY,
    }
)
"""The steps of the hotfix track that make these moves (workflow §3)."""
_UNTIL_DEPLOYED: Final = frozenset(_STEP_OF.values())
_OF_PEOPLE: Final = frozenset({"role", "own-fix"})
"""Gates that somebody else passes."""


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


def next_on_track(record: BugRecord, context: Context) -> str | None:
    """The command that the hotfix track waits for now: the rules accept it from somebody.

    That is the next step, or what has to come before it: the cause, release notes, a test.
    ``None`` without a track, at its end, and while only time can help.
    """
    step = next_hotfix_step(record)
    verb = _wanted(record, step) if step is not None and record.status.is_open else None
    if verb is None:
        return None
    from tracker.workflow.obstacles import obstacles  # with the models of all commands

    looked_at: set[str] = set()
    while verb is not None and verb not in looked_at:
        looked_at.add(verb)
        found = obstacles(record, verb, context)
        reasons = [reason for reason in found if reason.gate not in _OF_PEOPLE]
        if not reasons:
            return verb
        verb = next((reason.remedy for reason in reasons if reason.remedy), None)
    return None


def _wanted(record: BugRecord, step: HotfixStep) -> str:
    """The step, where the state allows the move that it makes; else the state's own move."""
    if step not in _UNTIL_DEPLOYED:
        return f"hotfix-{step}"
    usual = allowed(record.status)[0]
    if step is HotfixStep.TEST and usual == "approve":
        return f"hotfix-{step}"  # which may come before the review
    made = _STEP_OF.get(usual)
    return usual if made is None else f"hotfix-{made}"
