"""Records with a text of the hostile corpus in each of their fields."""

from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Any

from tests.builders.full_record import Path, full_record
from tests.builders.hostile import HOSTILE
from tracker.model.record import BugRecord
from tracker.model.text import normalise

_TRIES = 3
_FIXED = ("id", "formerly", "duplicate_of", "related")
"""Fields that hold the numbers of bugs."""


@cache
def hostile_records() -> tuple[BugRecord, ...]:
    """As many as it takes to show every text; each stands as intake leaves it."""
    left = dict.fromkeys(map(normalise, HOSTILE))
    records: list[BugRecord] = []
    while left:
        record, used = _filled(f"BUG-{len(records) + 1:04d}", tuple(left))
        assert used, f"No field takes any of {tuple(left)}."
        records.append(record)
        for text in used:
            del left[text]
    return tuple(records)


def _filled(bug_id: str, texts: tuple[str, ...]) -> tuple[BugRecord, set[str]]:
    filled = full_record()
    values = filled.values
    values["id"] = bug_id
    queue, used = list(texts), set[str]()
    for path in filled.words:
        if path[0] in _FIXED:
            continue
        spare = iter(queue or texts)
        for text in islice(spare, _TRIES):
            if _takes(values, path, text):
                used.add(text)
                if text in queue:
                    queue.remove(text)
                break
        else:
            queue.extend(queue[:_TRIES])
            del queue[:_TRIES]
    return BugRecord.model_validate(values), used


def _takes(values: dict[str, Any], path: Path, text: str) -> bool:
    """Whether a field takes a text, as it is, in one line, or as the name of a person."""
    target: Any = values
    for step in path[:-1]:
        target = target[step]
    before = target[path[-1]]
    for candidate in _ways(text, before):
        target[path[-1]] = candidate
        try:
            BugRecord.model_validate(values)
        except ValueError:
            continue
        return True
    target[path[-1]] = before
    return False


def _ways(text: str, before: str) -> Iterator[str]:
    line = " ".join(text.split())
    if "@" in before:
        yield f"{line} <{before.partition('<')[2]}"
        return
    yield text
    yield line
