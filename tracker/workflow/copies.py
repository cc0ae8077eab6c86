"""Copies in edited files: what happened once is listed once, as a merge of two files may forget."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from tracker.model.deployment import Deployment, MonitoringSample, StepTaken
from tracker.model.documents import Publication
from tracker.model.explanation import Location
from tracker.model.fix import Evidence, Review
from tracker.model.record import BugRecord
from tracker.model.waiver import Waiver
from tracker.workflow.as_of import deployed, reviewed, stepped
from tracker.workflow.decision import Reason
from tracker.workflow.telling import Telling, positions, told_at
from tracker.workflow.trail import Finding

Item = TypeVar("Item")


@dataclass(frozen=True, kw_only=True)
class _Listed(Generic[Item]):
    """A list of a record, and by what two of its items are one; None where nothing says so."""

    where: Location
    words: str
    items: Callable[[BugRecord], tuple[Item, ...]]
    marks: Callable[[BugRecord, tuple[Item, ...]], Iterable[Hashable]]

    def copies(self, old: BugRecord | None, new: BugRecord) -> Iterator[Finding]:
        items = self.items(new)
        if len(items) < 2:  # noqa: PLR2004 - one is no copy
            return
        known, seen = list(self.items(old)) if old else [], set[Hashable]()
        for index, (item, mark) in enumerate(zip(items, self.marks(new, items), strict=True)):
            if item in known:
                known.remove(item)  # a copy of it is another one
            elif mark in seen:
                sentence = f"This {self.words} stands above already: remove the copy."
                where = (*self.where, index)
                yield Finding(reason=Reason(gate="copy", sentence=sentence), where=where)
            if mark is not None:
                seen.add(mark)


def copies(old: BugRecord | None, new: BugRecord) -> Iterator[Finding]:
    """New items that say what one above them says already; an entry tells of one alone."""
    for listed in _LISTS:
        yield from listed.copies(old, new)


def _entries(
    telling: Callable[[Item], Telling],
) -> Callable[[BugRecord, tuple[Item, ...]], Iterator[Hashable]]:
    """The entry that tells of each item, and of no other."""

    def marks(record: BugRecord, items: tuple[Item, ...]) -> Iterator[Hashable]:
        return (position for _, position in positions(record.timeline, items, telling))

    return marks


def _waived(waiver: Waiver) -> Telling:
    return ("waive",), waiver.at


def _runs(record: BugRecord, runs: tuple[Evidence, ...]) -> Iterator[Hashable]:
    """What is said of each run; the same said twice is told apart by the entries of the keys."""
    said = [run.model_copy(update={"key": None}) for run in runs]
    times, first = Counter(said), dict[Evidence, int | None]()
    for run, words in zip(runs, said, strict=True):
        entry = told_at(run, record.id, record.timeline) if times[words] > 1 else None
        known = first.setdefault(words, entry)
        yield words, known if entry is None else entry


def _steps(record: BugRecord) -> tuple[StepTaken, ...]:
    return record.hotfix.steps if record.hotfix else ()


_LISTS: Final = (
    _Listed[Review](
        where=("reviews",),
        words="review",
        items=lambda record: record.reviews,
        marks=_entries(reviewed),
    ),
    _Listed[Deployment](
        where=("deployments",),
        words="deployment",
        items=lambda record: record.deployments,
        marks=_entries(deployed),
    ),
    _Listed[Waiver](
        where=("waivers",),
        words="waiver",
        items=lambda record: record.waivers,
        marks=_entries(_waived),
    ),
    _Listed[StepTaken](
        where=("hotfix", "steps"),
        words="hotfix step",
        items=_steps,
        marks=_entries(stepped),
    ),
    _Listed[Evidence](
        where=("tests",), words="test run", items=lambda record: record.tests, marks=_runs
    ),
    _Listed[MonitoringSample](
        where=("monitoring", "samples"),
        words="sample",
        items=lambda record: record.monitoring.samples,
        marks=lambda _, samples: samples,
    ),
    _Listed[Publication](
        where=("release_notes", "published"),
        words="publication",
        items=lambda record: record.release_notes.published if record.release_notes else (),
        marks=lambda _, published: published,
    ),
    _Listed[Publication](
        where=("postmortem", "published"),
        words="publication",
        items=lambda record: record.postmortem.published if record.postmortem else (),
        marks=lambda _, published: published,
    ),
)
