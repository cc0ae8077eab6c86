"""What happened between two commits, read in one pass without a process."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import reduce
from typing import Final

import pygit2
from pygit2.enums import SortMode

from tracker.store.clone import Clone, commit_at, entry_at
from tracker.store.commit_message import read_subject, read_trailers
from tracker.store.git_errors import UnknownRevisionError
from tracker.store.tree_changes import TreeChanges

_NEAR: Final = 50  # commits


@dataclass(frozen=True, kw_only=True)
class ChangedFile:
    """One path in a commit, with its blob ids before and after (None where it is absent)."""

    path: str
    old: str | None
    new: str | None


@dataclass(frozen=True, kw_only=True)
class LoggedCommit:
    """One commit of the past; `time` is the author's, when it happened, `recorded` git's own."""

    commit: str
    subject: str
    author_name: str
    author_email: str
    time: datetime
    recorded: datetime
    trailers: Mapping[str, str]
    changes: tuple[ChangedFile, ...]


def log_between(clone: Clone, after: str | None, until: str | None) -> tuple[LoggedCommit, ...]:
    """Return the commits that `until` has and `after` has not, oldest first.

    A merge counts only for files that differ from every parent: the other changes are in the
    commits that were merged. Raises UnknownRevisionError when `after` is not in the history of
    `until`, as after a forced push.
    """
    if until is None:
        return ()
    return clone.ask(
        lambda repository: tuple(each_logged(repository, ids_between(repository, after, until)))
    )


def is_in_history(clone: Clone, commit: str, of: str | None) -> bool:
    """Whether a commit is known and `of` stands on it, or is it."""
    if of is None:
        return False
    return clone.ask(
        lambda repository: (
            commit == of or (commit in repository and _stands_on(repository, of, commit))
        )
    )


def blob_before(clone: Clone, path: str, until: str | None) -> str | None:
    """Return the blob id that a file had before its newest change; None when it was not there."""
    if until is None:
        return None
    return clone.ask(lambda repository: _blob_before(repository, path, until))


def blobs_of(clone: Clone, path: str, until: str | None) -> tuple[str, ...]:
    """Return the blob ids that a file had, the newest first."""
    if until is None:
        return ()
    return clone.ask(lambda repository: tuple(_blobs_of(repository, path, until)))


def ids_between(
    repository: pygit2.Repository, after: str | None, until: str
) -> tuple[pygit2.Oid, ...]:
    """Return the commits that `until` has and `after` has not, as `log_between` does."""
    if after not in {None, until}:
        known = commit_at(repository, str(after))
        if not _stands_on(repository, until, str(known.id)):
            message = f"The commit {known.short_id} is no longer in the history."
            raise UnknownRevisionError(message)
    walker = repository.walk(
        commit_at(repository, until).id, SortMode.TOPOLOGICAL | SortMode.REVERSE
    )
    if after is not None:
        walker.hide(commit_at(repository, after).id)
    return tuple(commit.id for commit in walker)


def each_logged(
    repository: pygit2.Repository, commits: Iterable[pygit2.Oid | str]
) -> Iterator[LoggedCommit]:
    """Yield what each of these commits says and changes."""
    trees = TreeChanges(repository)
    for oid in commits:
        commit = repository[oid].peel(pygit2.Commit)
        yield _describe(commit, _changes(trees, commit))


def _stands_on(repository: pygit2.Repository, newer: str, older: str) -> bool:
    """Whether a commit has another in its history, near the newer one as a rule.

    Only for one that is not among the first parents does libgit2 look through the history, which
    takes the longer the more there is of it.
    """
    near = commit_at(repository, newer)
    for _ in range(_NEAR):
        if str(near.id) == older:
            return True
        if not near.parents:
            break
        near = near.parents[0]
    return repository.descendant_of(newer, older)


def _blob_before(repository: pygit2.Repository, path: str, until: str) -> str | None:
    for commit in repository.walk(commit_at(repository, until).id, SortMode.TOPOLOGICAL):
        olds = [_blob_id(parent, path) for parent in commit.parents] or [None]
        if _blob_id(commit, path) not in olds:
            return olds[0]
    return None


def _blobs_of(repository: pygit2.Repository, path: str, until: str) -> Iterator[str]:
    last = None
    for commit in repository.walk(commit_at(repository, until).id, SortMode.TOPOLOGICAL):
        blob = _blob_id(commit, path)
        if blob is not None and blob != last:
            yield blob
        last = blob


def _blob_id(commit: pygit2.Commit, path: str) -> str | None:
    found = entry_at(commit.tree, path)
    return None if found is None else str(found.id)


def _changes(trees: TreeChanges, commit: pygit2.Commit) -> tuple[ChangedFile, ...]:
    """What differs from every parent; of a merge, `old` is what the first parent had."""
    parents: list[pygit2.Tree | None] = [parent.tree for parent in commit.parents] or [None]
    by_parent = [trees.between(parent, commit.tree) for parent in parents]
    common = reduce(lambda left, right: left & right, (set(each) for each in by_parent))
    return tuple(
        ChangedFile(path=path, old=old, new=new)
        for path, (old, new) in by_parent[0].items()
        if path in common
    )


def _describe(commit: pygit2.Commit, changes: tuple[ChangedFile, ...]) -> LoggedCommit:
    message = commit.message
    return LoggedCommit(
        commit=str(commit.id),
        subject=read_subject(message),
        author_name=commit.author.name,
        author_email=commit.author.email,
        time=_time(commit.author),
        recorded=_time(commit.committer),
        trailers=read_trailers(message),
        changes=changes,
    )


def _time(person: pygit2.Signature) -> datetime:
    return datetime.fromtimestamp(person.time, timezone(timedelta(minutes=person.offset)))
