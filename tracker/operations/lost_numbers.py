"""Bugs that lost their number in a merge: two branches took it, and one of the records is gone.

The older bug keeps the number; the younger one is brought back under the next free one, with
its attachments, and what its own branch said of the number follows it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tracker.model.bug_id import record_path
from tracker.model.person import Person
from tracker.model.problem import ProblemsFound
from tracker.model.record import BugRecord
from tracker.operations.renumber import (
    NotRenumberedError,
    Plan,
    Renumbered,
    Tips,
    commit_plan,
    next_number,
    style_of,
)
from tracker.store.bug_store import BugStore
from tracker.store.merges import MergeCommit, Records
from tracker.store.record_paths import RECORDS
from tracker.store.renumbering import (
    Changes,
    Numbers,
    attachments_folder,
    relinked_attachments,
    relinked_file,
    renamed_references,
    renumbered_text,
)
from tracker.store.yaml_reader import read_yaml
from tracker.workflow.references import Mention, mentions
from tracker.workflow.same_bug import is_same_bug

_COMMITS: Final = 1000  # how far back merges are looked at
_MOST: Final = 20  # renumberings in one run; more are no accident


@dataclass(frozen=True, kw_only=True)
class _Claim:
    """A record on one of the two branches that took its number."""

    commit: str
    path: str
    blob: str
    record: BugRecord


@dataclass(frozen=True, kw_only=True)
class _Clash:
    """Two bugs under one number, of which one is not in the newest commit."""

    merge: str
    older: _Claim
    younger: _Claim
    lost: _Claim


def renumber_lost(store: BugStore, actor: Person, now: datetime) -> tuple[Renumbered, ...]:
    """Give every bug that lost its number in a merge another one, each in a commit of its own.

    Running it again changes nothing. Raises NotRenumberedError where it cannot be told what was
    meant, or a RepositoryError.
    """
    done: list[Renumbered] = []
    while len(done) < _MOST:
        found = commit_plan(store, lambda tips: _plan(store, tips), actor, now)
        if found is None:
            return tuple(done)
        done.append(found)
    message = f"{_MOST} bugs were renumbered, which is no accident: look at the merges by hand."
    raise NotRenumberedError(message)


def _plan(store: BugStore, tips: Tips) -> Plan | None:
    if tips.tip is None:
        return None
    tip = tips.tip
    records = Records(repository=store.clone.ask(lambda repository: repository))
    clash = next(_clashes(store, records, tip), None)
    if clash is None:
        return None
    old = clash.older.record.id
    numbers = Numbers(old=old, new=next_number(store, tips, style_of(store, tips, old)))
    only = _mentions(records, clash)
    changes = _attachments(records, clash, numbers, tip) | _records(store, clash, numbers, tip)
    changes |= renamed_references(store, tip, numbers, only)
    files = _attached(records, clash, tip)
    return Plan(numbers=numbers, changes=changes | relinked_attachments(store, tip, numbers, files))


def _clashes(store: BugStore, records: Records, tip: str) -> Iterator[_Clash]:
    present: tuple[BugRecord, ...] | None = None
    for merge in records.newest_merges(tip, commits=_COMMITS):
        for claims in _claims(records, merge):
            present = _readable(store, tip) if present is None else present
            missing = [claim for claim in claims if not _is_among(claim.record, present)]
            if missing and len(missing) == len(claims):
                raise NotRenumberedError(_gone(merge, claims))
            if missing:
                older, younger = sorted(claims, key=lambda claim: claim.record.reported.at)
                yield _Clash(merge=merge.commit, older=older, younger=younger, lost=missing[0])


def _gone(merge: MergeCommit, claims: tuple[_Claim, ...]) -> str:
    lost = claims[0]
    if len(claims) > 1:
        return (
            f"Two bugs took the number {lost.record.id}, and the merge {merge.commit[:10]} kept"
            " neither: bring both back from its parents by hand."
        )
    return (
        f"The merge {merge.commit[:10]} kept another {lost.record.id}, which cannot be read there:"
        f" bring “{lost.record.title}” back under a new number by hand, from"
        f" `git show {lost.commit[:10]}:{lost.path}`."
    )


def _readable(store: BugStore, tip: str) -> tuple[BugRecord, ...]:
    """All records; while one cannot be read, nobody knows whether a bug is gone."""
    bugs = store.all_bugs(tip)
    if bugs.problems:
        raise ProblemsFound(bugs.problems)
    return bugs.records


def _claims(records: Records, merge: MergeCommit) -> Iterator[tuple[_Claim, ...]]:
    """Pairs of different bugs that both branches added under one number.

    Where one of the two cannot be read, the other stands alone: it may have been lost to it.
    """
    one, other = merge.parents[:2]
    left, right = records.added(merge.fork, one), records.added(merge.fork, other)
    for path in left.keys() & right.keys():
        claims = [
            _Claim(commit=commit, path=path, blob=blob, record=record)
            for commit, blob in ((one, left[path]), (other, right[path]))
            if (record := records.record_or_none(path, blob))
        ]
        alike = len(claims) > 1 and is_same_bug(claims[0].record, claims[1].record)
        if claims and not alike:
            yield tuple(claims)


def _is_among(record: BugRecord, present: tuple[BugRecord, ...]) -> bool:
    return any(is_same_bug(record, other) for other in present)


def _records(store: BugStore, clash: _Clash, numbers: Numbers, tip: str) -> Changes:
    """The younger bug under its new number, as it is now or was last; the older one under its."""
    path, new_path = record_path(numbers.old), record_path(numbers.new)
    if clash.lost is clash.younger:
        younger = store.clone.blob(clash.younger.blob)
        return {new_path: renumbered_text(younger, path, numbers)}
    now = store.clone.read(path, tip)
    if now is None:
        message = f"{numbers.old} is not at {path}, where it was merged: look at it by hand."
        raise NotRenumberedError(message)
    older = store.clone.blob(clash.older.blob)
    return {new_path: renumbered_text(now, path, numbers), path: older}


def _attachments(records: Records, clash: _Clash, numbers: Numbers, tip: str) -> Changes:
    """The older bug's files stay or come back; the younger one's go with it."""
    old_folder, new_folder = map(attachments_folder, (numbers.old, numbers.new))
    now = records.below(tip, old_folder)
    older = records.below(clash.older.commit, old_folder)
    younger = dict(records.below(clash.younger.commit, old_folder))
    if clash.lost is clash.older:  # what was changed since belongs to the one that is there
        younger |= {name: blob for name, blob in now.items() if older.get(name) != blob}
    changes: Changes = {}
    for name, blob in younger.items():
        changes[f"{new_folder}/{name}"] = relinked_file(name, records.data(blob), numbers)
        if name in now and name not in older:
            changes[f"{old_folder}/{name}"] = None
    for name, blob in older.items():
        if now.get(name) in {None, younger.get(name)} and now.get(name) != blob:
            changes[f"{old_folder}/{name}"] = records.data(blob)
    return changes


def _mentions(records: Records, clash: _Clash) -> Mapping[str, frozenset[Mention]]:
    """What only the younger bug's branch said of the number: there it meant that bug."""
    number = clash.older.record.id
    theirs, others = records.paths(clash.younger.commit), records.paths(clash.older.commit)
    return {
        path: _said(records, path, blob, number) - _said(records, path, others.get(path), number)
        for path, blob in theirs.items()
        if blob != others.get(path)
    }


def _attached(records: Records, clash: _Clash, tip: str) -> frozenset[str]:
    """The files that only the younger bug's branch wrote so: there a link meant that bug."""
    theirs, others, now = (
        records.below(commit, RECORDS) for commit in (clash.younger.commit, clash.older.commit, tip)
    )
    written = {path for path, blob in theirs.items() if blob != others.get(path)}
    return frozenset(f"{RECORDS}/{path}" for path in written if now.get(path) == theirs[path])


def _said(records: Records, path: str, blob: str | None, number: str) -> frozenset[Mention]:
    if blob is None or records.record_or_none(path, blob) is None:
        return frozenset()
    return mentions(read_yaml(records.data(blob), path).value, number)
