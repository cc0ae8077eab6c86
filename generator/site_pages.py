"""The pages that tell of more than one bug, and all pages of a folder at once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from generator.bug_pages import bug_pages, dossier, stands_in_for
from generator.data_files import DataFile, wide_files
from generator.page_models.blocks import Missing
from generator.page_models.coverage_page import coverage_page
from generator.page_models.entry import Entry
from generator.page_models.outline import outline
from generator.page_models.page import Page
from generator.page_models.stray_pages import moved_page
from generator.shelf import Shelf
from generator.site_address import SiteAddress
from generator.wide_pages import wide_pages
from tracker.model.bug_id import record_path
from tracker.model.policy import Policy
from tracker.model.problem import Problem
from tracker.operations.read_work_tree import WorkTree


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
        *(replace(page, notices=notices) for page in wide_pages(shelf, metrics or shelf.metrics)),
        *_moved_pages(shelf),
    )


def shared_files(shelf: Shelf, site: SiteAddress) -> Iterator[DataFile]:
    """The files for programs that tell of more than one bug."""
    yield from wide_files(shelf, site)


def site_pages(tree: WorkTree) -> tuple[Page, ...]:
    """Every page, in the order of the bugs; the same folder gives the same pages."""
    problems = _by_path(tree.problems)
    known = frozenset(record.id for record in tree.records)
    dossiers = {
        record.id: dossier(
            record,
            tree.as_of.get(record.id),
            policy=tree.policy,
            known=known,
            problems=problems[record_path(record.id)],
        )
        for record in tree.records
    }
    shelf = Shelf(
        policy=tree.policy,
        tip=tree.tip,
        problems=tree.problems,
        entries=tuple(map(Entry.of, dossiers.values())),
        known=known,
        opened=dossiers.__getitem__,
    )
    bugs = tuple(page for item in dossiers.values() for page in bug_pages(item))
    unreadable = (
        page for path, found in problems.items() for page in stands_in_for(path, found, known=known)
    )
    references = reference_pages(tree.policy)
    coverage = coverage_page(map(outline, (*bugs, *references)))
    return (*shared_pages(shelf), coverage, *references, *bugs, *unreadable)


def _by_path(problems: Iterable[Problem]) -> defaultdict[str, tuple[Problem, ...]]:
    by_path: defaultdict[str, tuple[Problem, ...]] = defaultdict(tuple)
    for problem in problems:
        by_path[problem.place.path] += (problem,)
    return by_path


def _moved_pages(shelf: Shelf) -> Iterator[Page]:
    taken = set(shelf.known)
    for item in shelf.entries:
        for old in _free(item.formerly, taken):
            yield moved_page(old, item.id)


def _free(numbers: Iterable[str], taken: set[str]) -> Iterator[str]:
    for number in numbers:
        if number not in taken:
            taken.add(number)
            yield number
