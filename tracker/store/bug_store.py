"""Read records and the policy at a commit; what was read once is kept by its blob id."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from tracker.model.bug_id import IdStyle, number_of, record_path
from tracker.model.policy import Policy
from tracker.model.problem import Problem, ProblemsFound
from tracker.model.record import BugRecord
from tracker.store.clone import Clone
from tracker.store.commit_log import blob_before
from tracker.store.record_file import POLICY_PATH, RECORDS, read_policy, read_record

_RECORD_PATH: Final = re.compile(rf"{RECORDS}/[0-9]{{3,}}/(?P<id>[^/]+)\.yaml")
_SPARE: Final = 1000  # older versions that are kept for the log


@dataclass(frozen=True, kw_only=True)
class Bugs:
    """All records of a commit in the order of their numbers, and what is wrong with the others."""

    records: tuple[BugRecord, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, kw_only=True)
class BugStore:
    """The records in a clone; safe to share between threads."""

    clone: Clone
    _read: dict[tuple[str, str], BugRecord | tuple[Problem, ...]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def load(self, bug_id: str, revision: str | None) -> BugRecord | None:
        """Return one record; None when it is not there. Raises ProblemsFound."""
        path = record_path(bug_id)
        data = self.clone.read(path, revision)
        return None if data is None else read_record(data, path)

    def before(self, bug_id: str, revision: str | None) -> BugRecord | None:
        """Return a record as it was before its newest change; None where that made it.

        Raises ProblemsFound.
        """
        path = record_path(bug_id)
        blob_id = blob_before(self.clone, path, revision)
        return None if blob_id is None else self.load_blob(path, blob_id)

    def load_blob(self, path: str, blob_id: str) -> BugRecord:
        """Return the record in a blob that the log or `files` named; raises ProblemsFound."""
        found = self._read.get((path, blob_id)) or self._keep(path, blob_id)
        if isinstance(found, BugRecord):
            return found
        raise ProblemsFound(found)

    def all_bugs(self, revision: str | None) -> Bugs:
        """Return every record; a broken one is a problem and hides no other."""
        paths = self.paths(revision)
        found = {
            path: self._read.get((path, blob_id)) or self._keep(path, blob_id)
            for path, blob_id in paths.items()
        }
        self._forget_all_but(paths)
        records = [each for each in found.values() if isinstance(each, BugRecord)]
        return Bugs(
            records=tuple(sorted(records, key=lambda record: _order(record.id))),
            problems=tuple(
                problem
                for each in found.values()
                if not isinstance(each, BugRecord)
                for problem in each
            ),
        )

    def ids(self, revision: str | None) -> tuple[str, ...]:
        """Return the id of every record by the name of its file, in the order of numbers."""
        found = {id_in_path(path) for path in self.paths(revision)}
        return tuple(sorted((bug_id for bug_id in found if bug_id), key=_order))

    def paths(self, revision: str | None) -> Mapping[str, str]:
        """Return the blob id of each record's file, by its path."""
        files = self.clone.files(revision, RECORDS)
        return {path: blob for path, blob in files.items() if _RECORD_PATH.fullmatch(path)}

    def policy(self, revision: str | None) -> Policy:
        """Return the team's policy, or the defaults where it has none; raises ProblemsFound."""
        data = self.clone.read(POLICY_PATH, revision)
        return Policy() if data is None else read_policy(data)

    def next_id(self, style: IdStyle, revision: str | None) -> str:
        """Return one past the highest number of this kind; the push decides whether it is free."""
        taken = (
            number_of(bug_id)
            for bug_id in self.ids(revision)
            if bug_id.startswith(f"{style.prefix}-")
        )
        return style.of(max(taken, default=0) + 1)

    def _forget_all_but(self, paths: Mapping[str, str]) -> None:
        """Drop older versions once they outnumber the current ones, as in a bot that runs long."""
        if len(self._read) > 2 * len(paths) + _SPARE:
            for key in set(self._read) - set(paths.items()):
                self._read.pop(key, None)

    def _keep(self, path: str, blob_id: str) -> BugRecord | tuple[Problem, ...]:
        found: BugRecord | tuple[Problem, ...]
        try:
            found = read_record(self.clone.blob(blob_id), path)
        except ProblemsFound as error:
            found = error.problems
        self._read[path, blob_id] = found
        return found


def id_in_path(path: str) -> str | None:
    """Return the id that a record's path names; None for the path of something else."""
    match = _RECORD_PATH.fullmatch(path)
    if match is None:
        return None
    try:
        expected = record_path(match["id"])
    except ValueError:
        return None
    return match["id"] if path == expected else None


def _order(bug_id: str) -> tuple[str, int]:
    return bug_id.partition("-")[0], number_of(bug_id)
