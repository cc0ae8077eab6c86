"""What programs may read beside the pages: every file, its address and what is in it."""

from generator.page_models.blocks import Paragraph, table
from generator.page_models.field_words import marked
from generator.page_models.inline import PageLink, Value
from generator.page_models.page import Page, present, section
from generator.page_paths import (
    ACTIONS_CSV,
    BUGS_CSV,
    BUGS_SQLITE,
    CALENDAR,
    DATA_REFERENCE,
    FEEDS,
    data_file,
)

_FEEDS = (
    (FEEDS["bugs", "atom"], "The 50 bugs that changed last, as Atom."),
    (FEEDS["bugs", "json"], "The same as JSON Feed 1.1."),
    (FEEDS["documents", "atom"], "Release notes and post-mortems as they are published, as Atom."),
    (FEEDS["documents", "json"], "The same as JSON Feed 1.1."),
    (CALENDAR, "Targets and action items that are not done, as a calendar to subscribe to."),
)
_FILES = (
    (data_file("bugs.json"), "Every bug with what lists show of it, and the address of its file."),
    (BUGS_CSV, "The same as a table for spreadsheets."),
    (ACTIONS_CSV, "Every action item with its state, owner and due date."),
    (BUGS_SQLITE, "Bugs, their components, action items and clocks in seconds, as SQLite."),
    (data_file("metrics.json"), "Every number of the metrics with its definition and its rows."),
    (data_file("CHANGELOG.txt"), "The changelog as Markdown, in the form of Keep a Changelog."),
)
_EACH = (
    (
        "`api/bugs/BUG-0042.json` has the whole record of one bug under `record`, and what is "
        "computed from it under `computed`: clocks in seconds, targets and documents with their "
        "states."
    ),
    (
        "Texts are the texts of the records, not HTML. In CSV, a text that a spreadsheet would run "
        "as a formula begins with an apostrophe."
    ),
    (
        "`bugs.sqlite` opens in the `sqlite3` program, DB Browser, Datasette and DuckDB: `sqlite3 "
        "bugs.sqlite 'select component, count(*) from bug_components group by component'`."
    ),
    "The texts of feeds are words, without the marks of Markdown.",
    (
        "Addresses are whole where `site_url` is set in `mkdocs.yml`, otherwise as seen from the "
        "root of the site. Times are in UTC. A file changes when a record does, never by itself."
    ),
)


def data_reference_page() -> Page:
    """Feeds, the calendar and the data."""
    return Page(
        path=DATA_REFERENCE,
        kind="reference",
        title="Data and feeds",
        heading="Data and feeds",
        kicker="Reference",
        sections=present(
            section("Feeds and Calendar", table("Feeds", ("File", "Holds"), map(_row, _FEEDS))),
            section("Data", table("Data", ("File", "Holds"), map(_row, _FILES))),
            section("How to Read Them", *(Paragraph(content=marked(text)) for text in _EACH)),
        ),
        summary="Feeds, the calendar of due dates, JSON, CSV, SQLite and the changelog",
    )


def _row(told: tuple[str, str]) -> tuple[Value, ...]:
    path, words = told
    return (PageLink(text=path, path=path), words)
