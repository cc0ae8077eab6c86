"""What pages that tell of more than one bug are made from."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from generator.page_models.dossier import Dossier
from generator.page_models.entry import Entry
from generator.page_models.metrics_page import Measured, measures, metrics_page
from generator.page_models.page import Page
from tracker.model.policy import Policy
from tracker.model.problem import Problem
from tracker.operations.read_work_tree import LastChange
from tracker.workflow.metrics import Slice, slices


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """All bugs of a site."""

    policy: Policy
    tip: LastChange | None
    """The newest commit of all: when the open clocks of a list are read."""
    problems: tuple[Problem, ...]
    entries: tuple[Entry, ...]
    known: frozenset[str]
    """Bugs that have a page."""
    opened: Callable[[str], Dossier]
    """Finds the whole record of the few bugs of which more is told, by the bug's id."""

    @cached_property
    def seen(self) -> tuple[Entry, ...]:
        """The bugs as they stand at the newest commit."""
        tip = self.tip
        if tip is None:
            return self.entries
        return tuple(replace(item, now=max(item.now, tip.at)) for item in self.entries)

    def whole(self, entry: Entry) -> Dossier:
        """One bug with its whole record."""
        return replace(self.opened(entry.id), now=entry.now)

    @cached_property
    def counted(self) -> tuple[Measured, ...]:
        """What each bug gives to the numbers, in the order of the entries."""
        return measures(self.seen, self.policy)

    @cached_property
    def numbers(self) -> tuple[Slice, ...]:
        """The numbers of all bugs, of each severity and of each month."""
        return slices(self.counted)

    def metrics(self) -> Page:
        """The page of the numbers."""
        return metrics_page(self.numbers, self.counted, self.policy)
