"""What became different between two versions of a record, field by field, as a reader sees it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

_LONGEST: Final = 280  # letters; the file has the whole text


@dataclass(frozen=True, kw_only=True)
class FieldChange:
    """One field by its dotted name; empty texts stand for what was not or is no longer there."""

    field: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, kw_only=True)
class Revision:
    """One commit; `changes` is `None` where a version before or after it cannot be read."""

    commit: str
    subject: str
    author: str
    at: datetime
    changes: tuple[FieldChange, ...] | None
    first: bool = False
    """Whether it brought the record; its fields are not told one by one."""


def field_changes(before: Any, after: Any, field: str = "") -> Iterator[FieldChange]:  # noqa: ANN401
    """Every field whose value differs; list items are told apart by their `key`, else by content.

    An item that only has another key is told as that one change, and a section that is new
    or gone is told field by field too.
    """
    if before == after:
        return
    if _is_mapping(before) and _is_mapping(after):
        yield from _in_mapping(before or {}, after or {}, field)
    elif _is_list(before) and _is_list(after):
        yield from _in_list(before or [], after or [], field)
    else:
        yield FieldChange(field=field, before=_words(before), after=_words(after))


def _is_mapping(value: object) -> bool:
    return value is None or isinstance(value, dict)


def _is_list(value: object) -> bool:
    return value is None or isinstance(value, list)


def _in_mapping(before: dict[str, Any], after: dict[str, Any], field: str) -> Iterator[FieldChange]:
    for key in (*before, *(key for key in after if key not in before)):
        name = f"{field}.{key}" if field else str(key)
        yield from field_changes(before.get(key), after.get(key), name)


def _in_list(before: list[Any], after: list[Any], field: str) -> Iterator[FieldChange]:
    old, new = _keyed(before), _keyed(after)
    if old is not None and new is not None:
        for key in old:
            if key in new:
                yield from field_changes(old[key], new[key], f"{field}.{key}")
        before = [item for key, item in old.items() if key not in new]
        after = [item for key, item in new.items() if key not in old]
    gone = [item for item in before if item not in after]
    came = [item for item in after if item not in before]
    for item in tuple(gone):
        same = next((each for each in came if _differ_in_key(item, each)), None)
        if same is not None:
            yield from field_changes(item, same, f"{field}.{item.get('key') or same['key']}")
            gone.remove(item)
            came.remove(same)
    yield from (FieldChange(field=field, before=_words(item)) for item in gone)
    yield from (FieldChange(field=field, after=_words(item)) for item in came)


def _differ_in_key(one: object, other: object) -> bool:
    """Whether two items say the same under another key, or one of them has none."""
    if not isinstance(one, dict) or not isinstance(other, dict):
        return False
    own, others = dict(one), dict(other)
    return own.pop("key", None) != others.pop("key", None) and own == others != {}


def _keyed(items: list[Any]) -> dict[str, Any] | None:
    """The items by their keys, if each has one and no two have the same."""
    found = {str(item["key"]): item for item in items if isinstance(item, dict) and "key" in item}
    return found if len(found) == len(items) else None


def _words(value: object) -> str:
    """A value in one line: what holds others is told as `key: value` and shortened."""
    if value is None:
        return ""
    if isinstance(value, dict):
        text = "; ".join(f"{key}: {_words(item)}" for key, item in value.items() if key != "key")
    elif isinstance(value, list):
        text = ", ".join(_words(item) for item in value)
    elif isinstance(value, bool):
        text = "true" if value else "false"
    else:
        text = str(value)
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"
