"""The pages and files that tell of all bugs, in parts: each with all that it is made from.

Every part is made from one pass over the bugs, never one pass for each bug.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from hashlib import blake2b
from typing import Final

from generator.data_files import (
    DataFile,
    calendar_file,
    feed_files,
    numbers_file,
    table_files,
)
from generator.due_dates import due_dates
from generator.page_models.action_items import action_items_page
from generator.page_models.blocks import Missing
from generator.page_models.browse import browse_page, group_page
from generator.page_models.bug_list import bug_list_page
from generator.page_models.dashboard import dashboard_page
from generator.page_models.inline import PageLink
from generator.page_models.lessons import lessons_page
from generator.page_models.page import Page, Tab
from generator.page_models.stray_pages import moved_page
from generator.page_paths import (
    ACTION_ITEMS,
    BROWSE,
    BUG_LIST,
    CHANGELOG,
    DASHBOARD,
    LESSONS,
    METRICS,
    Facet,
    data_file,
)
from generator.shelf import Shelf
from generator.site_address import SiteAddress

_CHIEF: Final = {
    DASHBOARD: "Dashboard",
    BUG_LIST: "All bugs",
    BROWSE: "Browse",
    ACTION_ITEMS: "Action items",
    LESSONS: "Lessons",
    CHANGELOG: "Changelog",
    METRICS: "Metrics",
}


@dataclass(frozen=True, kw_only=True)
class WideMade:
    """The pages and files of a part."""

    pages: tuple[Page, ...] = ()
    files: tuple[DataFile, ...] = ()


@dataclass(frozen=True, kw_only=True)
class WidePart:
    """Pages and files that are made together."""

    name: str
    made_from: str
    """Differs when anything does that it is made from, but for policy, site and code."""
    make: Callable[[], WideMade]
    apart: bool = False
    """Whether it may be made beside the others; these are about half of the work."""


def wide_parts(shelf: Shelf, site: SiteAddress) -> tuple[WidePart, ...]:
    """All of them, the pages that lead to the others first."""
    return (*_chief(shelf), *_groups(shelf), _moved(shelf), *_files(shelf, site))


def _chief(shelf: Shelf) -> Iterator[WidePart]:
    """The pages that lead to one another."""
    entries, learned, policy = shelf.entries, shelf.learned, shelf.policy
    makers: tuple[tuple[str, object, Callable[[], Page]], ...] = (
        (BUG_LIST, entries.mark, lambda: bug_list_page(entries.items, policy)),
        (
            DASHBOARD,
            (shelf.mark, shelf.at),
            lambda: dashboard_page(shelf.seen, policy, shelf.whole),
        ),
        (BROWSE, (entries.mark, shelf.day), lambda: browse_page(shelf.groups)),
        (ACTION_ITEMS, (entries.mark, shelf.day), lambda: action_items_page(shelf.today)),
        (LESSONS, learned.mark, lambda: lessons_page(learned.items)),
    )
    for path, made_from, make in makers:
        yield WidePart(
            name=path,
            made_from=repr((made_from, shelf.problems)),
            make=partial(_one_page, shelf, make),
        )
    yield WidePart(
        name=CHANGELOG,
        made_from=repr((shelf.noted.mark, shelf.problems)),
        make=partial(_changelog, shelf),
    )
    yield WidePart(
        name=METRICS,
        made_from=repr((shelf.measurables.mark, shelf.at, shelf.problems)),
        make=partial(_metrics, shelf),
        apart=True,
    )


def _groups(shelf: Shelf) -> Iterator[WidePart]:
    """A page for each value but for versions: nearly as many as bugs, one table has them all."""
    marks = dict(zip(map(id, shelf.today), shelf.entries.marks, strict=True))
    for group in (group for members in shelf.groups.values() for group in members):
        if group.facet is not Facet.VERSION:
            told = b"".join(marks[id(entry)] for entry in group.entries)
            bugs = blake2b(told, digest_size=16).hexdigest()
            yield WidePart(
                name=f"{group.facet}:{group.key}",
                made_from=repr((group.words, bugs, shelf.day, shelf.problems)),
                make=partial(_one_page, shelf, partial(group_page, group, shelf.policy)),
            )


def _moved(shelf: Shelf) -> WidePart:
    return WidePart(
        name="moved",
        made_from=repr((shelf.entries.mark, sorted(shelf.known))),
        make=partial(_moved_pages, shelf),
    )


def _moved_pages(shelf: Shelf) -> WideMade:
    """A page for each number that a bug had before and that no other has now."""
    moved: dict[str, str] = {}
    for item in shelf.entries.items:
        for old in item.formerly:
            if old not in shelf.known:
                moved.setdefault(old, item.id)
    return WideMade(pages=tuple(moved_page(old, bug) for old, bug in moved.items()))


def _files(shelf: Shelf, site: SiteAddress) -> Iterator[WidePart]:
    """The files for programs."""
    for name, made_from, make in (
        ("tables", (shelf.entries.mark, shelf.day), table_files),
        ("feeds", (shelf.mark, shelf.at), feed_files),
    ):
        yield WidePart(
            name=name,
            made_from=repr(made_from),
            make=partial(_some_files, partial(make, shelf, site)),
            apart=True,
        )
    due = due_dates(shelf.seen, shelf.policy, site.page)
    yield WidePart(
        name="calendar",
        made_from=repr(due),
        make=lambda: WideMade(files=(calendar_file(due, site),)),
        apart=True,
    )


def _one_page(shelf: Shelf, make: Callable[[], Page]) -> WideMade:
    return WideMade(pages=(_framed(shelf, make()),))


def _some_files(make: Callable[[], Iterable[DataFile]]) -> WideMade:
    return WideMade(files=tuple(make()))


def _changelog(shelf: Shelf) -> WideMade:
    from generator.page_models.changelog import changelog_page, changelog_text, releases

    found = releases(shelf.noted.items)
    page, text = changelog_page(found), changelog_text(found)
    file = DataFile(path=data_file("CHANGELOG.txt"), content=text)
    return WideMade(pages=(_framed(shelf, page),), files=(file,))


def _metrics(shelf: Shelf) -> WideMade:
    from generator.page_models.metrics_page import measures, metrics_page
    from tracker.workflow.metrics import slices

    counted = measures(shelf.measured, shelf.policy)
    numbers = slices(counted)
    page = metrics_page(numbers, counted, shelf.policy)
    return WideMade(pages=(_framed(shelf, page),), files=(numbers_file(numbers),))


def _framed(shelf: Shelf, page: Page) -> Page:
    """A page with what is wrong with the records, and with its tabs if it has any."""
    notices = tuple(Missing(sentence=str(problem)) for problem in shelf.problems)
    return replace(page, notices=notices, tabs=_tabs(page.path) if page.path in _CHIEF else ())


def _tabs(current: str) -> tuple[Tab, ...]:
    return tuple(
        Tab(link=PageLink(text=words, path=path), state=None, current=path == current)
        for path, words in _CHIEF.items()
    )
