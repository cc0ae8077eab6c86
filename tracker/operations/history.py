"""What happened: the commits of one bug, and the changes since a projection last looked."""

from dataclasses import dataclass

from tracker.model.bug_id import record_path
from tracker.model.problem import ProblemsFound
from tracker.model.record import BugRecord
from tracker.store.bug_store import BugStore, id_in_path
from tracker.store.commit_log import ChangedFile, LoggedCommit, log_between, log_of_file
from tracker.store.git_errors import UnknownRevisionError


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


def history_of(store: BugStore, bug: str, revision: str | None) -> tuple[LoggedCommit, ...]:
    """Return the commits that changed one bug's record, oldest first."""
    return log_of_file(store.clone, record_path(bug), revision)


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
    return tuple(change for change in changes if change is not None)


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
