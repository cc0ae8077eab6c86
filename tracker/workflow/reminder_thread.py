"""One thing to be reminded of, and the moments at which it is told."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import TypeAlias

from tracker.model.duration import in_words
from tracker.model.moment import in_utc
from tracker.model.person import Person
from tracker.model.record import BugRecord
from tracker.workflow.actions.incident import COMMANDER, holder_of
from tracker.workflow.clocks import shifted

Words: TypeAlias = Callable[[datetime], str]
"""A sentence, given the moment at which it is said."""


@dataclass(frozen=True, kw_only=True)
class Moment:
    """When a thing is told, and in what words."""

    at: datetime
    words: Words
    """As they are true at the moment of saying, which may be long after `at`."""


@dataclass(frozen=True, kw_only=True)
class Thread:
    """One thing to be reminded of: its first moments, and how it is repeated after them."""

    topic: str
    begin: tuple[Moment, ...]
    again_after: timedelta | None = None
    item: str = ""
    """Keeps threads of one topic apart, as those of two action items."""
    verb: str | None = None
    people: tuple[Person, ...] = ()
    role: str | None = None
    urgent: bool = False
    """Whether a snooze leaves it alone."""
    loud: bool = False
    """Whether it is for the channel, as an escalation is, and not for the thread alone."""
    called: str = ""
    """Whom it calls; of several calls that have come, the last is made, for all of them."""
    wakes: int = 0
    """How many of its first moments know no quiet hours."""

    @property
    def name(self) -> str:
        """Keeps it apart from the other threads of the bug."""
        return f"{self.topic}.{self.item}" if self.item else self.topic

    def moments(self, most: int) -> tuple[Moment, ...]:
        """Every moment at which it is told, at most so many, in order."""
        return tuple(islice(self._moments(), most))

    def _moments(self) -> Iterator[Moment]:
        yield from self.begin
        if self.again_after is None:
            return
        last = self.begin[-1]
        for count in range(1, 100):
            yield replace(last, at=shifted(last.at, count * self.again_after))


def fixed(sentence: str) -> Words:
    """Words that are true whenever they are said."""
    return lambda _: sentence


def with_span(sentence: str, moment: datetime) -> Words:
    """Words with the time from then, or until then, in place of `{span}`."""
    return lambda now: sentence.format(span=in_words(in_utc(now) - in_utc(moment)))


def turning(due: datetime, before: Words, after: str) -> Words:
    """Words for the time until something is due, and for the time from then on."""
    return lambda now: before(now) if in_utc(now) < in_utc(due) else after


def owners(record: BugRecord) -> tuple[Person, ...]:
    """Who has the bug: the assignee, else the commander."""
    if record.assignment is not None:
        return (record.assignment.assignee,)
    commander = holder_of(record, COMMANDER)
    return (commander,) if commander else ()
