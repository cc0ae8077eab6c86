"""Three-way merge of plain values: what two branches made of one record, put together again.

A change that only one side made wins, equal changes agree, and what both changed in different ways
is a conflict that names the field and both values; nothing is dropped in silence.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from tracker.workflow.merge_lines import merge_lines
from tracker.workflow.merge_lists import MergedItem, in_both_orders, merge_lists, same

_SHOWN: Final = 60  # characters of a value in a sentence


class Absent(Enum):
    """Stands for a field that a side does not have."""

    ABSENT = "absent"


ABSENT: Final = Absent.ABSENT


class Side(Enum):
    """One of the two versions; the value is the label of conflict markers."""

    OURS = "ours"
    THEIRS = "theirs"


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """A field that both sides changed in different ways; a side without it has ABSENT."""

    field: str
    """Where it is: `assignment.backup`, `actions[5egsgd].owner`."""
    ours: Any
    theirs: Any

    def __str__(self) -> str:
        """Name the field and both values."""
        ours, theirs = _shown(self.ours), _shown(self.theirs)
        return f"`{self.field}` differs on both sides: ours {ours}, theirs {theirs}."


@dataclass(frozen=True, kw_only=True)
class Merged:
    """The merged value, in which a conflicting field is as the preferred side has it."""

    value: Any
    conflicts: tuple[Conflict, ...] = ()


def merge(
    base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any], prefer: Side = Side.OURS
) -> Merged:
    """Merge two descendants of a mapping; `prefer` fills conflicting fields and settles no one."""
    return _Merger(prefer=prefer).value("", base, ours, theirs)


@dataclass(frozen=True, kw_only=True)
class _Merger:
    prefer: Side

    def value(self, field: str, base: Any, ours: Any, theirs: Any) -> Merged:  # noqa: ANN401
        if same(ours, theirs) or same(base, theirs):
            return Merged(value=ours)
        if same(base, ours):
            return Merged(value=theirs)
        return self._both_changed(field, base, ours, theirs)

    def _both_changed(self, field: str, base: Any, ours: Any, theirs: Any) -> Merged:  # noqa: ANN401
        ways: tuple[tuple[type, Callable[..., Merged]], ...] = (
            (dict, self._mapping),
            (list, self._list),
            (str, self._text),
        )
        for kind, way in ways:
            start = kind() if base is ABSENT else base
            if all(isinstance(value, kind) for value in (start, ours, theirs)):
                return way(field, start, ours, theirs)
        return self._conflict(field, ours, theirs)

    def _mapping(
        self, field: str, base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]
    ) -> Merged:
        merged: dict[str, Any] = {}
        conflicts: list[Conflict] = []
        for key in in_both_orders(in_both_orders(list(ours), list(theirs)), list(base)):
            name = f"{field}.{key}" if field else key
            sides = (side.get(key, ABSENT) for side in (base, ours, theirs))
            result = self.value(name, *sides)
            conflicts += result.conflicts
            if result.value is not ABSENT:
                merged[key] = result.value
        return Merged(value=merged, conflicts=tuple(conflicts))

    def _list(self, field: str, base: list[Any], ours: list[Any], theirs: list[Any]) -> Merged:
        conflicts: list[Conflict] = []

        def item(name: str, versions: tuple[Any, Any, Any]) -> MergedItem:
            found = (version[0] if version else ABSENT for version in versions)
            result = self.value(f"{field}[{name}]", *found)
            conflicts.extend(result.conflicts)
            return () if result.value is ABSENT else (result.value,)

        items = merge_lists(base, ours, theirs, item)
        if items is None:
            return self._conflict(field, ours, theirs)
        return Merged(value=items, conflicts=tuple(conflicts))

    def _text(self, field: str, base: str, ours: str, theirs: str) -> Merged:
        """Merge a text line by line; one of a single line is changed as a whole."""
        hunks = merge_lines(*(text.split("\n") for text in (base, ours, theirs)))
        if "\n" not in base or hunks is None or not all(hunk.agreed for hunk in hunks):
            return self._conflict(field, ours, theirs)
        return Merged(value="\n".join(line for hunk in hunks for line in hunk.ours))

    def _conflict(self, field: str, ours: Any, theirs: Any) -> Merged:  # noqa: ANN401
        conflict = Conflict(field=field, ours=ours, theirs=theirs)
        value = ours if self.prefer is Side.OURS else theirs
        return Merged(value=value, conflicts=(conflict,))


def _shown(value: object) -> str:
    if value is ABSENT:
        return "without it"
    text = " ".join(str(value).split())
    return f"“{text}”" if len(text) <= _SHOWN else f"“{text[: _SHOWN - 1]}…”"
