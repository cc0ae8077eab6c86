"""A record lies where its number says."""

from collections.abc import Iterator

from tracker.checks.subject import Subject
from tracker.model.problem import Problem
from tracker.store.record_file import misplaced


def find(subject: Subject) -> Iterator[Problem]:
    """A file whose name and id disagree."""
    problem = misplaced(subject.document, subject.record)
    if problem is not None:
        yield problem
