"""Merge commits of a repository: their parents, what they forked from, the records in each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pygit2
from pygit2.enums import DeltaStatus, SortMode

from tracker.model.bug_number import id_in_path
from tracker.model.problem import ProblemsFound
from tracker.model.record import BugRecord
from tracker.store.clone import entry_at
from tracker.store.git_errors import NotARepositoryError, UnknownRevisionError
from tracker.store.record_file import read_record
from tracker.store.record_paths import RECORDS


@dataclass(frozen=True, kw_only=True)
class MergeCommit:
    """A commit with several parents; `fork` is where the first two parted, None if nowhere."""

    commit: str
    parents: tuple[str, ...]
    fork: str | None


@dataclass(frozen=True, kw_only=True)
class Records:
    """Reads records of any commit of one repository."""

    repository: pygit2.Repository

    def paths(self, commit: str | None) -> Mapping[str, str]:
        """Return the blob of each record's file in a commit, by its path."""
        if commit is None:
            return {}
        folder = entry_at(self.repository[commit].peel(pygit2.Commit).tree, RECORDS)
        found = _files(folder, RECORDS) if isinstance(folder, pygit2.Tree) else ()
        return {path: blob for path, blob in found if id_in_path(path)}

    def added(self, fork: str | None, commit: str) -> Mapping[str, str]:
        """Return the blobs of the records that a commit has and the one it came from has not."""
        if fork is None:
            return self.paths(commit)
        diff = self.repository.diff(fork, commit)
        return {
            delta.new_file.path: str(delta.new_file.id)
            for delta in diff.deltas
            if delta.status is DeltaStatus.ADDED and id_in_path(delta.new_file.path)
        }

    def record(self, path: str, blob: str) -> BugRecord:
        """Return the record in a blob; raises ProblemsFound."""
        return read_record(self.data(blob), path)

    def record_or_none(self, path: str, blob: str) -> BugRecord | None:
        """Return the record in a blob, None where it cannot be read."""
        try:
            return self.record(path, blob)
        except ProblemsFound:
            return None

    def data(self, blob: str) -> bytes:
        """Return the bytes of a blob."""
        return self.repository[blob].peel(pygit2.Blob).data

    def below(self, commit: str, folder: str) -> Mapping[str, str]:
        """Return the blob of each file below a folder, by its path below that folder."""
        found = entry_at(self.repository[commit].peel(pygit2.Commit).tree, folder)
        return dict(_files(found, "")) if isinstance(found, pygit2.Tree) else {}

    def merges(self, revisions: str) -> tuple[MergeCommit, ...]:
        """Return the merge that a revision names, or those of a range `OLD..NEW`, oldest first.

        Raises UnknownRevisionError.
        """
        old, dots, new = revisions.partition("..")
        if not dots:
            return tuple(self._merge(commit) for commit in (self._named(old),) if _is_merge(commit))
        walker = self.repository.walk(self._named(new).id, SortMode.TOPOLOGICAL | SortMode.REVERSE)
        walker.hide(self._named(old).id)
        return tuple(self._merge(commit) for commit in walker if _is_merge(commit))

    def end_of(self, revisions: str) -> str:
        """Return the commit that a revision names, or the last of a range."""
        return str(self._named(revisions.rpartition("..")[2]).id)

    def newest_merges(self, tip: str, *, commits: int) -> tuple[MergeCommit, ...]:
        """Return the merges among so many of the newest commits, newest first."""
        walker = self.repository.walk(pygit2.Oid(hex=tip), SortMode.TOPOLOGICAL)
        newest = (commit for _, commit in zip(range(commits), walker, strict=False))
        return tuple(self._merge(commit) for commit in newest if _is_merge(commit))

    def _merge(self, commit: pygit2.Commit) -> MergeCommit:
        one, other, *_ = commit.parent_ids
        fork: object = self.repository.merge_base(one, other)  # None where there is none
        return MergeCommit(
            commit=str(commit.id),
            parents=tuple(str(parent) for parent in commit.parent_ids),
            fork=str(fork) if isinstance(fork, pygit2.Oid) else None,
        )

    def _named(self, revision: str) -> pygit2.Commit:
        try:
            return self.repository.revparse_single(revision or "HEAD").peel(pygit2.Commit)
        except (KeyError, ValueError, pygit2.GitError) as error:
            message = f"There is no revision `{revision}` here: fetch it, or name another one."
            raise UnknownRevisionError(message) from error


def records_around(folder: Path) -> Records:
    """Return the records of the repository around a folder; raises NotARepositoryError."""
    found = pygit2.discover_repository(str(folder))
    if found is None:
        message = f"{folder.absolute()} is not in a git repository: name one with --repository."
        raise NotARepositoryError(message)
    return Records(repository=pygit2.Repository(found))


def _is_merge(commit: pygit2.Commit) -> bool:
    return len(commit.parent_ids) > 1


def _files(folder: pygit2.Tree, path: str) -> Iterator[tuple[str, str]]:
    for entry in folder:
        name = f"{path}/{entry.name}" if path else str(entry.name)
        if isinstance(entry, pygit2.Tree):
            yield from _files(entry, name)
        elif isinstance(entry, pygit2.Blob):
            yield name, str(entry.id)
