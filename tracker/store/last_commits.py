"""Which commit last touched each YAML file below a folder, in one pass over the history."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pygit2
from pygit2.enums import SortMode


@dataclass(frozen=True, kw_only=True)
class LastCommit:
    """A commit by its full id; `at` is when git recorded it."""

    commit: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class LastCommits:
    """The newest commit, the last commit of each file, and each file as the newest one has it."""

    tip: LastCommit | None
    by_path: Mapping[str, LastCommit]
    committed: Mapping[str, bytes]
    """The committed bytes of files, by path below the folder that was asked about."""


NO_HISTORY = LastCommits(tip=None, by_path={}, committed={})


def last_commits(root: Path, under: str) -> LastCommits:
    """Look at the files below `root/under`; without a repository there is nothing to say.

    Paths are below `root`, which may itself be a folder of the repository.
    """
    try:
        found = pygit2.discover_repository(str(root))
        if found is None:
            return NO_HISTORY
        return _look(pygit2.Repository(found), root.resolve(), under)
    except pygit2.GitError:  # belongs to somebody else, or is damaged: pages work without it
        return NO_HISTORY


def _look(repository: pygit2.Repository, root: Path, under: str) -> LastCommits:
    if repository.head_is_unborn or repository.workdir is None:
        return NO_HISTORY
    inside = root.relative_to(Path(repository.workdir).resolve()).as_posix()
    prefix = "" if inside == "." else f"{inside}/"
    head = repository.head.peel(pygit2.Commit)
    files = _files(head.tree, f"{prefix}{under}")
    touched = _touched(repository, head, set(files))
    return LastCommits(
        tip=_described(head),
        by_path={path.removeprefix(prefix): commit for path, commit in touched.items()},
        committed={path.removeprefix(prefix): blob.data for path, blob in files.items()},
    )


def _files(tree: pygit2.Tree, folder: str) -> dict[str, pygit2.Blob]:
    try:
        entry = tree[folder]
    except KeyError:
        return {}
    if not isinstance(entry, pygit2.Tree):
        return {}
    found: dict[str, pygit2.Blob] = {}
    for child in entry:
        path = f"{folder}/{child.name}"
        if isinstance(child, pygit2.Blob) and path.endswith(".yaml"):
            found[path] = child
        elif isinstance(child, pygit2.Tree):
            found |= _files(tree, path)
    return found


def _touched(
    repository: pygit2.Repository, head: pygit2.Commit, wanted: set[str]
) -> dict[str, LastCommit]:
    """Go back in time until every file is found."""
    touched: dict[str, LastCommit] = {}
    walker = repository.walk(head.id, SortMode.TOPOLOGICAL | SortMode.TIME)
    for commit in walker:
        if not wanted:
            break
        for path in wanted & _changed(repository, commit):
            touched[path] = _described(commit)
            wanted.discard(path)
    return touched


def _changed(repository: pygit2.Repository, commit: pygit2.Commit) -> set[str]:
    """The paths in which a commit differs from every parent; a shallow clone lacks some."""
    parents = [
        repository[key].peel(pygit2.Commit) for key in commit.parent_ids if key in repository
    ]
    if not parents:
        return _paths(commit.tree.diff_to_tree(swap=True))
    return set.intersection(*(_paths(repository.diff(parent, commit)) for parent in parents))


def _paths(diff: pygit2.Diff) -> set[str]:
    return {delta.new_file.path for delta in diff.deltas}


def _described(commit: pygit2.Commit) -> LastCommit:
    zone = timezone(timedelta(minutes=commit.committer.offset))
    return LastCommit(commit=str(commit.id), at=datetime.fromtimestamp(commit.committer.time, zone))
