"""After a merge: prove that everything that either parent recorded is still there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tracker.model.problem import ProblemsFound
from tracker.model.record import BugRecord
from tracker.store.merges import MergeCommit, Records, records_around
from tracker.workflow.growth import lost


@dataclass(frozen=True, kw_only=True)
class Loss:
    """Something that a parent of a merge has and the merge has not."""

    merge: str
    parent: str
    path: str
    sentence: str

    def __str__(self) -> str:
        """Give the loss as one line of text."""
        return f"{self.path}: {self.sentence} (merge {self.merge[:10]}, parent {self.parent[:10]})"


@dataclass(frozen=True, kw_only=True)
class Conservation:
    """The merges that were looked at, and what they lost."""

    merges: tuple[str, ...]
    losses: tuple[Loss, ...]


def conservation(folder: Path, revisions: str) -> Conservation:
    """Look at one merge (`HEAD`), or at all merges of a range (`OLD..NEW`) as NEW has them.

    Every record of both parents must be there under its number or as a former number, with all
    of what only grows: timeline, actions, tests, reviews, approvals, communication and the like.
    What was lost and brought back before NEW is there. Raises NotARepositoryError or
    UnknownRevisionError.
    """
    records = records_around(folder)
    merges = records.merges(revisions)
    kept = records.paths(records.end_of(revisions))
    losses = (loss for merge in merges for loss in _losses(records, merge, kept))
    return Conservation(merges=tuple(merge.commit for merge in merges), losses=tuple(losses))


def _losses(records: Records, merge: MergeCommit, merged: Mapping[str, str]) -> Iterator[Loss]:
    for parent in merge.parents:
        for path, blob in records.paths(parent).items():
            if merged.get(path) == blob:
                continue
            old = records.record_or_none(path, blob)
            for sentence in _lost(records, old, path, merged) if old else ():
                yield Loss(merge=merge.commit, parent=parent, path=path, sentence=sentence)


def _lost(
    records: Records, old: BugRecord, path: str, merged: Mapping[str, str]
) -> tuple[str, ...]:
    """Sentences about what is gone; a record that was given another number counts as itself."""
    try:
        here = records.record(path, merged[path]) if path in merged else None
    except ProblemsFound as error:
        return (f"The merged record cannot be read: {error.problems[0].message}",)
    gone = _taken_away(old, here) if here else (f"{old.id} is gone: restore it from the parent.",)
    if not gone:
        return ()
    found = (records.record_or_none(path, blob) for path, blob in merged.items())
    renumbered = (record for record in found if record and old.id in record.formerly)
    return min((gone, *(_taken_away(old, record) for record in renumbered)), key=len)


def _taken_away(old: BugRecord, new: BugRecord) -> tuple[str, ...]:
    return tuple(finding.reason.sentence for finding in lost(old, new))
