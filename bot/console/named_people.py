"""Whom a person at a terminal may mean by a name; pure."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bot.command_line import CommandLine
from bot.typed_draft import NAMING
from tracker.model.person import Person
from tracker.model.policy import Policy
from tracker.model.record import BugRecord

_WRITTEN: Final = re.compile(
    r"(?P<name>(?:\b[A-ZÀ-ÖØ-Þ][\w.'’-]*\s+)*)<(?P<email>[^<>@\s]+@[^<>@\s]+)>"
)
"""A person as records hold them; words in front that begin with a capital are the name."""


def with_mentions(line: CommandLine) -> tuple[CommandLine, tuple[Person, ...]]:
    """The line with `Name <address>` as a mention, where people are typed, and who they are."""
    if line.word not in NAMING:
        return line, ()
    people = tuple(
        Person(name=found["name"].strip() or found["email"], email=found["email"].lower())
        for found in _WRITTEN.finditer(line.text)
    )
    text = _WRITTEN.sub(lambda found: f"<@{found['email'].lower()}>", line.text)
    return replace(line, text=text), people


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
