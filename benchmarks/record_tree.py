"""Make a tree of valid records, the same each time: bugs of every severity in every state."""

from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path

from tests.builders.life import TO_STATUS, life_at
from tracker.model.bug_id import record_path
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.store.record_file import new_text

SEVERITIES = tuple(Policy().severities)
PLACES = ("checkout", "login", "search", "billing", "reports", "uploads", "notifications")


def write_tree(root: Path, count: int) -> int:
    """Write records below a folder; the bytes of all of them."""
    size = 0
    for record in islice(_records(), count):
        path = root / record_path(record.id)
        path.parent.mkdir(parents=True, exist_ok=True)
        size += path.write_bytes(new_text(record).encode())
    return size


def _records() -> Iterator[BugRecord]:
    lives = [life_at(*kind).bug for kind in product(TO_STATUS, SEVERITIES)]
    number = 0
    while True:
        for record in lives:
            number += 1
            place = PLACES[number % len(PLACES)]
            told = {"id": f"BUG-{number:04}", "title": f"{record.title} in {place} {number}"}
            yield record.model_copy(update=told)
