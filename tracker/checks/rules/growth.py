"""History only grows: what the base revision says happened still stands."""

from collections.abc import Iterator

from tracker.checks.subject import Subject
from tracker.model.problem import Problem
from tracker.workflow.growth import lost

RULE = "history"


def find(subject: Subject) -> Iterator[Problem]:
    """Entries, signatures and sections that were removed or altered since the base."""
    if subject.past is not None and subject.past.base is not None:
        yield from subject.problems(lost(subject.past.base, subject.record), RULE)
