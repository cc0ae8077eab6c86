"""Each move since the base is one that a command would have been allowed to make."""

from collections.abc import Iterator

from tracker.checks.subject import Change, Subject
from tracker.model.problem import Problem
from tracker.workflow.growth import lost
from tracker.workflow.replay import replay

RULE = "gate"


def find(subject: Subject) -> Iterator[Problem]:
    """What the moves since the base lack; a branch whose commits each hold is accepted as it is.

    A move may hold at its own commit and not on the later record, such as a closing before which
    every action item had its owner; a mistake of one commit may be mended by a later one.
    """
    past, around = subject.past, subject.around
    if past is None or past.base == subject.record:
        return
    findings = replay(past.base, subject.record, around.policy, around.now)
    if findings and not (past.changes and all(_holds(change, subject) for change in past.changes)):
        yield from subject.problems(findings, RULE)


def _holds(change: Change, subject: Subject) -> bool:
    before, after = change.before[0] if change.before else None, change.after
    if after is None or (before is not None and any(lost(before, after))):
        return False
    return not replay(before, after, change.policy, subject.around.now)
