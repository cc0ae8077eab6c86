"""One thing to be reminded of, and the moments at which it is told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from tracker.model.person import Person
from tracker.model.record import BugRecord
from tracker.workflow.actions.incident import COMMANDER, holder_of
from tracker.workflow.clocks import shifted


@dataclass(frozen=True, kw_only=True)
class Moment:
    """When a thing is told, and in what words."""

    at: datetime
    sentence: str


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
            yield Moment(at=shifted(last.at, count * self.again_after), sentence=last.sentence)


def owners(record: BugRecord) -> tuple[Person, ...]:
    """Who has the bug: the assignee, else the commander."""
    if record.assignment is not None:
        return (record.assignment.assignee,)
    commander = holder_of(record, COMMANDER)
    return (commander,) if commander else ()
