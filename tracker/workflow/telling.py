"""When the things that a record lists were written, by the entries of its timeline that tell them.

Times are whole seconds and may be given later, so they do not say what came first: the timeline,
which only grows, does.
"""

from collections import defaultdict
from collections.abc import Callable, Container, Iterator
from datetime import datetime
from typing import TypeVar

from tracker.model.documents import ActionItem
from tracker.model.fix import Evidence
from tracker.model.timeline import TimelineEntry, item_key
from tracker.workflow.history import lasting

Item = TypeVar("Item")
Telling = tuple[tuple[str, ...], datetime | None]
"""The commands that may tell of an item, and when they do."""


def positions(
    timeline: tuple[TimelineEntry, ...],
    items: tuple[Item, ...],
    telling: Callable[[Item], Telling],
    silent: Container[int] = (),
) -> Iterator[tuple[Item, int | None]]:
    """Each item with the position of the entry that tells of it; None where no entry does.

    Items that are told at one time are told in their own order. Entries at `silent` positions
    tell of something else.
    """
    if not items:
        return
    free: defaultdict[tuple[str, datetime], list[int]] = defaultdict(list)
    lasts = {entry.key for entry in lasting(timeline)}
    for position, entry in enumerate(timeline):
        if entry.key in lasts and position not in silent:
            free[entry.action, entry.at].append(position)
    for item in items:
        verbs, at = telling(item)
        found = [(verb, at) for verb in verbs if at is not None and (verb, at) in free]
        first = min(found, key=lambda each: free[each][0], default=None)
        if first is None:
            yield item, None
        else:
            yield item, free[first].pop(0) if len(free[first]) > 1 else free[first][0]


def was_written(
    item: Evidence | ActionItem, bug: str, timeline: tuple[TimelineEntry, ...], position: int
) -> bool:
    """Whether an item was there when an entry was written, which its key says where times do not.

    Where it does not either, what is of one time was there.
    """
    given = _time_of(item)
    if given is None or given > timeline[position].at:
        return given is None
    told = told_at(item, bug, timeline)
    return told is None or told <= position


def told_at(
    item: Evidence | ActionItem, bug: str, timeline: tuple[TimelineEntry, ...]
) -> int | None:
    """The position of the entry that an item came with, though its own time may be an earlier one.

    None where its key is not the tracker's own, which says nothing.
    """
    said = (item.text,) if isinstance(item, ActionItem) else (item.suite, item.name, item.result)
    given = _time_of(item)
    told = sorted(enumerate(timeline), key=lambda each: each[1].at != given)  # the usual one first
    moments = [(position, entry.at) for position, entry in told]
    if given is not None:  # entries that a merge put before it made its position a later one
        moments += [(position, given) for position in range(len(timeline) + 1)]
    for position, at in moments:
        if item.key == written_key(*said, bug=bug, at=at, length=position):
            return position
    return None


def _time_of(item: Evidence | ActionItem) -> datetime | None:
    return item.added_at if isinstance(item, ActionItem) else item.at


def written_key(*said: str, bug: str, at: datetime, length: int) -> str:
    """The key of a new item, which tells how many entries the timeline had before it."""
    return item_key(bug, at, *said, length)
