"""Whom a person at a terminal may mean by a name; pure."""

from collections.abc import Iterator

from tracker.model.person import Person
from tracker.model.policy import Policy
from tracker.model.record import BugRecord


def named_people(policy: Policy, record: BugRecord | None) -> Iterator[Person]:
    """Everybody whom the policy or the record names."""
    for members in policy.roles.values():
        yield from members
    yield from (part.owner for part in policy.components if part.owner is not None)
    if record is None:
        return
    yield record.reported.by
    if record.assignment is not None:
        yield record.assignment.assignee
        if record.assignment.backup is not None:
            yield record.assignment.backup
