"""Where records name other bugs, and the same records once a bug has another number."""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from tracker.model.bug_id import number_of

Mention = tuple[str, str]
"""A field, by its keys joined with dots, and its whole text."""

_IDS: Final = frozenset({"duplicate_of", "ref"})
_HISTORY: Final = frozenset({
    "approvals", "changes", "communication", "deployments", "formerly", "published", "reviews",
    "tests", "timeline",
})  # fmt: skip
"""Lists of what was said and done: an old number in them leads to the bug by its alias."""


def mentions(values: object, bug: str) -> frozenset[Mention]:
    """Fields of a record that name a bug: as its duplicate or relation, or in a link to it."""
    found: set[Mention] = set()

    def note(field: str, text: str) -> str:
        if _is_number(field, text, bug) or _link(bug).search(text):
            found.add((field, text))
        return text

    _walked(values, "", note)
    return frozenset(found)


def renamed(values: Any, old: str, new: str, only: frozenset[Mention] | None = None) -> Any:  # noqa: ANN401
    """A record's plain values with another number for a bug, `only` in these fields if given."""

    def rename(field: str, text: str) -> str:
        wanted = only is None or (field, text) in only
        return _renamed_text(field, text, old, new) if wanted else text

    return _walked(values, "", rename)


def folder_of(bug: str) -> str:
    """The folder of a bug's record and attachments below `bugs`."""
    return f"{number_of(bug) // 1000:03d}"


def _renamed_text(field: str, text: str, old: str, new: str) -> str:
    """One text: a whole number in a field for numbers, else every link to the bug's files."""
    return new if _is_number(field, text, old) else relinked(text, old, new)


def relinked(text: str, old: str, new: str) -> str:
    """A text with every link to a bug's files, or to its page, leading to another number."""
    return _link(old).sub(
        lambda found: f"bugs/{folder_of(new)}/{new}" if found["folder"] else f"bugs/{new}", text
    )


def _is_number(field: str, text: str, bug: str) -> bool:
    return field.rpartition(".")[2] in _IDS and text.strip() == bug


def _link(bug: str) -> re.Pattern[str]:
    return re.compile(rf"\bbugs/(?P<folder>[0-9]{{3,}}/)?{re.escape(bug)}(?![\w-])")


def _walked(value: Any, field: str, change: Callable[[str, str], str]) -> Any:  # noqa: ANN401
    if isinstance(value, dict):
        return {
            key: item if key in _HISTORY else _walked(item, f"{field}.{key}", change)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return list(_walked_items(value, field, change))
    return change(field, value) if isinstance(value, str) else value


def _walked_items(items: list[Any], field: str, change: Callable[[str, str], str]) -> Iterator[Any]:
    for item in items:
        yield _walked(item, field, change)
