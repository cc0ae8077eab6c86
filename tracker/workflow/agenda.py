"""When a bug's people are to be reminded: the moments alone, small enough to keep of every bug."""

from array import array
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.model.severity import Severity
from tracker.workflow.escalation import reckoned_severity
from tracker.workflow.quiet_hours import is_quiet
from tracker.workflow.reminder_thread import Moment, Thread
from tracker.workflow.reminder_threads import threads

PREFIX = "reminder"


@dataclass(frozen=True, kw_only=True, slots=True)
class Course:
    """The moments of one thread of reminders, in order."""

    stem: str
    """Bug, thread and first moment: a thread that starts anew, at another time, tells anew."""
    at: "array[float]"
    """Seconds since 1970."""
    urgent: bool
    """Whether a snooze leaves it alone."""
    calls: bool = False
    """Whether somebody is called; of several calls that have come, the last stands for all."""
    wakes: int = 0
    """How many of the first moments know no quiet hours."""

    def key(self, number: int) -> str:
        """What keeps the reminder of one moment apart from all others."""
        return f"{self.stem}:{number}"

    def newest(self, now: datetime, told: Collection[str], *, is_quiet: bool = False) -> int | None:
        """The number of the newest moment that has come, unless it, or a later one, was told."""
        present = now.timestamp()
        counts = self.at[: self.wakes] if is_quiet else self.at
        come = [number for number, at in enumerate(counts) if at <= present]
        if not come or any(self.key(number) in told for number in range(come[-1], len(self.at))):
            return None
        return come[-1]


@dataclass(frozen=True, kw_only=True, slots=True)
class Agenda:
    """When the people of one bug are to be reminded under a policy."""

    bug: str
    severity: Severity | None
    """The one that is reckoned with, which is not given yet where production is down."""
    rests_until: datetime | None
    courses: tuple[Course, ...]

    def come(
        self, now: datetime, told: Collection[str], *, is_quiet: bool = False
    ) -> Iterator[str]:
        """The keys of the reminders whose time has come: in quiet hours of those that know none.

        Else of all, whether they may be sent now or not.
        """
        rests = self.rests_until is not None and now < self.rests_until
        for course in standing(self.courses, now):
            if course.urgent or not rests:
                number = course.newest(now, told, is_quiet=is_quiet)
                if number is not None:
                    yield course.key(number)


def agenda_of(record: BugRecord, policy: Policy) -> Agenda:
    """Read it off a record."""
    return Agenda(
        bug=record.id,
        severity=reckoned_severity(record),
        rests_until=record.snooze.until if record.snooze else None,
        courses=tuple(
            course_of(record.id, thread, thread.moments(policy.reminders.most))
            for thread in threads(record, policy)
        ),
    )


def course_of(bug: str, thread: Thread, moments: tuple[Moment, ...]) -> Course:
    """The course of a thread whose moments are at hand."""
    begins = moments[0].at.astimezone(UTC).strftime("%Y%m%dT%H%M%S")
    return Course(
        stem=f"{prefix_of(bug)}{thread.name}:{begins}",
        at=array("d", [moment.at.timestamp() for moment in moments]),
        urgent=thread.urgent,
        calls=bool(thread.called),
        wakes=thread.wakes,
    )


def standing(courses: Iterable[Course], now: datetime) -> tuple[Course, ...]:
    """The courses without the calls that a later one stands for, as all of them have come."""
    every, present = tuple(courses), now.timestamp()
    calls = [course for course in every if course.calls and course.at[0] <= present]
    if len(calls) < 2:  # noqa: PLR2004 - a call that is the only one
        return every
    last = max(calls, key=lambda course: course.at[0])
    return tuple(course for course in every if course is last or course not in calls)


def to_remind(
    agendas: Iterable[Agenda], policy: Policy, now: datetime, told: Collection[str]
) -> Iterator[str]:
    """The bugs that have reminders to be sent now; `told` holds the keys of those sent."""
    quiet = {severity: is_quiet(policy, severity, now) for severity in (None, *Severity)}
    for agenda in agendas:
        come = agenda.come(now, told, is_quiet=quiet[agenda.severity])
        if next(come, None) is not None:
            yield agenda.bug


def prefix_of(bug: str) -> str:
    """What the keys of all reminders of a bug begin with."""
    return f"{PREFIX}:{bug}:"
