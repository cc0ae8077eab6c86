"""What happened: the commits of one bug, and the changes since a projection last looked."""

from dataclasses import dataclass, replace

from tracker.model.bug_id import record_path
from tracker.model.bug_number import id_in_path
from tracker.model.problem import ProblemsFound
from tracker.model.record import BugRecord
from tracker.store.bug_store import BugStore
from tracker.store.commit_log import ChangedFile, LoggedCommit, log_between
from tracker.store.git_errors import UnknownRevisionError
from tracker.store.index_log import log_of_file
from tracker.workflow.same_bug import is_same_bug


@dataclass(frozen=True, kw_only=True)
class BugChange:
    """One record before and after a commit; None where it did not exist."""

    bug: str
    old: BugRecord | None
    new: BugRecord | None


@dataclass(frozen=True, kw_only=True)
class CommitChanges:
    """A commit and the records that it changed; files that cannot be read are left out."""

    commit: LoggedCommit
    bugs: tuple[BugChange, ...]


@dataclass(frozen=True, kw_only=True)
class Changes:
    """All that is new up to `tip`, where the cursor belongs next, oldest first.

    `restarted` means that the cursor's commit is not in the history any more, as after a forced
    push: then nothing is told, and the cursor starts again at the tip.
    """

    tip: str | None
    commits: tuple[CommitChanges, ...]
    restarted: bool = False


def history_of(store: BugStore, bug: str) -> tuple[LoggedCommit, ...]:
    """Return the commits that changed one bug's record, under former numbers too, oldest first."""
    own = _log_of(store, bug)
    known = {each.commit for each in own}
    try:
        record = store.load(bug, store.clone.tip())
    except ProblemsFound:
        record = None
    earlier = (
        each
        for number in (record.formerly if record else ())
        for each in _log_of(store, number)
        if record and each.commit not in known and _tells_of(store, each, record)
    )
    return (*earlier, *own)


def _log_of(store: BugStore, bug: str) -> tuple[LoggedCommit, ...]:
    return store.index.ask_history(lambda rows: log_of_file(rows, record_path(bug)))


def changes_since(store: BugStore, cursor: str | None) -> Changes:
    """Return what came after the cursor; with no cursor, everything since the first commit."""
    tip = store.clone.tip()
    try:
        logged = log_between(store.clone, cursor, tip)
    except UnknownRevisionError:
        return Changes(tip=tip, commits=(), restarted=True)
    return Changes(
        tip=tip,
        commits=tuple(
            CommitChanges(commit=commit, bugs=_bugs(store, commit.changes)) for commit in logged
        ),
    )


def _bugs(store: BugStore, changed: tuple[ChangedFile, ...]) -> tuple[BugChange, ...]:
    found = ((id_in_path(file.path), file) for file in changed)
    changes = (_change(store, bug, file) for bug, file in found if bug is not None)
    return _with_renumbered([change for change in changes if change is not None])


def _with_renumbered(changes: list[BugChange]) -> tuple[BugChange, ...]:
    """Lay a record that moved to another number beside what it was under the old one."""
    gone = {change.bug: change for change in changes if change.new is None}
    told: list[BugChange] = []
    for change in changes:
        former = change.new.formerly if change.new and change.old is None else ()
        before = next((gone.pop(number) for number in reversed(former) if number in gone), None)
        told.append(change if before is None else replace(change, old=before.old))
    return tuple(change for change in told if change.new is not None or change.bug in gone)


def _change(store: BugStore, bug: str, file: ChangedFile) -> BugChange | None:
    """Read both versions; the checks tell of a broken one, an announcement could only mislead."""
    try:
        return BugChange(
            bug=bug,
            old=store.load_blob(file.path, file.old) if file.old else None,
            new=store.load_blob(file.path, file.new) if file.new else None,
        )
    except ProblemsFound:
        return None


def _tells_of(store: BugStore, commit: LoggedCommit, record: BugRecord) -> bool:
    """Whether a commit under a former number is about this bug, not one that won the number."""
    files = ((file, id_in_path(file.path)) for file in commit.changes)
    changes = (_change(store, bug, file) for file, bug in files if bug is not None)
    versions = (each for change in changes if change for each in (change.old, change.new))
    return any(is_same_bug(version, record) for version in versions if version)
