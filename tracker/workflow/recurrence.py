"""Whether the same thing breaks again: bugs that follow one like them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from operator import itemgetter
from typing import Final

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


def recurrences(
    bugs: Iterable[tuple[datetime, str, Iterable[str]]],
) -> tuple[Recurrence, ...]:
    """What came back most often first; a bug is told by its report in UTC, its number, and names.

    The names are those of its components, or of its pattern.
    """
    gathered: dict[str, list[tuple[datetime, str]]] = {}
    for at, bug, names in sorted(bugs, key=itemgetter(0, 1)):
        for name in dict.fromkeys(names):
            gathered.setdefault(name, []).append((at, bug))
    found = (_recurrence(name, bugs) for name, bugs in gathered.items())
    return tuple(sorted(found, key=lambda each: (-len(each.returns), -len(each.bugs), each.name)))


def _recurrence(name: str, bugs: list[tuple[datetime, str]]) -> Recurrence:
    return Recurrence(
        name=name,
        bugs=tuple(bug for _, bug in bugs),
        returns=tuple(bug for (before, _), (at, bug) in pairwise(bugs) if at - before <= WITHIN),
    )
