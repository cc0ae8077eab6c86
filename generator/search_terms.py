"""The words by which a bug is found, each with a weight: pure, and the same in the browser."""

import re
from collections.abc import Iterator
from typing import Any, Final

from tracker.model.part import Part
from tracker.model.person import Person
from tracker.model.record import BugRecord

_WORD: Final = re.compile(r"[^\W_]+")
_SHORTEST, _LONGEST = 2, 40
_MOST: Final = 400
"""Different words that are kept of one bug, the weightiest first."""
TITLE: Final = 8
_WEIGHTS: Final = {
    "title": TITLE,
    "id": TITLE,
    "formerly": TITLE,
    "report": 4,
    "root_cause": 3,
    "investigation": 3,
}
_SILENT: Final = ("schema_version", "status", "severity", "policy", "timeline")


def words(text: str) -> list[str]:
    """The words of a text: runs of letters and digits, in small letters."""
    return [word[:_LONGEST] for word in _WORD.findall(text.lower()) if len(word) >= _SHORTEST]


def bug_terms(record: BugRecord) -> dict[str, int]:
    """The words of a record with the weight of the best place that each stands at."""
    found: dict[str, int] = {}
    for name in type(record).model_fields:
        if name in _SILENT:
            continue
        weight = _WEIGHTS.get(name, 1)
        for text in _texts(getattr(record, name)):
            for word in words(text):
                found[word] = max(weight, found.get(word, 0))
    if len(found) <= _MOST:
        return found
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST])


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - anything that a record holds
    """Every text in a part of a record; people are found by their pages."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, Part) and not isinstance(value, Person):
        for inner in vars(value).values():
            yield from _texts(inner)
