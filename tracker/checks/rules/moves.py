"""The timeline's moves are rows of the table, in order, and the last one leads to the status."""

from collections.abc import Iterator

from tracker.checks.subject import Subject
from tracker.model.problem import Problem
from tracker.workflow.replay import unexplained_status
from tracker.workflow.trail_faults import trail_faults


def find(subject: Subject) -> Iterator[Problem]:
    """Moves that cannot have happened, and a status that no move explains."""
    record, around = subject.record, subject.around
    yield from subject.problems(trail_faults(record), "timeline")
    yield from subject.problems(unexplained_status(record, around.policy, around.now), "status")
