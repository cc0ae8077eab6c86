"""What a record says twice agrees: severity with its changes, resolution with the status."""

from collections.abc import Iterator

from tracker.checks.subject import Subject
from tracker.model.problem import Problem
from tracker.workflow.consistency import origin_faults, resolution_faults, severity_faults


def find(subject: Subject) -> Iterator[Problem]:
    """Severities without their change, resolutions of open bugs, and their like."""
    yield from subject.problems(severity_faults(subject.record), "severity")
    yield from subject.problems(resolution_faults(subject.record), "resolution")
    yield from subject.problems(origin_faults(subject.record, subject.around.policy), "origin")
