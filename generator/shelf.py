"""What pages that tell of more than one bug are made from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property

from generator.column import ENTRY, LEARNED, MEASURABLE, NOTED, Column
from generator.page_models.dossier import Dossier
from generator.page_models.entry import Entry
from generator.page_models.groups import Groups, groups
from generator.page_models.learned import Learned
from generator.page_models.measurable import Measurable
from generator.page_models.noted import Noted
from tracker.model.policy import Policy
from tracker.model.problem import Problem
from tracker.operations.read_work_tree import LastChange


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """All bugs of a site."""

    policy: Policy
    tip: LastChange | None
    """The newest commit of all: when the open clocks of a list are read."""
    problems: tuple[Problem, ...]
    entries: Column[Entry]
    measurables: Column[Measurable]
    learned: Column[Learned]
    noted: Column[Noted]
    known: frozenset[str]
    """Bugs that have a page."""
    opened: Callable[[str], Dossier]
    """Finds the whole record of the few bugs of which more is told, by the bug's id."""
    mark: str = ""
    """Differs when any record does."""

    @classmethod
    def of(
        cls,
        dossiers: Mapping[str, Dossier],
        *,
        policy: Policy,
        tip: LastChange | None = None,
        problems: tuple[Problem, ...] = (),
    ) -> "Shelf":
        """The shelf of bugs by their ids, all of which were read."""
        bugs = dossiers.values()
        return cls(
            policy=policy,
            tip=tip,
            problems=problems,
            entries=Column(tuple(ENTRY.write(Entry.of(each)) for each in bugs), ENTRY),
            measurables=Column(
                tuple(MEASURABLE.write(Measurable.of(each)) for each in bugs), MEASURABLE
            ),
            learned=Column(tuple(LEARNED.write(Learned.of(each)) for each in bugs), LEARNED),
            noted=Column(tuple(NOTED.write(Noted.of(each)) for each in bugs), NOTED),
            known=frozenset(dossiers),
            opened=dossiers.__getitem__,
        )

    @property
    def at(self) -> str:
        """The moment at which they are seen."""
        return self.tip.at.isoformat() if self.tip else ""

    @property
    def day(self) -> str:
        """The day of that moment, in UTC."""
        return self.tip.at.astimezone(UTC).date().isoformat() if self.tip else ""

    @cached_property
    def seen(self) -> tuple[Entry, ...]:
        """The bugs as they stand at the newest commit."""
        return self._not_before(self.tip.at) if self.tip else self.entries.items

    @cached_property
    def today(self) -> tuple[Entry, ...]:
        """The bugs as they stand on the day of the newest commit, whatever the hour."""
        return (
            self._not_before(datetime.fromisoformat(f"{self.day}T00:00:00+00:00"))
            if self.tip
            else self.entries.items
        )

    @cached_property
    def measured(self) -> tuple[Measurable, ...]:
        """What they give to the numbers at that moment."""
        tip = self.tip
        if tip is None:
            return self.measurables.items
        return tuple(
            replace(item, now=tip.at) if item.now < tip.at else item
            for item in self.measurables.items
        )

    @cached_property
    def groups(self) -> Groups:
        """The bugs by what they have in common."""
        return groups(self.today, self.policy)

    def _not_before(self, moment: datetime) -> tuple[Entry, ...]:
        return tuple(
            replace(item, now=moment)
            if item.now < moment and (item.is_open or item.actions)
            else item
            for item in self.entries.items
        )

    def whole(self, entry: Entry) -> Dossier:
        """One bug with its whole record."""
        return replace(self.opened(entry.id), now=entry.now)
