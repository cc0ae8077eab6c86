"""The pages that tell of more than one bug, and all pages of a folder at once."""

from collections import defaultdict
from collections.abc import Iterable

from generator.bug_pages import bug_pages, dossier, stands_in_for
from generator.page_models.coverage_page import coverage_page
from generator.page_models.outline import outline
from generator.page_models.page import Page
from generator.shelf import Shelf
from generator.site_address import SiteAddress
from generator.wide_parts import wide_parts
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
    shelf = Shelf.of(dossiers, policy=tree.policy, tip=tree.tip, problems=tree.problems)
    wide = (part.make() for part in wide_parts(shelf, SiteAddress(name="")))
    shared = tuple(page for made in wide for page in made.pages)
    bugs = tuple(page for item in dossiers.values() for page in bug_pages(item))
    unreadable = (
        page for path, found in problems.items() for page in stands_in_for(path, found, known=known)
    )
    references = reference_pages(tree.policy)
    coverage = coverage_page(map(outline, (*bugs, *references)))
    return (*shared, coverage, *references, *bugs, *unreadable)


def _by_path(problems: Iterable[Problem]) -> defaultdict[str, tuple[Problem, ...]]:
    by_path: defaultdict[str, tuple[Problem, ...]] = defaultdict(tuple)
    for problem in problems:
        by_path[problem.place.path] += (problem,)
    return by_path
