"""Messages that somebody puts into the timeline, and takes out again."""

from collections.abc import Iterable
from typing import ClassVar

from tracker.model.part import Key, Line, Prose
from tracker.model.record import BugRecord
from tracker.model.timeline import TimelineEntry
from tracker.workflow.action import Action
from tracker.workflow.context import Context
from tracker.workflow.decision import Reason
from tracker.workflow.history import QUOTE, lasting


class QuoteMessage(Action):
    """Put a message into the timeline, with its own time; the same one again replaces it."""

    verb: ClassVar[str] = QUOTE
    example: ClassVar[str] = "source=https://example.slack.com/archives/C1/p2 text=Rolled back"
    closed_too: ClassVar[bool] = True

    text: Prose
    """What was said."""
    source: Line
    """Where it was said: the permalink of the message."""
    said_by: Line | None = None
    """Who said it, when that was somebody else."""

    def conditions(self, record: BugRecord, context: Context) -> Iterable[Reason]:
        """A message stands there once, whether its author put it in or somebody else."""
        del context
        same = (self.text, f"{self.said_by}: {self.text}")
        if any(entry.text in same for entry in quoted(record, self.source)):
            sentence = f"This message is in the timeline of {record.id} already."
            yield Reason(gate="quoted", sentence=sentence, field="source")

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Only the timeline grows."""
        del context
        return record

    def undoes(self, record: BugRecord, context: Context) -> tuple[Key, ...]:
        """What the message said before it was edited."""
        del context
        return tuple(entry.key for entry in quoted(record, self.source))

    def event(self, record: BugRecord, context: Context) -> str:
        """The words, and whose they are."""
        del record
        return self._told(context)

    def origin(self) -> str | None:
        """Where it was said."""
        return self.source

    def subject(self, record: BugRecord) -> str:
        """The first line."""
        del record
        return self.text.splitlines()[0]

    def _told(self, context: Context) -> str:
        """The words with their author, unless that is who puts them in."""
        if self.said_by is None or self.said_by == context.actor.name:
            return self.text
        return f"{self.said_by}: {self.text}"


class RetractQuote(Action):
    """Take a message out of the timeline; that it was there stays in the history."""

    verb: ClassVar[str] = "retract"
    example: ClassVar[str] = "source=https://example.slack.com/archives/C1/p2"
    closed_too: ClassVar[bool] = True

    source: Line
    """Where it was said: the permalink of the message."""
    reason: Line | None = None
    """Why."""

    def conditions(self, record: BugRecord, context: Context) -> Iterable[Reason]:
        """It must be there."""
        if nothing := tuple(self.obstacles(record, context)):
            yield from nothing
        elif not quoted(record, self.source):
            sentence = f"This message is not in the timeline of {record.id}: give its address."
            yield Reason(gate="quoted", sentence=sentence, field="source")

    @classmethod
    def obstacles(cls, record: BugRecord, context: Context) -> Iterable[Reason]:
        """Some message must be there."""
        del context
        if not any(entry.action == QUOTE for entry in lasting(record.timeline)):
            sentence = f"There is no message in the timeline of {record.id}."
            yield Reason(gate="quoted", sentence=sentence, field="source")

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Only the timeline grows."""
        del context
        return record

    def undoes(self, record: BugRecord, context: Context) -> tuple[Key, ...]:
        """What the message said."""
        del context
        return tuple(entry.key for entry in quoted(record, self.source))

    def event(self, record: BugRecord, context: Context) -> str:
        """That it is gone, and why."""
        del record, context
        return f"Message taken out of the timeline. {self.reason or ''}".rstrip()

    def origin(self) -> str | None:
        """Where it was said."""
        return self.source

    def subject(self, record: BugRecord) -> str:
        """Why."""
        del record
        return self.reason or "message taken out"


def quoted(record: BugRecord, source: str) -> tuple[TimelineEntry, ...]:
    """What stands in the timeline of a message."""
    return tuple(
        entry
        for entry in lasting(record.timeline)
        if entry.action == QUOTE and entry.source == source
    )
