"""Read records and the policy at a commit; records that are asked for again are kept by blob id."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, Final, TypeAlias, TypeVar

import pygit2

from tracker.model.bug_id import IdStyle
from tracker.model.bug_number import id_in_path, is_record_path, number_of, record_path
from tracker.model.policy import Policy
from tracker.model.problem import Problem, ProblemsFound
from tracker.model.record import BugRecord
from tracker.store.bug_index import BugIndex
from tracker.store.clone import Clone, commit_at, entry_at
from tracker.store.commit_log import blob_before
from tracker.store.record_file import read_record
from tracker.store.record_paths import RECORDS
from tracker.store.team_policy import policy_at, policy_in_force

Brief = TypeVar("Brief")
Place: TypeAlias = tuple[str, str]
"""The path of a record's file, and its blob id."""

_KEPT: Final = 256  # records; what is judged at the door is judged again, and then told


@dataclass(frozen=True, kw_only=True)
class Bugs:
    """All records of a commit in the order of their numbers, and what is wrong with the others."""

    records: tuple[BugRecord, ...]
    problems: tuple[Problem, ...]


@dataclass
class _Briefs:
    """What was made of many records, and what else it depends on."""

    found: dict[Place, Any] = field(default_factory=dict)
    as_of: object = None


@dataclass(frozen=True, kw_only=True)
class BugStore:
    """The records in a clone; safe to share between threads."""

    clone: Clone

    @cached_property
    def index(self) -> BugIndex:
        """The search index of the newest commit."""
        return BugIndex(clone=self.clone)

    def load(self, bug_id: str, revision: str | None) -> BugRecord | None:
        """Return one record; None when it is not there. Raises ProblemsFound."""
        path = record_path(bug_id)
        blob_id = self.clone.blob_id(path, revision)
        return None if blob_id is None else self.load_blob(path, blob_id)

    def before(self, bug_id: str, revision: str | None) -> BugRecord | None:
        """Return a record as it was before its newest change; None where that made it.

        Raises ProblemsFound.
        """
        path = record_path(bug_id)
        blob_id = blob_before(self.clone, path, revision)
        return None if blob_id is None else self.load_blob(path, blob_id)

    def load_blob(self, path: str, blob_id: str) -> BugRecord:
        """Return the record in a blob that the log or `files` named; raises ProblemsFound."""
        record: BugRecord = self._kept(path, blob_id)
        return record

    def in_brief(
        self,
        blobs: Iterable[Place],
        shorten: Callable[[BugRecord], Brief],
        *,
        as_of: object,
    ) -> tuple[Brief, ...]:
        """Return what `shorten` makes of the records of many blobs, given with their paths.

        One record at a time is held; broken ones are left out. The answers are kept until others
        are asked for, so that asking again reads only what changed; `as_of` is what else they
        depend on.
        """
        known = self._briefs.found if self._briefs.as_of == as_of else {}
        found = {
            place: known[place] if place in known else self._brief(place, shorten)
            for place in blobs
        }
        self._briefs.found, self._briefs.as_of = found, as_of
        return tuple(brief for brief in found.values() if brief is not None)

    def _brief(self, place: Place, shorten: Callable[[BugRecord], Brief]) -> Brief | None:
        path, blob_id = place
        try:
            return shorten(read_record(self.clone.blob(blob_id), path))
        except ProblemsFound:
            return None

    def all_bugs(self, revision: str | None) -> Bugs:
        """Return every record; a broken one is a problem and hides no other.

        It takes 2 ms for each record, and memory for all: lists and searches ask the index.
        """
        records: list[BugRecord] = []
        problems: list[Problem] = []
        for path, blob_id in self.paths(revision).items():
            try:
                records.append(read_record(self.clone.blob(blob_id), path))
            except ProblemsFound as error:
                problems.extend(error.problems)
        records.sort(key=lambda record: _order(record.id))
        return Bugs(records=tuple(records), problems=tuple(problems))

    def ids(self, revision: str | None) -> tuple[str, ...]:
        """Return the id of every record by the name of its file, in the order of numbers."""
        found = {id_in_path(path) for path in self.paths(revision)}
        return tuple(sorted((bug_id for bug_id in found if bug_id), key=_order))

    def paths(self, revision: str | None) -> Mapping[str, str]:
        """Return the blob id of each record's file, by its path."""
        files = self.clone.files(revision, RECORDS)
        return {path: blob for path, blob in files.items() if is_record_path(path)}

    def policy(self, revision: str | None) -> Policy:
        """Return the team's policy, or the defaults where it has none; raises ProblemsFound."""
        return policy_at(self.clone, revision)

    def policy_in_force(self, revision: str | None) -> tuple[Policy, tuple[Problem, ...]]:
        """Return the policy to read by, and the problems of the newest one."""
        return policy_in_force(self.clone, revision)

    def next_id(self, style: IdStyle, revision: str | None) -> str:
        """Return one past the highest number of this kind; the push decides whether it is free."""
        highest = self.clone.ask(lambda repository: _highest(repository, style.prefix, revision))
        return style.of(highest + 1)

    @cached_property
    def _briefs(self) -> _Briefs:
        return _Briefs()

    @cached_property
    def _kept(self) -> Callable[[str, str], BugRecord]:
        return lru_cache(_KEPT)(lambda path, blob_id: read_record(self.clone.blob(blob_id), path))


def _highest(repository: pygit2.Repository, prefix: str, revision: str | None) -> int:
    """The highest number of a kind; looks from the last folder on, as numbers grow with them."""
    if revision is None:
        return 0
    records = entry_at(commit_at(repository, revision).tree, RECORDS)
    below = records if isinstance(records, pygit2.Tree) else ()
    folders = [each for each in below if isinstance(each, pygit2.Tree)]
    numbered = [each for each in folders if (each.name or "").isdecimal()]
    for folder in sorted(numbered, key=lambda each: int(each.name or 0), reverse=True):
        ids = (id_in_path(f"{RECORDS}/{folder.name}/{file.name}") for file in folder)
        found = [number_of(bug) for bug in ids if bug and bug.startswith(f"{prefix}-")]
        if found:
            return max(found)
    return 0


def _order(bug_id: str) -> tuple[str, int]:
    return bug_id.partition("-")[0], number_of(bug_id)
