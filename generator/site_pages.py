"""The pages that tell of more than one bug, and all pages of a folder at once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from generator.bug_pages import bug_pages, dossier, stands_in_for
from generator.data_files import DataFile, wide_files
from generator.page_models.blocks import Missing
from generator.page_models.coverage_page import coverage_page
from generator.page_models.dossier import Dossier
from generator.page_models.metrics_page import measures, metrics_page
from generator.page_models.outline import outline
from generator.page_models.page import Page
from generator.page_models.stray_pages import moved_page
from generator.site_address import SiteAddress
from generator.wide_pages import wide_pages
from tracker.model.bug_id import record_path
from tracker.model.policy import Policy
from tracker.model.problem import Problem
from tracker.operations.read_work_tree import LastChange, WorkTree
from tracker.workflow.measured import Measured
from tracker.workflow.metrics import Slice, slices


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """What pages that tell of more than one bug are made from."""

    policy: Policy
    tip: LastChange | None
    """The newest commit of all: when the open clocks of a list are read."""
    problems: tuple[Problem, ...]
    dossiers: tuple[Dossier, ...]
    known: frozenset[str]
    """Bugs that have a page."""

    @cached_property
    def seen(self) -> tuple[Dossier, ...]:
        """The bugs as they stand at the newest commit."""
        tip = self.tip
        if tip is None:
            return self.dossiers
        return tuple(replace(item, now=max(item.now, tip.at)) for item in self.dossiers)

    @cached_property
    def counted(self) -> tuple[Measured, ...]:
        """What each bug gives to the numbers, in the order of the dossiers."""
        return measures(self.seen)

    @cached_property
    def numbers(self) -> tuple[Slice, ...]:
        """The numbers of all bugs, of each severity and of each month."""
        return slices(self.counted)

    def metrics(self) -> Page:
        """The page of the numbers."""
        return metrics_page(self.numbers, self.counted, self.policy)


def reference_pages(policy: Policy) -> tuple[Page, ...]:
    """The pages that no record has a part in."""
    from generator.page_models.command_reference import command_reference_page
    from generator.page_models.data_reference import data_reference_page
    from generator.page_models.field_reference import field_reference_page
    from generator.page_models.workflow_page import workflow_page

    return (
        field_reference_page(),
        command_reference_page(),
        workflow_page(policy),
        data_reference_page(),
    )


def shared_pages(shelf: Shelf, metrics: Callable[[], Page] | None = None) -> tuple[Page, ...]:
    """Every other page that is not one bug's, but for the one that explains by examples.

    `metrics` is asked for last, if that page is made elsewhere.
    """
    notices = tuple(Missing(sentence=str(problem)) for problem in shelf.problems)
    return (
        *(
            replace(page, notices=notices)
            for page in wide_pages(shelf.seen, metrics or shelf.metrics, shelf.policy)
        ),
        *_moved_pages(shelf),
    )


def shared_files(shelf: Shelf, site: SiteAddress) -> Iterator[DataFile]:
    """The files for programs that tell of more than one bug."""
    yield from wide_files(shelf.seen, shelf.numbers, site)


def site_pages(tree: WorkTree) -> tuple[Page, ...]:
    """Every page, in the order of the bugs; the same folder gives the same pages."""
    shelf = shelf_of(tree)
    bugs = tuple(page for item in shelf.dossiers for page in bug_pages(item))
    unreadable = (
        page
        for path, found in _by_path(tree.problems).items()
        for page in stands_in_for(path, found, known=shelf.known)
    )
    references = reference_pages(tree.policy)
    coverage = coverage_page(map(outline, (*bugs, *references)))
    return (*shared_pages(shelf), coverage, *references, *bugs, *unreadable)


def shelf_of(tree: WorkTree) -> Shelf:
    """The shelf of a folder that is read as a whole."""
    problems = _by_path(tree.problems)
    known = frozenset(record.id for record in tree.records)
    dossiers = tuple(
        dossier(
            record,
            tree.as_of.get(record.id),
            policy=tree.policy,
            known=known,
            problems=problems[record_path(record.id)],
        )
        for record in tree.records
    )
    return Shelf(
        policy=tree.policy,
        tip=tree.tip,
        problems=tree.problems,
        dossiers=dossiers,
        known=known,
    )


def _by_path(problems: Iterable[Problem]) -> defaultdict[str, tuple[Problem, ...]]:
    by_path: defaultdict[str, tuple[Problem, ...]] = defaultdict(tuple)
    for problem in problems:
        by_path[problem.place.path] += (problem,)
    return by_path


def _moved_pages(shelf: Shelf) -> Iterator[Page]:
    taken = set(shelf.known)
    for item in shelf.dossiers:
        for old in _free(item.record.formerly, taken):
            yield moved_page(old, item.record.id)


def _free(numbers: Iterable[str], taken: set[str]) -> Iterator[str]:
    for number in numbers:
        if number not in taken:
            taken.add(number)
            yield number
