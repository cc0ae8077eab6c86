"""Times are past, follow one another, and are those that the timeline tells, which tells all."""

from collections.abc import Iterator

from tracker.checks.subject import Subject
from tracker.model.problem import Problem
from tracker.workflow.moments import disorder, future_moments, told_otherwise
from tracker.workflow.timeline_review import untold

RULE = "time"


def find(subject: Subject) -> Iterator[Problem]:
    """Times later than the check, before what they follow, other than the timeline's, untold."""
    if subject.newest > subject.around.now:
        yield from subject.problems(future_moments(subject.record, subject.around.now), RULE)
    yield from subject.problems(disorder(subject.record), RULE)
    yield from subject.problems(told_otherwise(subject.record), RULE)
    yield from subject.problems(untold(subject.record), RULE)
