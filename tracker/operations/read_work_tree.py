"""Read the records as they lie in a folder, committed or not, with or without git around them."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Final

from tracker.model.policy import Policy
from tracker.model.problem import Problem, ProblemsFound
from tracker.model.record import BugRecord
from tracker.store.blob_id import blob_id_of
from tracker.store.known_files import KnownFiles
from tracker.store.known_policy import known_policy
from tracker.store.last_commits import LastCommits, is_committed, last_commits
from tracker.store.record_file import new_text, read_policy, read_record
from tracker.store.record_paths import POLICY_PATH, RECORDS

__all__ = [
    "FileTree",
    "LastChange",
    "RecordFile",
    "WorkTree",
    "changes_below",
    "file_of",
    "is_committed",
    "list_work_tree",
    "read_file",
    "read_work_tree",
    "record_files",
]

_FILES: Final = "files.json"
_LAST_COMMITS: Final = "last-commits.json"
_POLICY: Final = "policy.json"
_FOLDER: Final = re.compile(r"[0-9]{3,}")


@dataclass(frozen=True, kw_only=True)
class LastChange:
    """The commit that last touched a file; `modified` when the file was edited since."""

    commit: str
    at: datetime
    modified: bool = False


@dataclass(frozen=True, kw_only=True)
class WorkTree:
    """The records of a folder; a broken file stands as it was committed, if that can be read."""

    records: tuple[BugRecord, ...]
    policy: Policy
    problems: tuple[Problem, ...]
    as_of: Mapping[str, LastChange]
    """By bug id; a file that was never committed has none."""
    tip: LastChange | None
    """The newest commit of the repository."""
    folder: Path
    """Where the records are; it need not exist."""


@dataclass(frozen=True, kw_only=True)
class RecordFile:
    """One record's file as it lies there, not read yet."""

    path: str
    root: Path
    """The folder on this machine that the path is below."""
    blob: str
    """The id of its bytes when it was looked at."""
    change: LastChange | None
    committed: bytes | None = None
    """What git has of it, where that is something else."""

    @cached_property
    def data(self) -> bytes:
        """Its bytes, read when they are asked for; raises OSError when it is gone."""
        return (self.root / self.path).read_bytes()

    @property
    def stands(self) -> bool:
        """Whether the bytes that were read are those that were looked at."""
        return blob_id_of(self.data) == self.blob

    @property
    def bug_id(self) -> str:
        """The bug that the file's name tells."""
        return self.path.rpartition("/")[2].removesuffix(".yaml")


@dataclass(frozen=True, kw_only=True)
class FileTree:
    """The files of a folder, with the policy that judges them."""

    files: tuple[RecordFile, ...]
    policy: Policy
    problems: tuple[Problem, ...]
    """What is wrong with the policy."""
    tip: LastChange | None
    folder: Path


def list_work_tree(root: Path, memory: Path | None = None, *, program: str = "") -> FileTree:
    """Look at the files of `root/bugs`, and in git for who changed them last.

    `memory` is a folder that makes the next look quick; all in it may be deleted at any time.
    `program` differs when other policies may be refused than before.
    """
    history = last_commits(root, RECORDS, memory=memory / _LAST_COMMITS if memory else None)
    policy, problems = _policy(root, memory / _POLICY if memory else None, program)
    tip = history.tip
    known = KnownFiles(memory / _FILES if memory else None)
    files = tuple(_file(root, path, known, history) for path in _record_paths(root))
    known.keep()
    return FileTree(
        files=files,
        policy=policy,
        problems=problems,
        tip=LastChange(commit=tip.commit, at=tip.at) if tip else None,
        folder=root / RECORDS,
    )


def changes_below(root: Path, folder: str, suffix: str, memory: Path) -> dict[str, LastChange]:
    """The last commits of the files with a suffix below `root/folder`, by path below `root`."""
    history = last_commits(root, folder, suffix=suffix, memory=memory)
    return {
        path: LastChange(commit=commit.commit, at=commit.at)
        for path, commit in history.by_path.items()
    }


def read_file(file: RecordFile) -> tuple[BugRecord | None, tuple[Problem, ...]]:
    """The record in a file and what is wrong with it; a broken one stands as it was committed."""
    try:
        return read_record(file.data, file.path), ()
    except ProblemsFound as error:
        return _committed(file), error.problems


def file_of(record: BugRecord) -> str:
    """The file of a record, written anew."""
    return new_text(record)


def read_work_tree(root: Path) -> WorkTree:
    """Read `root/bugs`; what is wrong with a file is a problem with its place, never an error."""
    tree = list_work_tree(root)
    problems = list(tree.problems)
    records: list[BugRecord] = []
    as_of: dict[str, LastChange] = {}
    for file in tree.files:
        record, found = read_file(file)
        problems.extend(found)
        if record is not None:
            records.append(record)
            if file.change is not None:
                as_of[record.id] = file.change
    return WorkTree(
        records=tuple(records),
        policy=tree.policy,
        problems=tuple(problems),
        as_of=as_of,
        tip=tree.tip,
        folder=tree.folder,
    )


def record_files(root: Path) -> list[Path]:
    """Every record's file in the order of paths; links are not followed out of the folder."""
    return [root / path for path in _record_paths(root)]


def _record_paths(root: Path) -> list[str]:
    """Below the root."""
    return [
        f"{RECORDS}/{folder.name}/{name}"
        for folder in sorted((root / RECORDS).glob("*/"))
        if _FOLDER.fullmatch(folder.name)
        for name in sorted(_records_in(folder))
    ]


def _records_in(folder: Path) -> Iterator[str]:
    with os.scandir(folder) as found:
        for entry in found:
            if entry.name.endswith(".yaml") and entry.is_file(follow_symlinks=False):
                yield entry.name


def _policy(root: Path, memory: Path | None, program: str) -> tuple[Policy, tuple[Problem, ...]]:
    path = root / POLICY_PATH
    if not path.is_file():
        return Policy(), ()
    data = path.read_bytes()
    try:
        return known_policy(data, memory, program) if memory else read_policy(data), ()
    except ProblemsFound as error:
        return Policy(), error.problems


def _file(root: Path, path: str, known: KnownFiles, history: LastCommits) -> RecordFile:
    blob, commit = known.blob(f"{root}{os.sep}{path}"), history.by_path.get(path)
    if commit is None:
        return RecordFile(path=path, root=root, blob=blob, change=None)
    modified = history.blobs.get(path) != blob
    return RecordFile(
        path=path,
        root=root,
        blob=blob,
        change=LastChange(commit=commit.commit, at=commit.at, modified=modified),
        committed=history.read(path) if modified else None,
    )


def _committed(file: RecordFile) -> BugRecord | None:
    if file.committed is None:
        return None
    try:
        return read_record(file.committed, file.path)
    except ProblemsFound:  # the newest version is told of; this one is history
        return None
