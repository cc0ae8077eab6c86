"""What people have to be reminded of: a pure function of record, policy, now and what was told.

A bug has threads of reminders: its response clock, its fix clock, its backport… Each is a list of
moments at which something is told. Only the newest moment that has come counts, so a bot that was
away for days tells a thing once; and none is told that is not newer than what was told, so a clock
that is set back repeats nothing.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker.model.moment import in_utc
from tracker.model.person import Person
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.workflow.agenda import Course, course_of, standing
from tracker.workflow.escalation import reckoned_severity
from tracker.workflow.quiet_hours import is_quiet
from tracker.workflow.reminder_thread import Moment, Thread
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
    roles: tuple[str, ...] = ()
    """The roles whose members are called."""
    loud: bool = False
    """Whether it is for the channel, as an escalation is, and not for the thread alone."""
    tells_too: tuple[str, ...] = ()
    """The keys of earlier calls that it makes as well, so that each is made once."""


def due_notices(
    record: BugRecord, policy: Policy, now: datetime, told: Collection[str]
) -> tuple[Notice, ...]:
    """The reminders to be sent now, in the order in which they became due.

    `told` holds the keys of those that were sent. In quiet hours nothing is due, but for the
    severities that know none, and the first word of a bug that nobody has judged.
    """
    quiet = is_quiet(policy, reckoned_severity(record), now)
    return come_due(record, policy, now, told, in_quiet=quiet)


def come_due(
    record: BugRecord,
    policy: Policy,
    now: datetime,
    told: Collection[str],
    *,
    in_quiet: bool = False,
) -> tuple[Notice, ...]:
    """The reminders whose time has come, whether they may be sent now or in the morning.

    In quiet hours, if so said, only those that know none.
    """
    planned = [
        _Planned(thread=thread, moments=moments, course=course_of(record.id, thread, moments))
        for thread in threads(record, policy)
        for moments in (thread.moments(policy.reminders.most),)
    ]
    stand = standing([each.course for each in planned], now)
    silent = [each for each in planned if each.course not in stand]
    rests = _rests(record, now)
    found: list[Notice] = []
    for each in planned:
        if each.course in stand and (each.thread.urgent or not rests):
            number = each.course.newest(now, told, is_quiet=in_quiet)
            if number is not None:
                earlier = [other for other in silent if other.course.key(0) not in told]
                calls = [*earlier, each] if each.thread.called else [each]
                found.append(_notice(record.id, calls, number, now))
    return tuple(sorted(found, key=lambda notice: (in_utc(notice.due), notice.key)))


@dataclass(frozen=True, kw_only=True)
class _Planned:
    """A thread with its moments, and the keys of these."""

    thread: Thread
    moments: tuple[Moment, ...]
    course: Course


def _notice(bug: str, calls: Sequence[_Planned], number: int, now: datetime) -> Notice:
    """What the last of them says, for those before it as well."""
    last = calls[-1]
    thread, moment = last.thread, last.moments[number]
    sentence = moment.words(now)
    if thread.called:
        sentence = f"{sentence}: {_listed([each.thread.called for each in calls])}, please."
    return Notice(
        key=last.course.key(number),
        bug=bug,
        topic=thread.topic,
        due=moment.at,
        sentence=sentence,
        verb=thread.verb,
        people=thread.people,
        roles=tuple(each.thread.role for each in calls if each.thread.role),
        loud=thread.loud,
        tells_too=tuple(each.course.key(0) for each in calls[:-1]),
    )


def _listed(names: Sequence[str]) -> str:
    *most, last = dict.fromkeys(names)
    return f"{', '.join(most)} and {last}" if most else last


def _rests(record: BugRecord, now: datetime) -> bool:
    return record.snooze is not None and now < record.snooze.until
