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
from tracker.workflow.quiet_hours import is_quiet
from tracker.workflow.reminder_thread import Moment, Thread
from tracker.workflow.reminder_threads import threads

PREFIX = "reminder"


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


def prefix_of(bug: str) -> str:
    """What the keys of all reminders of a bug begin with."""
    return f"{PREFIX}:{bug}:"


def _newest(
    record: BugRecord, thread: Thread, now: datetime, told: Collection[str], most: int
) -> Iterator[Notice]:
    """The newest moment that has come, unless it, or a later one, was told."""
    moments = thread.moments(most)
    come = [number for number, moment in enumerate(moments) if _utc(moment.at) <= _utc(now)]
    if not come:
        return
    keys = [_key(record, thread, moments, number) for number in range(len(moments))]
    if any(keys[number] in told for number in range(come[-1], len(moments))):
        return
    moment = moments[come[-1]]
    yield Notice(
        key=keys[come[-1]],
        bug=record.id,
        topic=thread.topic,
        due=moment.at,
        sentence=moment.sentence,
        verb=thread.verb,
        people=thread.people,
        role=thread.role,
        loud=thread.loud,
    )


def _key(record: BugRecord, thread: Thread, moments: tuple[Moment, ...], number: int) -> str:
    """Named by the first moment, too: a thread that starts anew, at another time, tells anew."""
    begins = _utc(moments[0].at).strftime("%Y%m%dT%H%M%S")
    return f"{prefix_of(record.id)}{thread.name}:{begins}:{number}"


def _rests(record: BugRecord, now: datetime) -> bool:
    return record.snooze is not None and now < record.snooze.until


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
