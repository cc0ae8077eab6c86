"""All pages of the site from the records in a folder."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import PurePosixPath

from generator.data_files import DataFile, bug_files, wide_files
from generator.page_models.blocks import Missing
from generator.page_models.command_reference import command_reference_page
from generator.page_models.coverage_page import coverage_page
from generator.page_models.data_reference import data_reference_page
from generator.page_models.document_state import document_states
from generator.page_models.dossier import Dossier
from generator.page_models.field_reference import field_reference_page
from generator.page_models.hotfix_sheet import hotfix_page
from generator.page_models.metrics_page import measures
from generator.page_models.overview import overview_page
from generator.page_models.page import AsOf, Page
from generator.page_models.postmortem import postmortem_page
from generator.page_models.release_notes import release_notes_page
from generator.page_models.root_cause_analysis import root_cause_page
from generator.page_models.stray_pages import moved_page, unreadable_page
from generator.page_models.workflow_page import workflow_page
from generator.page_paths import Document
from generator.site_address import SiteAddress
from generator.wide_pages import wide_pages
from tracker.model.bug_id import BUG_ID, record_path
from tracker.model.problem import Problem
from tracker.model.record import BugRecord
from tracker.operations.read_work_tree import LastChange, WorkTree
from tracker.workflow.measured import Measured

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """A work tree as its pages see it: a dossier for each bug, and what they tell together."""

    tree: WorkTree
    problems: dict[str, tuple[Problem, ...]]
    """By the path of the file."""
    dossiers: tuple[Dossier, ...]
    counted: tuple[Measured, ...]
    """What each bug gives to the numbers, in the order of the dossiers."""


def site_pages(tree: WorkTree) -> tuple[Page, ...]:
    """Every page, in the order of the bugs; the same folder gives the same pages."""
    return shelf_pages(shelf_of(tree))


def shelf_pages(shelf: Shelf) -> tuple[Page, ...]:
    """The pages of all bugs together, of each bug, of what is no bug, and the references."""
    tree, dossiers = shelf.tree, shelf.dossiers
    notices = tuple(Missing(sentence=str(problem)) for problem in tree.problems)
    wide = wide_pages(dossiers, shelf.counted, tree.policy)
    bugs = tuple(page for dossier in dossiers for page in bug_pages(dossier))
    references = (
        field_reference_page(),
        command_reference_page(),
        workflow_page(tree.policy),
        data_reference_page(),
    )
    return (
        *(replace(page, notices=notices) for page in wide),
        *bugs,
        *_stray_pages(shelf),
        *references,
        coverage_page((*bugs, *references)),
    )


def shelf_files(shelf: Shelf, site: SiteAddress) -> Iterator[DataFile]:
    """The files for programs: those of all bugs together, then those of each bug."""
    yield from wide_files(shelf.dossiers, shelf.counted, site)
    for dossier in shelf.dossiers:
        yield from bug_files(dossier, site)


def bug_pages(dossier: Dossier) -> tuple[Page, ...]:
    """The bug's page and one page for each document that it has or needs."""
    builders = {
        Document.ROOT_CAUSE: root_cause_page,
        Document.HOTFIX: hotfix_page,
        Document.RELEASE_NOTES: release_notes_page,
        Document.POSTMORTEM: postmortem_page,
    }
    documents = (status.document for status in document_states(dossier))
    return (overview_page(dossier), *(builders[document](dossier) for document in documents))


def shelf_of(tree: WorkTree) -> Shelf:
    """Lay out what every page needs."""
    by_path: defaultdict[str, tuple[Problem, ...]] = defaultdict(tuple)
    for problem in tree.problems:
        by_path[problem.place.path] += (problem,)
    known = frozenset(record.id for record in tree.records)
    dossiers = tuple(
        Dossier(
            record=record,
            policy=tree.policy,
            now=_now(tree, record),
            as_of=_as_of(tree.as_of.get(record.id)),
            known=known,
            problems=tuple(str(problem) for problem in by_path[record_path(record.id)]),
        )
        for record in tree.records
    )
    return Shelf(tree=tree, problems=dict(by_path), dossiers=dossiers, counted=measures(dossiers))


def _now(tree: WorkTree, record: BugRecord) -> datetime:
    """The newest moment that the folder knows of: its last commit, or the record's last entry."""
    moments = [record.reported.at, *(entry.at for entry in record.timeline)]
    return max(*moments, tree.tip.at if tree.tip else _EPOCH)


def _as_of(change: LastChange | None) -> AsOf:
    if change is None:
        return AsOf(commit=None, at=_EPOCH)
    return AsOf(commit=change.commit, at=change.at, modified=change.modified)


def _stray_pages(shelf: Shelf) -> Iterator[Page]:
    taken = {record.id for record in shelf.tree.records}
    for record in shelf.tree.records:
        for old in record.formerly:
            if old not in taken:
                taken.add(old)
                yield moved_page(old, record.id)
    for path, problems in shelf.problems.items():
        bug_id = PurePosixPath(path).stem
        if BUG_ID.match(bug_id) and bug_id not in taken:
            taken.add(bug_id)
            yield unreadable_page(bug_id, problems)
