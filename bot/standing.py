"""Whether a command makes sense where a bug stands, asked before its form is opened; pure."""

from tracker.model.record import BugRecord
from tracker.model.status import Status
from tracker.workflow.action import Move
from tracker.workflow.decision import Reason
from tracker.workflow.transitions import MOVES, TRANSITIONS, allowed
from tracker.workflow.verbs import VERBS


def out_of_place(record: BugRecord, verb: str) -> Reason | None:
    """Say why a move is not possible in this state, as for a button of an older message.

    Only what no form can change is said here; everything else is for the judge.
    """
    kind = VERBS[verb]
    here = TRANSITIONS[record.status]
    if not record.status.is_open and not kind.closed_too and verb not in here:
        sentence = f"{record.id} is closed: reopen it before `{verb}`."
        return Reason(gate="open", sentence=sentence, remedy="reopen")
    itself = issubclass(kind, Move) and verb in MOVES  # hotfix steps make moves of other names
    if itself and verb not in here and record.status is not Status.CLOSED:
        choices = ", ".join(f"`{choice}`" for choice in allowed(record.status))
        sentence = (
            f"{record.id} stands at `{record.status.words}`, where `{verb}` is not possible any"
            f" more or not yet: go on with {choices}."
        )
        return Reason(gate="state", sentence=sentence, remedy=allowed(record.status)[0])
    return None
