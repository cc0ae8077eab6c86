"""Finds the smallest steps from one plain value to another, and takes them on plain values."""

import copy
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final, Literal

from tracker.store.yaml_writer import fingerprint

ValuePath = tuple[str | int, ...]

_MOST_COMPARISONS: Final = 250_000  # beyond it, aligning two lists is not worth its time


@dataclass(frozen=True, kw_only=True)
class Change:
    """One step: `put` replaces a value or adds a key, `insert` makes room in a list, `remove`.

    A change is valid once those before it are made. `order` tells a new key its neighbours.
    """

    kind: Literal["put", "insert", "remove"]
    path: ValuePath
    value: Any = None
    order: tuple[str, ...] = ()


def find_changes(before: object, after: object, path: ValuePath = ()) -> Iterator[Change]:
    """Find the steps; mappings and lists are entered, list items are told apart by their `id`."""
    if fingerprint(before) == fingerprint(after):
        return
    if isinstance(before, dict) and isinstance(after, dict) and ((before and after) or not path):
        yield from _in_mapping(before, after, path)
    elif isinstance(before, list) and isinstance(after, list) and before and after:
        yield from _in_list(before, after, path)
    else:
        yield Change(kind="put", path=path, value=after)


def _in_mapping(before: dict[str, Any], after: dict[str, Any], path: ValuePath) -> Iterator[Change]:
    for key in before:
        if key not in after:
            yield Change(kind="remove", path=(*path, key))
    for key, value in after.items():
        if key in before:
            yield from find_changes(before[key], value, (*path, key))
        else:
            yield Change(kind="put", path=(*path, key), value=value, order=tuple(after))


def _in_list(before: list[Any], after: list[Any], path: ValuePath) -> Iterator[Change]:
    """From the end to the start, so that the positions still to come stay right."""
    old, new = [identity(item) for item in before], [identity(item) for item in after]
    start = _common_start(old, new)
    rest = min(len(old), len(new)) - start
    end = min(rest, _common_start(old[::-1], new[::-1]))
    old_middle, new_middle = old[start : len(old) - end], new[start : len(new) - end]
    if len(old_middle) * len(new_middle) > _MOST_COMPARISONS:
        yield Change(kind="put", path=path, value=after)
        return
    blocks = [(0, 0, start)]
    matcher = SequenceMatcher(a=old_middle, b=new_middle, autojunk=False)
    blocks += [(a + start, b + start, size) for a, b, size in matcher.get_matching_blocks() if size]
    blocks += [(len(old) - end, len(new) - end, end)]
    old_edge, new_edge = len(old), len(new)
    for a, b, size in reversed(blocks):
        yield from _in_gap(
            before, after, (range(a + size, old_edge), range(b + size, new_edge)), path
        )
        for offset in reversed(range(size)):
            yield from find_changes(before[a + offset], after[b + offset], (*path, a + offset))
        old_edge, new_edge = a, b


def _in_gap(
    before: list[Any], after: list[Any], gap: tuple[range, range], path: ValuePath
) -> Iterator[Change]:
    """Between items that stayed: rework old items into new ones where neither has an identity."""
    old, new = gap
    pairs = 0
    for was, becomes in zip(old, new, strict=False):
        if stable_id(before[was]) or stable_id(after[becomes]):
            break
        pairs += 1
    for index in reversed(new[pairs:]):
        yield Change(kind="insert", path=(*path, old.stop), value=after[index])
    for index in reversed(old[pairs:]):
        yield Change(kind="remove", path=(*path, index))
    for offset in reversed(range(pairs)):
        index = old[offset]
        yield from find_changes(before[index], after[new[offset]], (*path, index))


def _common_start(left: list[str], right: list[str]) -> int:
    pairs = enumerate(zip(left, right, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(left), len(right)))


def stable_id(item: object) -> str:
    """Give a mapping's `id`, which stays when the rest changes; empty where there is none."""
    name = item.get("id") if isinstance(item, dict) else None
    return f"id {name}" if isinstance(name, str) else ""


def identity(item: object) -> str:
    """Give what tells list items apart: their `id`, or else all they say."""
    return stable_id(item) or fingerprint(item)


def apply_changes(value: dict[str, Any], changes: Iterable[Change]) -> dict[str, Any]:
    """Take the steps on a copy.

    Raises:
        LookupError: the value has no such place.
    """
    result = copy.deepcopy(value)
    for change in changes:
        parent: Any = result
        for step in change.path[:-1]:
            parent = parent[step]
        last = change.path[-1]
        if change.kind == "remove":
            del parent[last]
        elif change.kind == "insert":
            parent.insert(last, copy.deepcopy(change.value))
        else:
            parent[last] = copy.deepcopy(change.value)
    return result


def value_at(value: dict[str, Any], path: ValuePath) -> Any:  # noqa: ANN401 - any plain value
    """Give the value at a path that is known to be there."""
    found: Any = value
    for step in path:
        found = found[step]
    return found
