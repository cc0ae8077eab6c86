"""What stands against a command whatever is entered with it, asked before its form is opened."""

from collections.abc import Iterable

from tracker.model.record import BugRecord
from tracker.workflow.action import Action
from tracker.workflow.context import Context
from tracker.workflow.decision import Reason
from tracker.workflow.hotfix_order import TAKEN
from tracker.workflow.standing import bug_is_open, illegal, role_is_held
from tracker.workflow.transitions import TRANSITIONS
from tracker.workflow.verbs import VERBS


def obstacles(record: BugRecord | None, verb: str, context: Context) -> tuple[Reason, ...]:
    """The reasons for which `decide` refuses every action of this name, in the same words.

    Empty where some entries would be accepted; ``record`` is ``None`` for a report.
    """
    reasons = list(role_is_held(verb, context))
    if record is not None:
        kind = VERBS[verb]
        open_or_not = bug_is_open(record, record.status, verb, closed_too=kind.closed_too)
        reasons += [*open_or_not, *kind.obstacles(record, context)]
        if not any(reason.gate == TAKEN for reason in reasons):
            reasons += _in_the_way(record, kind, context)
    return tuple(dict.fromkeys(reasons))


def _in_the_way(record: BugRecord, kind: type[Action], context: Context) -> Iterable[Reason]:
    """What its moves lack, as far as its own fields cannot bring it; moves ask for no field."""
    status = record.status
    for move in kind.model_construct().moves(record, context):
        transition = TRANSITIONS[status].get(move)
        if transition is None:
            if status.is_open:
                yield illegal(record, status, kind.verb)
            return
        own, met = {kind.verb, move}, kind.meets(record, context)
        for reason in transition.unmet(record, context):
            if reason.remedy not in own and reason.gate not in met:
                yield reason
        status = transition.to
