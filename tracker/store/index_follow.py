"""Bring the parts of the index up to a commit: all is read before the first waits to be written."""

import sqlite3
from collections.abc import Callable, Mapping
from functools import partial

from tracker.store.clone import Clone
from tracker.store.index_build import Progress, begin_records
from tracker.store.index_log import begin_log
from tracker.store.index_processes import Readers
from tracker.store.index_schema import LOG, RECORDS


def follow(
    connection: sqlite3.Connection,
    clone: Clone,
    known: Mapping[str, str | None],
    tip: str | None,
    progress: Progress,
) -> None:
    """Bring each part from the commit that it knows to another, within the caller's transaction."""
    ways: Mapping[str, Callable[..., Callable[[], None]]] = {
        RECORDS: partial(begin_records, progress=progress),
        LOG: begin_log,
    }
    with Readers() as readers:
        begun = [
            (part, ways[part](connection, clone, commit, tip, readers))
            for part, commit in known.items()
        ]
        for part, write in begun:
            write()
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (part, tip or ""))
