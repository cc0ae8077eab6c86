"""A bug as the actions that wait for it will leave it.

Whoever acts twice in a row, or while the repository is away, goes on from their own last action:
the committer judges in the same order.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Final

from tracker.model.record import BugRecord
from tracker.store.commit_path import CommitPath
from tracker.store.judging import judge
from tracker.store.request import Request, UnreadableRequestError, beginning_of, from_entry
from tracker.workflow.decision import Refused

_MOST: Final = 200  # more than what acts at once; of a longer queue the rest is judged later


def after_waiting(path: CommitPath, bug: str, now: datetime) -> BugRecord | None:
    """The record after what waits for a bug; None where nothing does, or nothing is accepted."""
    record: BugRecord | None = None
    store, tip = path.builder.store, path.clone.tip()
    for request in _waiting(path, bug):
        verdict = judge(store, request.case, tip, now, record)
        if not isinstance(verdict, Refused):
            record = verdict.accepted.record
    return record


def _waiting(path: CommitPath, bug: str) -> Iterator[Request]:
    for entry in path.ledger.outbox.pending(_MOST, begins=beginning_of(bug)):
        with suppress(UnreadableRequestError):  # which the committer refuses
            yield from_entry(entry)
