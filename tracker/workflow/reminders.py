"""What people have to be reminded of: a pure function of record, policy, now and what was told.

A bug has threads of reminders: its response clock, its fix clock, its backport… Each is a list of
moments at which something is told. Only the newest moment that has come counts, so a bot that was
away for days tells a thing once; and none is told that is not newer than what was told, so a clock
that is set back repeats nothing.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from tracker.model.person import Person
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.workflow.agenda import course_of
from tracker.workflow.quiet_hours import is_quiet
from tracker.workflow.reminder_thread import Thread
from tracker.workflow.reminder_threads import threads


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One reminder that is due."""

    key: str
    """Keeps it apart from all others, of this bug and of others."""
    bug: str
    topic: str
    """What it is about: `fix`, `backport`, `action`…"""
    due: datetime
    sentence: str
    verb: str | None
    """The command that ends the reason for it."""
    people: tuple[Person, ...]
    role: str | None = None
    """The role whose members are called."""
    loud: bool = False
    """Whether it is for the channel, as an escalation is, and not for the thread alone."""


def due_notices(
    record: BugRecord, policy: Policy, now: datetime, told: Collection[str]
) -> tuple[Notice, ...]:
    """The reminders to be sent now, in the order in which they became due.

    `told` holds the keys of those that were sent. In quiet hours nothing is due, but for the
    severities that know none.
    """
    if is_quiet(policy, record.severity, now):
        return ()
    return come_due(record, policy, now, told)


def come_due(
    record: BugRecord, policy: Policy, now: datetime, told: Collection[str]
) -> tuple[Notice, ...]:
    """The reminders whose time has come, whether they may be sent now or in the morning."""
    found = [
        notice
        for thread in threads(record, policy)
        if thread.urgent or not _rests(record, now)
        for notice in _newest(record, thread, now, told, policy.reminders.most)
    ]
    return tuple(sorted(found, key=lambda notice: (_utc(notice.due), notice.key)))


def _newest(
    record: BugRecord, thread: Thread, now: datetime, told: Collection[str], most: int
) -> Iterator[Notice]:
    """The newest moment that has come, unless it, or a later one, was told."""
    moments = thread.moments(most)
    course = course_of(record.id, thread, moments)
    number = course.newest(now, told)
    if number is None:
        return
    moment = moments[number]
    yield Notice(
        key=course.key(number),
        bug=record.id,
        topic=thread.topic,
        due=moment.at,
        sentence=moment.sentence,
        verb=thread.verb,
        people=thread.people,
        role=thread.role,
        loud=thread.loud,
    )


def _rests(record: BugRecord, now: datetime) -> bool:
    return record.snooze is not None and now < record.snooze.until


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
