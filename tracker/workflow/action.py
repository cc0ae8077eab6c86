"""What every action has in common: its data, its effect on a record, what it says of itself."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from typing import ClassVar, TypeVar

from tracker.model.part import Key, Moment, Part
from tracker.model.record import BugRecord
from tracker.workflow.context import Context
from tracker.workflow.decision import Reason


class Action(Part, ABC):
    """Something that a person does to a bug; frozen, and valid once it exists."""

    verb: ClassVar[str]
    """The command's name, the same at every door."""
    example: ClassVar[str] = ""
    """What a person may type after the bug's id."""
    closed_too: ClassVar[bool] = False
    """Whether a closed bug accepts it."""

    at: Moment | None = None
    """When it happened, where that was earlier than now."""

    @abstractmethod
    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """The record with this action's data; never its status, and never an error."""

    def moves(self, record: BugRecord, context: Context) -> tuple[str, ...]:
        """The rows of the transition table to go through, judged on the record after `apply`."""
        del record, context
        return ()

    def conditions(self, record: BugRecord, context: Context) -> Iterable[Reason]:
        """What this action asks of the record before `apply`, beside the table's gates."""
        del record, context
        return ()

    @classmethod
    def obstacles(cls, record: BugRecord, context: Context) -> Iterable[Reason]:
        """What stands against every such action, whatever is entered; `conditions` has it too."""
        del record, context
        return ()

    @classmethod
    def meets(cls, record: BugRecord, context: Context) -> frozenset[str]:
        """Gates of its moves that its own fields can meet, beside those that name it as remedy."""
        del record, context
        return frozenset()

    def undoes(self, record: BugRecord, context: Context) -> tuple[Key, ...]:
        """The timeline entries that it takes back, judged on the record after `apply`."""
        del record, context
        return ()

    def event(self, record: BugRecord, context: Context) -> str | None:
        """What the timeline says, judged on the record after `apply`; ``None`` says nothing."""
        del record, context
        return None

    def origin(self) -> str | None:
        """The address of what the timeline entry was made from."""
        return None

    def subject(self, record: BugRecord) -> str:
        """A few words for the commit's subject, judged on the record after `apply`."""
        del record
        return ""


class Move(Action):
    """An action that is one row of the transition table."""

    def moves(self, record: BugRecord, context: Context) -> tuple[str, ...]:
        """The row of the action's own name."""
        del record, context
        return (self.verb,)


T = TypeVar("T")


def grown(current: tuple[T, ...], new: tuple[T, ...]) -> tuple[T, ...]:
    """The current items and those of the new ones that are not among them."""
    return current + tuple(item for item in new if item not in current)


def renewed(
    current: tuple[T, ...], new: tuple[T, ...], name: Callable[[T], object]
) -> tuple[T, ...]:
    """The current items, each replaced in place by a new one of the same name, then the rest."""
    said = {name(item): item for item in new}
    kept = tuple(said.pop(name(item), item) for item in current)
    return kept + tuple(said.values())
