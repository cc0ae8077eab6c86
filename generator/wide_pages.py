"""The pages that tell of all bugs together; each is a pure function of records and policy.

Every page is made from one pass over the records, never one pass for each bug.
"""

from collections.abc import Callable
from dataclasses import replace

from generator.page_models.action_items import action_items_page
from generator.page_models.browse import browse_pages
from generator.page_models.bug_list import bug_list_page
from generator.page_models.changelog import changelog_page, releases
from generator.page_models.dashboard import dashboard_page
from generator.page_models.groups import groups
from generator.page_models.inline import PageLink
from generator.page_models.lessons import lessons_page
from generator.page_models.page import Page, Tab
from generator.page_paths import (
    ACTION_ITEMS,
    BROWSE,
    BUG_LIST,
    CHANGELOG,
    DASHBOARD,
    LESSONS,
    METRICS,
)
from generator.shelf import Shelf

_CHIEF = {
    DASHBOARD: "Dashboard",
    BUG_LIST: "All bugs",
    BROWSE: "Browse",
    ACTION_ITEMS: "Action items",
    LESSONS: "Lessons",
    CHANGELOG: "Changelog",
    METRICS: "Metrics",
}


def wide_pages(shelf: Shelf, metrics: Callable[[], Page]) -> tuple[Page, ...]:
    """The list and the dashboard first; each leads to the others.

    `metrics` is asked for when the others are made: it may be in the making elsewhere.
    """
    entries, policy = shelf.seen, shelf.policy
    browse, *values = browse_pages(groups(entries, policy), policy)
    chief = (
        bug_list_page(entries, policy),
        dashboard_page(entries, policy, shelf.whole),
        browse,
        action_items_page(entries),
        lessons_page(entries),
        changelog_page(releases(entries)),
        metrics(),
    )
    return (*(replace(page, tabs=_tabs(page.path)) for page in chief), *values)


def _tabs(current: str) -> tuple[Tab, ...]:
    return tuple(
        Tab(link=PageLink(text=words, path=path), state=None, current=path == current)
        for path, words in _CHIEF.items()
    )
