"""Which commit last touched each file below a folder, in one pass over the history."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Final

import pygit2
from pygit2.enums import SortMode

_MEMORY_VERSION: Final = 1


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
    blobs: Mapping[str, str]
    """The ids of the committed files, by path below the folder that was asked about."""
    read: Callable[[str], bytes]
    """The bytes of a committed file, by its path."""


NO_HISTORY = LastCommits(tip=None, by_path={}, blobs={}, read=lambda _: b"")


def last_commits(
    root: Path, under: str, *, suffix: str = ".yaml", memory: Path | None = None
) -> LastCommits:
    """Look at the files below `root/under`; without a repository there is nothing to say.

    Paths are below `root`, which may itself be a folder of the repository. `memory` is a file that
    keeps the answer, so that the next time only newer commits are looked at; it may be deleted.
    """
    try:
        found = pygit2.discover_repository(str(root))
        if found is None:
            return NO_HISTORY
        return _look(pygit2.Repository(found), root.resolve(), (under, suffix), memory)
    except pygit2.GitError:  # belongs to somebody else, or is damaged: pages work without it
        return NO_HISTORY


def is_committed(folder: Path) -> bool:
    """Whether the newest commit has something at a folder of the repository around it."""
    try:
        found = pygit2.discover_repository(str(folder.parent))
        repository = pygit2.Repository(found) if found is not None else None
        if repository is None or repository.head_is_unborn or repository.workdir is None:
            return False
        path = folder.resolve().relative_to(Path(repository.workdir).resolve())
        return path.as_posix() in repository.head.peel(pygit2.Commit).tree
    except (pygit2.GitError, ValueError):  # a link out of the repository is not committed
        return False


def _look(
    repository: pygit2.Repository, root: Path, wanted: tuple[str, str], memory: Path | None
) -> LastCommits:
    if repository.head_is_unborn or repository.workdir is None:
        return NO_HISTORY
    inside = root.relative_to(Path(repository.workdir).resolve()).as_posix()
    prefix = "" if inside == "." else f"{inside}/"
    head = repository.head.peel(pygit2.Commit)
    under, suffix = wanted
    files = _files(head.tree, f"{prefix}{under}", suffix)
    touched = _remembered(repository, head, set(files), memory)
    return LastCommits(
        tip=_described(head),
        by_path={path.removeprefix(prefix): commit for path, commit in touched.items()},
        blobs={path.removeprefix(prefix): str(blob) for path, blob in files.items()},
        read=lambda path: repository[files[f"{prefix}{path}"]].peel(pygit2.Blob).data,
    )


def _files(tree: pygit2.Tree, folder: str, suffix: str) -> dict[str, pygit2.Oid]:
    try:
        entry = tree[folder]
    except KeyError:
        return {}
    if not isinstance(entry, pygit2.Tree):
        return {}
    found: dict[str, pygit2.Oid] = {}
    for child in entry:
        path = f"{folder}/{child.name}"
        if isinstance(child, pygit2.Blob) and path.endswith(suffix):
            found[path] = child.id
        elif isinstance(child, pygit2.Tree):
            found |= _files(tree, path, suffix)
    return found


def _remembered(
    repository: pygit2.Repository, head: pygit2.Commit, wanted: set[str], memory: Path | None
) -> dict[str, LastCommit]:
    """As `_touched`, with what a file kept from the last time.

    Only commits in one line after the remembered one are added to it: a merge may bring older
    commits, and then all of history is looked at again, so that the answer is always the same.
    """
    known = _recall(memory)
    newer = _newer_in_line(repository, head, known.head) if known else None
    if known is None or newer is None:
        touched = _touched(repository, _walk(repository, head), set(wanted))
    else:
        touched = known.touched | _touched(repository, newer, set(wanted))
        touched = {path: commit for path, commit in touched.items() if path in wanted}
        if len(touched) < len(wanted):
            touched = _touched(repository, _walk(repository, head), set(wanted))
    now = _Memory(head=str(head.id), touched=touched)
    if memory is not None and now != known:
        _remember(memory, now)
    return touched


@dataclass(frozen=True, kw_only=True)
class _Memory:
    head: str
    touched: dict[str, LastCommit]


def _recall(memory: Path | None) -> _Memory | None:
    """What was kept; nothing when there is nothing that can be read."""
    if memory is None:
        return None
    try:
        kept = json.loads(memory.read_bytes())
        if kept["version"] != _MEMORY_VERSION:
            return None
        commits = {
            commit: LastCommit(commit=commit, at=datetime.fromisoformat(at))
            for commit, at in kept["commits"].items()
        }
        touched = {path: commits[commit] for path, commit in kept["touched"].items()}
        return _Memory(head=kept["head"], touched=touched)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _remember(memory: Path, answer: _Memory) -> None:
    commits = {last.commit: last.at.isoformat() for last in answer.touched.values()}
    touched = {path: last.commit for path, last in answer.touched.items()}
    kept = {
        "version": _MEMORY_VERSION,
        "head": answer.head,
        "commits": commits,
        "touched": touched,
    }
    memory.parent.mkdir(parents=True, exist_ok=True)
    memory.write_text(json.dumps(kept), encoding="utf-8")


def _newer_in_line(
    repository: pygit2.Repository, head: pygit2.Commit, known: str
) -> list[pygit2.Commit] | None:
    """The commits after a known one, newest first; nothing when they are not in one line."""
    newer: list[pygit2.Commit] = []
    commit = head
    while str(commit.id) != known:
        newer.append(commit)
        if len(commit.parent_ids) != 1 or commit.parent_ids[0] not in repository:
            return None
        commit = repository[commit.parent_ids[0]].peel(pygit2.Commit)
    return newer


def _walk(repository: pygit2.Repository, head: pygit2.Commit) -> Iterable[pygit2.Commit]:
    return repository.walk(head.id, SortMode.TOPOLOGICAL | SortMode.TIME)


def _touched(
    repository: pygit2.Repository, commits: Iterable[pygit2.Commit], wanted: set[str]
) -> dict[str, LastCommit]:
    """Go back in time until every file is found."""
    touched: dict[str, LastCommit] = {}
    for commit in commits:
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
