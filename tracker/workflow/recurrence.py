"""Whether the same thing breaks again: bugs that follow one like them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from operator import itemgetter
from typing import Final

from tracker.model.record import BugRecord
from tracker.workflow.measured import reported_at

WITHIN: Final = timedelta(days=90)
"""How long after a bug another one counts as its return."""


@dataclass(frozen=True, kw_only=True)
class Recurrence:
    """How often a component or a pattern came back."""

    name: str
    bugs: tuple[str, ...]
    """Every bug of it, in the order of the reports."""
    returns: tuple[str, ...]
    """Of these, the ones that were reported within 90 days after another one."""

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return len(self.returns) / len(self.bugs)


def by_component(records: Iterable[BugRecord]) -> tuple[Recurrence, ...]:
    """Components, the ones that came back most often first."""
    return _recurrences(records, lambda record: record.environment.components)


def by_pattern(records: Iterable[BugRecord]) -> tuple[Recurrence, ...]:
    """Bug patterns, the ones that came back most often first."""
    return _recurrences(
        records,
        lambda record: (record.triage.pattern,) if record.triage and record.triage.pattern else (),
    )


def _recurrences(
    records: Iterable[BugRecord], names_of: Callable[[BugRecord], tuple[str, ...]]
) -> tuple[Recurrence, ...]:
    gathered: dict[str, list[tuple[datetime, str]]] = {}
    dated = ((reported_at(record), record.id, record) for record in records)
    for at, bug, record in sorted(dated, key=itemgetter(0, 1)):
        for name in dict.fromkeys(names_of(record)):
            gathered.setdefault(name, []).append((at, bug))
    found = (_recurrence(name, bugs) for name, bugs in gathered.items())
    return tuple(sorted(found, key=lambda each: (-len(each.returns), -len(each.bugs), each.name)))


def _recurrence(name: str, bugs: list[tuple[datetime, str]]) -> Recurrence:
    return Recurrence(
        name=name,
        bugs=tuple(bug for _, bug in bugs),
        returns=tuple(bug for (before, _), (at, bug) in pairwise(bugs) if at - before <= WITHIN),
    )
