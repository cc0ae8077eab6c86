"""Whole records of the bugs that somebody still has to do something for, or just did."""

from datetime import datetime

from tracker.model.record import BugRecord
from tracker.store import index_queries
from tracker.store.bug_index import BugIndex
from tracker.store.bug_store import BugStore
from tracker.store.index_log import last_changes


def unfinished_bugs(store: BugStore, index: BugIndex) -> tuple[BugRecord, ...]:
    """Return the records of bugs that are open or have an open action item; broken ones wait."""
    return store.at_hand("unfinished", index.ask(index_queries.unfinished))


def changed_bugs(
    store: BugStore, index: BugIndex, revision: str | None, moment: datetime
) -> tuple[BugRecord, ...]:
    """Return the records that were committed to since a moment; broken ones are left out."""
    blobs = store.paths(revision)
    changed = index.ask_history(lambda rows: tuple(last_changes(rows)))
    newer = [(path, blobs[path]) for path, at in changed if at >= moment and path in blobs]
    return store.at_hand("changed", newer)
