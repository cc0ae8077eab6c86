"""Three-way merge of lists: items are known by their key or name, else by all they say."""

import heapq
import json
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

MergedItem = tuple[()] | tuple[Any]
"""A list's item, or nothing where it was removed."""
Versions = tuple[MergedItem, MergedItem, MergedItem]
"""An item in the base, in ours and in theirs."""
MergeItem = Callable[[str, Versions], MergedItem]

_NAMES: Final = (
    ("key",),
    ("id",),
    ("statement",),
    ("path",),
    ("step", "at"),
    ("metric", "at"),
    ("version", "stage", "at"),
    ("text",),
    ("name",),
    ("ref", "kind"),
    ("title",),
)
"""Fields that stay when the rest of an item changes; the first one that an item has tells which."""


def same(one: object, other: object) -> bool:
    """Whether two plain values are equal, types included; the order of keys does not matter."""
    return one is other or _content(one) == _content(other)


def merge_lists(
    base: list[Any], ours: list[Any], theirs: list[Any], merge_item: MergeItem
) -> list[Any] | None:
    """Keep what either side added, leave out what either removed, merge what both have.

    Additions at one place stand in the order of their times. None where the order or a
    replacement cannot be told: both sides moved items, or replaced the same ones, differently.
    """
    name = _name if all(_are_unique(side) for side in (base, ours, theirs)) else _content
    versions = _Lists(base=_named(base, name), ours=_named(ours, name), theirs=_named(theirs, name))
    order = versions.order()
    if order is None:
        return None
    merged = (merge_item(_label(each), versions.of(each)) for each in order)
    return [item[0] for item in merged if item]


@dataclass(frozen=True, kw_only=True)
class _Lists:
    """The three lists as items by name, in order."""

    base: dict[str, Any]
    ours: dict[str, Any]
    theirs: dict[str, Any]

    def of(self, name: str) -> Versions:
        one, two, three = (
            (side[name],) if name in side else () for side in (self.base, self.ours, self.theirs)
        )
        return one, two, three

    def order(self) -> list[str] | None:
        """Names of all items, removed ones at their old place; None where there is no one order."""
        skeleton = self._skeleton()
        if skeleton is None:
            return None
        ours, theirs = self._added(self.ours), self._added(self.theirs)
        order: list[str] = []
        for at, place in enumerate(["", *skeleton]):
            gone = at < len(skeleton) and self._is_gone(skeleton[at])
            mine, yours = ours[place], theirs[place]
            if gone and not set(mine) <= set(yours) and not set(yours) <= set(mine):
                return None
            order += [place] if place else []
            order += self._by_time(mine, [each for each in yours if each not in self.ours])
        return order

    def _is_gone(self, name: str) -> bool:
        return name not in self.ours and name not in self.theirs

    def _skeleton(self) -> list[str] | None:
        """The base's items in the order of the side that moved some, if not both did."""
        moved = [list(side) for side in (self.ours, self.theirs) if self._was_moved(side)]
        if len(moved) > 1:
            one, other = self.ours, self.theirs
            if [each for each in one if each in other] != [each for each in other if each in one]:
                return None
        if not moved:
            return list(self.base)
        return in_both_orders([each for each in moved[0] if each in self.base], list(self.base))

    def _was_moved(self, side: dict[str, Any]) -> bool:
        return [each for each in side if each in self.base] != [
            each for each in self.base if each in side
        ]

    def _added(self, side: dict[str, Any]) -> defaultdict[str, list[str]]:
        """New items of a side by the name of the base's item that they follow, if any."""
        added: defaultdict[str, list[str]] = defaultdict(list)
        place = ""
        for name in side:
            if name in self.base:
                place = name
            else:
                added[place].append(name)
        return added

    def _by_time(self, mine: list[str], yours: list[str]) -> list[str]:
        """Interleave by time where every item has one; each side's own order stays."""
        times = {name: _time(self.of(name)) for name in (*mine, *yours)}
        if None in times.values():
            return mine + yours
        return list(heapq.merge(mine, yours, key=lambda name: (str(times[name]), name)))


def in_both_orders(first: list[str], second: list[str]) -> list[str]:
    """The first order, with each name that it lacks after the one that it follows in the second."""
    known = set(first)
    following: defaultdict[str, list[str]] = defaultdict(list)
    place = ""
    for name in second:
        if name in known:
            place = name
        else:
            following[place].append(name)
    return [name for each in ("", *first) for name in ([each] if each else []) + following[each]]


def _time(versions: Versions) -> str | None:
    """An item's `at` in one form that sorts; None where it has none that can be read."""
    item = next(version[0] for version in versions if version)
    at = item.get("at") if isinstance(item, dict) else None
    try:
        moment = datetime.fromisoformat(str(at))
    except ValueError:
        return None
    return f"{moment.timestamp():020.6f}" if moment.tzinfo else None


def _named(items: list[Any], name: Callable[[Any], str]) -> dict[str, Any]:
    """Items by name; of equal items each further one is told apart by its number."""
    found: dict[str, Any] = {}
    seen: Counter[str] = Counter()
    for item in items:
        called = name(item)
        seen[called] += 1
        found[f"{called} {seen[called]}"] = item
    return found


def _are_unique(items: list[Any]) -> bool:
    names = [_name(item) for item in items]
    return len(set(names)) == len(names)


def _name(item: object) -> str:
    fields = _naming_fields(item)
    if isinstance(item, dict) and fields:
        return _content([item.get(field) for field in fields])
    return _content(item)


def _naming_fields(item: object) -> tuple[str, ...]:
    if not isinstance(item, dict):
        return ()
    return next((fields for fields in _NAMES if isinstance(item.get(fields[0]), str)), ())


def _content(value: object) -> str:
    return json.dumps(value, sort_keys=True, default=str)


def _label(name: str) -> str:
    """What people call an item: its key or name, without the quotes and the number."""
    content = json.loads(name.rpartition(" ")[0])
    first = content[0] if isinstance(content, list) and content else content
    return str(first)[:40]
