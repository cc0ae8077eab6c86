"""Read the records as they lie in a folder, committed or not, with or without git around them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from tracker.model.policy import Policy
from tracker.model.problem import Problem, ProblemsFound
from tracker.model.record import BugRecord
from tracker.store.last_commits import LastCommits, last_commits
from tracker.store.record_file import read_policy, read_record
from tracker.store.record_paths import POLICY_PATH, RECORDS

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


def read_work_tree(root: Path) -> WorkTree:
    """Read `root/bugs`; what is wrong with a file is a problem with its place, never an error."""
    history = last_commits(root, RECORDS)
    policy, problems = _policy(root)
    records: list[BugRecord] = []
    as_of: dict[str, LastChange] = {}
    for path in record_files(root):
        relative = path.relative_to(root).as_posix()
        data = path.read_bytes()
        record, found = _record(data, relative, history)
        problems.extend(found)
        if record is not None:
            records.append(record)
            change = _change(history, relative, data)
            if change is not None:
                as_of[record.id] = change
    tip = history.tip
    return WorkTree(
        records=tuple(records),
        policy=policy,
        problems=tuple(problems),
        as_of=as_of,
        tip=LastChange(commit=tip.commit, at=tip.at) if tip else None,
        folder=root / RECORDS,
    )


def record_files(root: Path) -> list[Path]:
    """Every record's file in the order of paths; links are not followed out of the folder."""
    return sorted(
        path
        for path in (root / RECORDS).glob("*/*.yaml")
        if _FOLDER.fullmatch(path.parent.name) and path.is_file() and not path.is_symlink()
    )


def _policy(root: Path) -> tuple[Policy, list[Problem]]:
    path = root / POLICY_PATH
    if not path.is_file():
        return Policy(), []
    try:
        return read_policy(path.read_bytes()), []
    except ProblemsFound as error:
        return Policy(), list(error.problems)


def _record(
    data: bytes, path: str, history: LastCommits
) -> tuple[BugRecord | None, tuple[Problem, ...]]:
    try:
        return read_record(data, path), ()
    except ProblemsFound as error:
        return _committed(path, history), error.problems


def _committed(path: str, history: LastCommits) -> BugRecord | None:
    data = history.committed.get(path)
    if data is None:
        return None
    try:
        return read_record(data, path)
    except ProblemsFound:  # the newest version is told of; this one is history
        return None


def _change(history: LastCommits, path: str, data: bytes) -> LastChange | None:
    commit = history.by_path.get(path)
    if commit is None:
        return None
    return LastChange(
        commit=commit.commit, at=commit.at, modified=history.committed.get(path) != data
    )
