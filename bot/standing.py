"""Whether a command makes sense where a bug stands, asked before its form is opened; pure."""

from types import MappingProxyType
from typing import Final

from tracker.model.record import BugRecord
from tracker.model.status import Status
from tracker.workflow.action import Move
from tracker.workflow.actions.hotfix_step import HotfixAction, missing_step
from tracker.workflow.decision import Reason
from tracker.workflow.transitions import MOVES, TRANSITIONS, allowed
from tracker.workflow.verbs import VERBS

_MADE_BY: Final = MappingProxyType({"hotfix-implement": "submit-fix", "hotfix-deploy": "deploy"})
"""The moves of those hotfix steps that make one in any case."""


def out_of_place(record: BugRecord, verb: str) -> Reason | None:
    """Say why a move is not possible in this state, as for a button of an older message.

    Only what no form can change is said here; everything else is for the judge.
    """
    kind = VERBS[verb]
    here = TRANSITIONS[record.status]
    if not record.status.is_open and not kind.closed_too and verb not in here:
        sentence = f"{record.id} is closed: reopen it before `{verb}`."
        return Reason(gate="open", sentence=sentence, remedy="reopen")
    if issubclass(kind, HotfixAction):
        for reason in missing_step(record, kind.step):
            return reason
    itself = verb if issubclass(kind, Move) and verb in MOVES else None
    move = _MADE_BY.get(verb, itself)  # hotfix steps make moves of other names
    if move is not None and move not in here and record.status is not Status.CLOSED:
        choices = ", ".join(f"`{choice}`" for choice in allowed(record.status))
        sentence = (
            f"{record.id} stands at `{record.status.words}`, where `{verb}` is not possible any"
            f" more or not yet: go on with {choices}."
        )
        return Reason(gate="state", sentence=sentence, remedy=allowed(record.status)[0])
    return None
