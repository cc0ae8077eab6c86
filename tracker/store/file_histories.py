"""Which commits changed each record's file, in one pass over the history of a work tree."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pygit2
from pygit2.enums import SortMode

from tracker.store.commit_message import read_subject


@dataclass(frozen=True, kw_only=True)
class FileCommit:
    """A commit that changed a file; `at` is the author's time, `old` and `new` are blob ids."""

    commit: str
    subject: str
    author: str
    at: datetime
    old: str | None
    new: str | None


@dataclass(frozen=True, kw_only=True)
class FileHistories:
    """The commits of each file, oldest first, by the path below the folder asked about."""

    by_path: Mapping[str, tuple[FileCommit, ...]] = field(default_factory=dict)
    remote: str = ""
    """Where `origin` is, as git has it."""


class Blobs:
    """The versions of files that a repository holds."""

    def __init__(self, root: Path) -> None:
        found = pygit2.discover_repository(str(root))
        self._repository = pygit2.Repository(found) if found else None

    def read(self, key: str) -> bytes:
        """The bytes of a version; raises KeyError when it is not there."""
        if self._repository is None:
            raise KeyError(key)
        return self._repository[key].peel(pygit2.Blob).data


def file_histories(root: Path, under: str, memory: Path | None = None) -> FileHistories:
    """Walk the history once; without a repository there is none.

    A merge counts only for files that differ from every parent, as the others were told already.
    `memory` is a file that makes the next walk short; it may be deleted at any time.
    """
    try:
        found = pygit2.discover_repository(str(root))
        if found is None:
            return FileHistories()
        return _look(pygit2.Repository(found), root.resolve(), under, memory)
    except pygit2.GitError:  # belongs to somebody else, or is damaged: pages work without it
        return FileHistories()


def _look(
    repository: pygit2.Repository, root: Path, under: str, memory: Path | None
) -> FileHistories:
    if repository.head_is_unborn or repository.workdir is None:
        return FileHistories()
    inside = root.relative_to(Path(repository.workdir).resolve()).as_posix()
    prefix = "" if inside == "." else f"{inside}/"
    head = repository.head.peel(pygit2.Commit).id
    known, gathered = _remembered(repository, memory, f"{prefix}{under}")
    walker = repository.walk(head, SortMode.TOPOLOGICAL | SortMode.TIME | SortMode.REVERSE)
    if known is not None:
        walker.hide(known)
    for commit in walker:
        for path, old, new in _changed(repository, commit):
            if path.startswith(f"{prefix}{under}/") and path.endswith(".yaml"):
                gathered.setdefault(path, []).append(_described(commit, old, new))
    if memory is not None and known != head:
        _remember(memory, f"{prefix}{under}", str(head), gathered)
    remote = next((each.url for each in repository.remotes if each.name == "origin"), "") or ""
    return FileHistories(
        by_path={path.removeprefix(prefix): tuple(told) for path, told in gathered.items()},
        remote=remote,
    )


def _remembered(
    repository: pygit2.Repository, memory: Path | None, folder: str
) -> tuple[pygit2.Oid | None, dict[str, list[FileCommit]]]:
    """What is remembered up to a commit that the history still has; else nothing."""
    try:
        kept = json.loads(memory.read_bytes()) if memory else {}
        tip = pygit2.Oid(hex=kept["tip"])
        head = repository.head.peel(pygit2.Commit).id
        if kept["folder"] != folder or (
            tip != head and not (tip in repository and repository.descendant_of(head, tip))
        ):
            return None, {}
        return tip, {path: list(map(_read, rows)) for path, rows in kept["paths"].items()}
    except (OSError, ValueError, KeyError, TypeError):
        return None, {}


def _remember(memory: Path, folder: str, tip: str, told: dict[str, list[FileCommit]]) -> None:
    paths = {path: [_row(each) for each in commits] for path, commits in told.items()}
    memory.parent.mkdir(parents=True, exist_ok=True)
    memory.write_text(json.dumps({"folder": folder, "tip": tip, "paths": paths}), encoding="utf-8")


def _row(told: FileCommit) -> list[str | None]:
    return [told.commit, told.subject, told.author, told.at.isoformat(), told.old, told.new]


def _read(row: list[str]) -> FileCommit:
    commit, subject, author, at, old, new = row
    return FileCommit(
        commit=commit,
        subject=subject,
        author=author,
        at=datetime.fromisoformat(at),
        old=old,
        new=new,
    )


def _changed(
    repository: pygit2.Repository, commit: pygit2.Commit
) -> Iterator[tuple[str, str | None, str | None]]:
    """Paths with their blobs before and after; a shallow clone lacks some parents."""
    parents = [
        repository[key].peel(pygit2.Commit) for key in commit.parent_ids if key in repository
    ]
    if not parents:
        diffs = [commit.tree.diff_to_tree(swap=True)]
    else:
        diffs = [repository.diff(parent, commit) for parent in parents]
    others = [{delta.new_file.path for delta in diff.deltas} for diff in diffs[1:]]
    for delta in diffs[0].deltas:
        path = delta.new_file.path
        if all(path in paths for paths in others):
            yield path, _id(delta.old_file), _id(delta.new_file)


def _id(file: pygit2.DiffFile) -> str | None:
    text = str(file.id)
    return text if text.strip("0") else None


def _described(commit: pygit2.Commit, old: str | None, new: str | None) -> FileCommit:
    zone = timezone(timedelta(minutes=commit.author.offset))
    return FileCommit(
        commit=str(commit.id),
        subject=read_subject(commit.message),
        author=commit.author.name,
        at=datetime.fromtimestamp(commit.author.time, zone),
        old=old,
        new=new,
    )
