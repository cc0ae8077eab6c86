"""The pages that tell of all bugs together."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from generator.codec import Codec
from generator.page_models.blocks import SHOWN, Paragraph, Table
from generator.page_models.bug_rows import bug_table
from generator.page_models.changelog import changelog_text, releases
from generator.page_models.dossier import Dossier
from generator.page_models.entry import Entry
from generator.page_models.groups import groups
from generator.page_models.learned import Learned
from generator.page_models.measurable import Measurable
from generator.page_models.month_chart import MonthChart, Series, calendar, month_chart
from generator.page_models.noted import Noted
from generator.page_models.page import Page, Section
from generator.page_paths import Facet, facet_page
from generator.row_data import long_tables, rows_json
from generator.site_address import SiteAddress
from generator.wide_parts import wide_parts
from tests.builders.incident import NFC, REDIS, finished
from tests.builders.life import TO_STATUS, life_at
from tests.builders.pages import NOW, RENDERER, shelf_of
from tracker.model.policy import Policy
from tracker.model.record import BugRecord

RECORDS = (finished(NFC), finished(REDIS), life_at("triaged", "P0").bug)
SHELF = shelf_of(*RECORDS)


def pages(*records: BugRecord) -> dict[str, Page]:
    parts = wide_parts(shelf_of(*records), SiteAddress(name="Bugs"))
    return {page.path: page for part in parts for page in part.make().pages}


def html(page: Page) -> str:
    return RENDERER.html(page, lambda path: f"/{path}")


def noted(record: BugRecord) -> tuple[Noted, ...]:
    return shelf_of(record).noted.items


def parts(page: Page) -> Iterator[Section]:
    waiting = [*page.glance, *page.sections]
    while waiting:
        part = waiting.pop(0)
        yield part
        waiting.extend(part.sections)


@pytest.fixture(scope="module")
def all_pages() -> dict[str, Page]:
    return pages(*RECORDS)


@pytest.mark.parametrize("kind", [Entry, Learned, Measurable, Noted])
def test_what_is_kept_of_a_bug_is_read_back_as_it_was(
    kind: type[Entry | Learned | Measurable | Noted],
) -> None:
    lives = (life_at(status, severity).bug for status in TO_STATUS for severity in ("P0", "P2"))
    told: list[object] = [
        kind.of(Dossier(record=record, policy=Policy(), now=NOW)) for record in (*RECORDS, *lives)
    ]
    kept = Codec[object](kind)

    assert [kept.read(kept.write(each)) for each in told] == told


@pytest.mark.parametrize(
    "path",
    [
        "bugs/index.md",
        "dashboard.md",
        "browse/index.md",
        "action-items.md",
        "lessons.md",
        "changelog.md",
        "metrics.md",
    ],
)
def test_a_page_without_bugs_says_what_to_type(path: str) -> None:
    page = pages()[path]
    told = [block for part in parts(page) for block in part.blocks if isinstance(block, Paragraph)]

    assert any(block.role == "empty" and "/bug" in html(page) for block in told)


def test_every_value_of_a_facet_has_a_page_that_the_browse_page_leads_to(
    all_pages: dict[str, Page],
) -> None:
    browse = html(all_pages["browse/index.md"])
    for path in (
        "browse/severity/p0.md",
        "browse/status/closed.md",
        "browse/component/nfc-service.md",
        "browse/pattern/race_condition.md",
        "browse/month/2024-12.md",
    ):
        assert path in all_pages
    for path in all_pages:
        if path.startswith("browse/") and path != "browse/index.md":
            assert f'href="/{path}"' in browse


def test_values_that_differ_have_pages_that_differ() -> None:
    names = ("nfc service", "nfc-service", "nfc_service", "Ünï", "数据库", "..", "a/b", "")
    found = {facet_page(Facet.COMPONENT, name) for name in names}

    assert len(found) == len(names)
    assert facet_page(Facet.COMPONENT, "NFC Service") == facet_page(Facet.COMPONENT, "nfc service")
    assert all(path.count("/") == 2 and ".." not in path for path in found)


def test_a_person_has_a_page_with_what_is_still_to_do(all_pages: dict[str, Page]) -> None:
    owner = next(
        item.owner for item in finished(NFC).actions if item.owner and item.done_at is None
    )
    page = all_pages[facet_page(Facet.PERSON, owner.email)]

    assert page.heading == owner.name
    assert {"To Do", "Bugs"} <= {part.heading for part in page.sections}


def test_a_bug_is_in_a_group_once() -> None:
    record = finished(NFC)
    doubled = record.model_copy(
        update={"environment": record.environment.model_copy(update={"components": ("API", "api")})}
    )

    (group,) = groups(shelf_of(doubled).seen, Policy())[Facet.COMPONENT]

    assert len(group.entries) == 1


def test_action_items_stand_with_their_state_and_lead_to_their_bug(
    all_pages: dict[str, Page],
) -> None:
    page = html(all_pages["action-items.md"])

    assert 'href="/bugs/BUG-0456/index.md#action-' in page
    assert "Overdue" in page


def test_lessons_and_measures_are_gathered_by_kind(all_pages: dict[str, Page]) -> None:
    page = all_pages["lessons.md"]
    written = finished(NFC).postmortem
    assert written is not None

    assert {"Lessons Learned", "Prevention: Testing"} <= {part.heading for part in page.sections}
    assert all(lesson in html(page).replace("&#39;", "'") for lesson in written.lessons[:1])


def test_the_changelog_has_a_version_for_each_release_the_newest_first() -> None:
    found = releases(SHELF.noted.items)

    assert [release.version for release in found] == ["v2.0.2", "hotfix-abc123"]
    assert changelog_text(found).startswith(
        "# Changelog\n\n## [v2.0.2] - 2024-12-31\n\n### Fixed\n"
    )


def test_release_notes_that_are_not_published_are_not_in_the_changelog() -> None:
    record = finished(NFC)
    assert record.release_notes is not None
    draft = record.release_notes.model_copy(update={"published": ()})

    assert releases(noted(record.model_copy(update={"release_notes": draft}))) == ()


def test_a_changelog_line_cannot_be_markup() -> None:
    record = finished(NFC).model_copy(update={"title": "<b>*loud*</b> [x](javascript:1)"})

    text = changelog_text(releases(noted(record)))

    assert r"\<b\>\*loud\*\</b\> \[x\](javascript:1)" in text


def test_each_number_has_its_definition_and_leads_to_its_sources(
    all_pages: dict[str, Page],
) -> None:
    page = all_pages["metrics.md"]
    text = html(page)

    for name in ("time-to-detect", "fix-target-met"):
        part = next(part for part in page.sections if part.anchor == name)
        assert isinstance(part.blocks[0], Paragraph)
        assert "Now: " in str(part.blocks[0].content)
        assert 'href="/bugs/DH-789/index.md"' in html(replace(page, sections=(part,)))
    assert "Recurrence by Component" in text


def test_a_chart_has_a_gap_where_a_month_has_no_number() -> None:
    series = Series(tone="all", words="All", numbers=(60.0, None, 3600.0), told=("1", "–", "60"))

    chart = month_chart("Time", ("2026-01", "2026-02", "2026-03"), (series,), "seconds")

    assert isinstance(chart, MonthChart)
    assert chart.lines[0].path.count("M") == 2
    assert [mark.words for mark in chart.values] == ["1 min", "10 min", "1 h"]
    assert chart.rows[1] == (("2026-02",), ("–",))
    assert "logarithmic" in chart.notes
    assert "gap" in chart.notes


def test_a_chart_has_each_month_from_the_first_to_the_last() -> None:
    assert calendar(("2025-11", "2026-02")) == ("2025-11", "2025-12", "2026-01", "2026-02")
    assert calendar(()) == ()
    assert calendar(("0001-01", "2026-01"))[::35] == ("2023-02", "2026-01")


def test_a_month_without_bugs_counts_none_and_has_no_median(all_pages: dict[str, Page]) -> None:
    charts = [
        block
        for part in all_pages["metrics.md"].sections
        for block in part.blocks
        if isinstance(block, MonthChart)
    ]
    counted, timed = charts[0], next(each for each in charts if "detect" in each.caption)

    months = [row[0] for row in counted.rows]
    assert months[0] == ("2024-01",)
    assert len(months) == len(set(months)) > 10
    assert counted.rows[1][1:] == tuple(("0",) for _ in counted.rows[1][1:])
    assert timed.rows[1][1:] == tuple(("–",) for _ in timed.rows[1][1:])


def test_a_chart_that_leaves_old_months_out_says_so() -> None:
    old = finished(REDIS)
    past = old.reported.model_copy(update={"at": old.reported.at.replace(year=2015)})
    page = pages(finished(NFC), old.model_copy(update={"reported": past}))["metrics.md"]

    charts = [block for part in page.sections for block in part.blocks]
    notes = [block.notes for block in charts if isinstance(block, MonthChart)]
    assert notes
    assert all("the last 36 months; metrics.json has all of them" in each for each in notes)


def test_equal_numbers_of_two_severities_stand_beside_each_other() -> None:
    numbers = [
        Series(tone=tone, words=tone, numbers=(1.0,), told=("1",)) for tone in ("all", "p0", "p1")
    ]

    chart = month_chart("Bugs", ("2026-01",), numbers, "count")

    assert chart is not None
    every, first, second = (line.points[0].x for line in chart.lines)
    assert first < every < second


def test_a_chart_without_numbers_is_not_drawn() -> None:
    series = Series(tone="all", words="All", numbers=(None,), told=("–",))

    assert month_chart("Time", ("2026-01",), (series,), "share") is None


def test_a_long_table_shows_its_first_rows_and_has_all_in_a_file() -> None:
    bug = life_at("reported").bug
    ids = (f"BUG-{number:04d}" for number in range(1, SHOWN + 21))
    many = shelf_of(*(bug.model_copy(update={"id": each}) for each in ids)).seen
    table = bug_table("All", many, Policy(), "api/list.json")
    assert isinstance(table, Table)
    page = replace(
        pages(*RECORDS)["bugs/index.md"],
        sections=(Section(heading="All", anchor="all", blocks=(table,)),),
    )

    rows = json.loads(rows_json(table, lambda path: f"/{path}"))["rows"]

    assert html(page).count("<tr><th") == SHOWN + 1
    assert len(rows) == SHOWN + 20
    assert rows[0][0] == [
        ["a", f"BUG-{SHOWN + 20:04d}", f"/bugs/BUG-{SHOWN + 20:04d}/index.md", "bb-id"]
    ]
    assert f"The first {SHOWN} of {SHOWN + 20} rows." in html(page)
    assert list(long_tables(page)) == [table]


def test_a_column_with_several_names_in_a_cell_is_chosen_by_each_of_them() -> None:
    table = bug_table("All", SHELF.seen, Policy(), "")
    assert isinstance(table, Table)

    assert "nfc-service" in table.choices["Component"]
    assert all(", " not in name for name in table.choices["Component"])


def test_the_chief_pages_lead_to_one_another(all_pages: dict[str, Page]) -> None:
    tabs = all_pages["metrics.md"].tabs

    assert [tab.link.path for tab in tabs if tab.current] == ["metrics.md"]
    assert all(tab.link.path in all_pages for tab in tabs)
