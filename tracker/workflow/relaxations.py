"""What was not asked of a bug: relaxed by the policy or waived by a person, for its pages."""

from collections.abc import Iterator

from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.model.waiver import Relaxation
from tracker.workflow.as_of import as_of
from tracker.workflow.context import Context
from tracker.workflow.history import lasting
from tracker.workflow.trail import trail


def relaxations(record: BugRecord, policy: Policy) -> tuple[Relaxation, ...]:
    """Each relaxation that a move of this bug needed: those recorded, and those of edited files.

    Commands record what they were forgiven. A move that was written by hand is judged again by
    today's policy, on the record as it stood then.
    """
    known = {(item.gate, item.move, item.at) for item in record.relaxations}
    found = _recomputed(record, policy) if policy.relaxations else ()
    new = [item for item in found if (item.gate, item.move, item.at) not in known]
    return (*record.relaxations, *new)


def _recomputed(record: BugRecord, policy: Policy) -> Iterator[Relaxation]:
    lasts = {entry.key for entry in lasting(record.timeline)}
    for step in trail(record):
        if step.row is None or step.entry.key not in lasts:
            continue
        entry = step.entry
        context = Context(actor=entry.by, policy=policy, now=entry.at, at=entry.at)
        for gate in step.row.relaxed(as_of(record, step.position), context):
            reason = policy.relaxations[gate]
            yield Relaxation(gate=gate, reason=reason, move=step.move, at=entry.at)
