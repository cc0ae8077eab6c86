"""Whose recent values a commit replaced, so that nobody does so unawares."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Final

from tracker.model.bug_id import record_path
from tracker.model.person import Person
from tracker.model.problem import ProblemsFound
from tracker.model.record import BugRecord
from tracker.store.bug_store import BugStore
from tracker.store.commit_log import LoggedCommit
from tracker.store.index_log import log_of_file
from tracker.workflow.single_values import Replaced, Value, replaced_names, single_values

RECENT: Final = timedelta(days=1)
"""What was set longer ago is replaced because things went on, and whoever did so meant it."""


def replaced(store: BugStore, bug: str, commit: str) -> tuple[Replaced, ...]:
    """Return what a commit replaced that somebody else had set in the day before it."""
    log = store.index.ask_history(lambda rows: log_of_file(rows, record_path(bug)))
    place = next((place for place, each in enumerate(log) if each.commit == commit), 0)
    earlier, now = log[:place], log[place] if place else None
    if now is None or not any(_is_by_another(each, now) for each in earlier):
        return ()  # without a look at the records, which is most of the time
    try:
        new, old = store.load(bug, commit), store.before(bug, commit)
    except ProblemsFound:
        return ()
    if new is None or old is None or not (names := replaced_names(old, new)):
        return ()
    found = _setters(store, earlier, now, old, names)
    return tuple(each for each in found if each.by.email.lower() != now.author_email.lower())


def _is_by_another(earlier: LoggedCommit, now: LoggedCommit) -> bool:
    return (
        now.recorded - earlier.recorded <= RECENT
        and earlier.author_email.lower() != now.author_email.lower()
    )


def _setters(
    store: BugStore,
    earlier: tuple[LoggedCommit, ...],
    now: LoggedCommit,
    old: BugRecord,
    names: tuple[str, ...],
) -> Iterator[Replaced]:
    """Go back through the history until each value is found that was not there before."""
    standing = single_values(old)
    wanted = set(names)
    for each in reversed(earlier):
        if not wanted or now.recorded - each.recorded > RECENT:
            return
        before = _values_before(store, each)
        by = Person(name=each.author_name or each.author_email, email=each.author_email)
        for name in [name for name in names if name in wanted]:
            if before is not None and before.get(name) != standing[name]:
                wanted.remove(name)
                yield Replaced(name=name, value=standing[name], by=by, at=each.recorded)


def _values_before(store: BugStore, commit: LoggedCommit) -> Mapping[str, Value] | None:
    """What stood before a commit; None where nobody can read the file as it was."""
    (file,) = commit.changes
    if file.old is None:
        return {}
    try:
        return single_values(store.load_blob(file.path, file.old))
    except ProblemsFound:
        return None
