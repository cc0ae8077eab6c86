"""All bugs in one table, newest first."""

from generator.page_models.bug_rows import bug_table
from generator.page_models.empty import NO_BUGS
from generator.page_models.entry import Entry
from generator.page_models.inline import PageLink
from generator.page_models.page import Page, present, section
from generator.page_paths import BROWSE, BUG_LIST, data_file
from tracker.model.policy import Policy


def bug_list_page(entries: tuple[Entry, ...], policy: Policy) -> Page:
    """The list; without records it says how to report the first bug."""
    shown = bug_table("All bugs, newest first", entries, policy, data_file("list.json"))
    lead = (
        "What you look for stays in the address, so that you can send it. Or browse bugs ",
        PageLink(text="by severity, component, person and more", path=BROWSE),
        ".",
    )
    return Page(
        path=BUG_LIST,
        kind="list",
        title="Bugs",
        heading="Bugs",
        sections=present(section("All Bugs", shown or NO_BUGS)),
        summary="All bugs",
        lead=lead if shown else (),
    )
