"""What happened between two commits, read in one pass without a process."""

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from functools import reduce

import pygit2
from pygit2.enums import SortMode

from tracker.store.clone import Clone, commit_at, entry_at
from tracker.store.commit_message import read_subject, read_trailers
from tracker.store.git_errors import UnknownRevisionError

_REQUEST = "Request"


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
    return clone.ask(lambda repository: tuple(_between(repository, after, until)))


def log_of_file(clone: Clone, path: str, until: str | None) -> tuple[LoggedCommit, ...]:
    """Return the commits that changed one file, oldest first."""
    if until is None:
        return ()
    return clone.ask(lambda repository: tuple(_of_file(repository, path, until)))


def blob_before(clone: Clone, path: str, until: str | None) -> str | None:
    """Return the blob id that a file had before its newest change; None when it was not there."""
    if until is None:
        return None
    return clone.ask(lambda repository: _blob_before(repository, path, until))


@dataclass(kw_only=True)
class RequestIndex:
    """Which commit recorded which request; kept up to the tip it last saw, so asking is cheap."""

    clone: Clone
    _commits: dict[str, str] = field(default_factory=dict)
    _tip: str | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def commit_of(self, request: str, tip: str | None) -> str | None:
        """Return the commit in the history of `tip` that has this `Request:` trailer."""
        with self._lock:
            if tip != self._tip:
                self.clone.ask(lambda repository: self._follow(repository, tip))
            return self._commits.get(request)

    def _follow(self, repository: pygit2.Repository, tip: str | None) -> None:
        """Read only the new commits; all of them when the history was rewritten."""
        known = self._tip
        grew = known in {None, tip} or (
            tip is not None and known in repository and repository.descendant_of(tip, known)
        )
        if not grew:
            known = None
            self._commits.clear()
        for commit in _walk(repository, known, tip) if tip is not None else ():
            request = read_trailers(commit.message).get(_REQUEST)
            if request:
                self._commits.setdefault(request, str(commit.id))
        self._tip = tip


def _between(
    repository: pygit2.Repository, after: str | None, until: str
) -> Iterator[LoggedCommit]:
    if after not in {None, until}:
        known = commit_at(repository, str(after))
        if not repository.descendant_of(until, known.id):
            message = f"The commit {known.short_id} is no longer in the history."
            raise UnknownRevisionError(message)
    for commit in _walk(repository, after, until):
        yield _describe(commit, _changes(repository, commit))


def _walk(repository: pygit2.Repository, after: str | None, until: str) -> Iterator[pygit2.Commit]:
    walker = repository.walk(
        commit_at(repository, until).id, SortMode.TOPOLOGICAL | SortMode.REVERSE
    )
    if after is not None:
        walker.hide(commit_at(repository, after).id)
    yield from walker


def _of_file(repository: pygit2.Repository, path: str, until: str) -> Iterator[LoggedCommit]:
    for commit in _walk(repository, None, until):
        new = _blob_id(commit, path)
        olds = [_blob_id(parent, path) for parent in commit.parents] or [None]
        if new not in olds:
            yield _describe(commit, (ChangedFile(path=path, old=olds[0], new=new),))


def _blob_before(repository: pygit2.Repository, path: str, until: str) -> str | None:
    for commit in repository.walk(commit_at(repository, until).id, SortMode.TOPOLOGICAL):
        olds = [_blob_id(parent, path) for parent in commit.parents] or [None]
        if _blob_id(commit, path) not in olds:
            return olds[0]
    return None


def _blob_id(commit: pygit2.Commit, path: str) -> str | None:
    found = entry_at(commit.tree, path)
    return None if found is None else str(found.id)


def _changes(repository: pygit2.Repository, commit: pygit2.Commit) -> tuple[ChangedFile, ...]:
    by_parent = [_difference(repository, parent, commit) for parent in commit.parents]
    if not by_parent:
        by_parent = [_difference(repository, None, commit)]
    common = reduce(lambda left, right: left & right, (set(each) for each in by_parent))
    return tuple(change for path, change in by_parent[0].items() if path in common)


def _difference(
    repository: pygit2.Repository, parent: pygit2.Commit | None, commit: pygit2.Commit
) -> dict[str, ChangedFile]:
    if parent is None:
        diff = commit.tree.diff_to_tree(swap=True)
    else:
        diff = repository.diff(parent, commit)
    changes = {}
    for delta in diff.deltas:
        path = delta.new_file.path
        changes[path] = ChangedFile(
            path=path, old=_id_or_none(delta.old_file), new=_id_or_none(delta.new_file)
        )
    return changes


def _id_or_none(file: pygit2.DiffFile) -> str | None:
    text = str(file.id)
    return text if text.strip("0") else None


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
