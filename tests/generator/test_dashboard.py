"""What the dashboard counts."""

from datetime import date, datetime, timedelta
from html import escape

from generator.page_models.blocks import Table
from generator.page_models.bug_list import bug_list_page
from generator.page_models.cards import Figures
from generator.page_models.charts import BarChart
from generator.page_models.dashboard import dashboard_page
from generator.page_models.inline import bug_link, plain
from generator.page_models.page import Page, Section
from tests.builders.incident import NFC, REDIS, finished, until
from tests.builders.life import life_at
from tests.builders.pages import NOW, RENDERER, shelf_of
from tracker.model.documents import ActionItem, Horizon
from tracker.model.policy import Policy
from tracker.model.record import BugRecord


def _page(*records: BugRecord, now: datetime = NOW) -> Page:
    shelf = shelf_of(*records, now=now)
    return dashboard_page(shelf.seen, shelf.policy, shelf.whole)


def _html(page: Page) -> str:
    return RENDERER.html(page, lambda path: f"/{path}")


def _section(page: Page, heading: str) -> Section:
    inner = (part for section in page.sections for part in section.sections)
    return next(part for part in (*page.sections, *inner) if part.heading == heading)


def _figures(page: Page) -> dict[str, str]:
    block = _section(page, "At a Glance").blocks[0]
    assert isinstance(block, Figures)
    return {figure.label: figure.number for figure in block.figures}


def test_an_empty_tracker_has_nothing_to_tell() -> None:
    page = _page()

    assert [section.heading for section in page.sections] == ["At a Glance"]
    assert _figures(page)["Median time to resolve"] == "–"


def test_open_bugs_are_counted_and_the_worst_comes_first() -> None:
    grave = life_at("triaged", "P0").bug
    mild = life_at("triaged", "P3").bug.model_copy(update={"id": "BUG-0002"})
    new = life_at("reported").bug.model_copy(update={"id": "BUG-0003"})

    page = _page(new, mild, grave, finished(NFC))

    assert _figures(page)["Open bugs"] == "3"
    assert _figures(page)["Open P0 and P1"] == "1"
    table = _section(page, "Open Bugs").blocks[0]
    assert isinstance(table, Table)
    assert [row.cells[0] for row in table.rows] == [
        (bug_link(bug_id),) for bug_id in ("BUG-0001", "BUG-0002", "BUG-0003")
    ]


def test_the_median_is_taken_of_what_was_measured() -> None:
    page = _page(finished(NFC), life_at("reported").bug)

    assert _figures(page)["Median time to resolve"] == "3 h 15 min"


def test_an_action_item_that_is_late_says_so() -> None:
    late, early, undated = (
        ActionItem(key=f"aaaaa{number}", text=text, horizon=Horizon.IMMEDIATE, due=due)
        for number, (text, due) in enumerate(
            [
                ("late", date(2026, 3, 9)),
                ("early", date(2026, 3, 10)),
                ("undated", None),
            ]
        )
    )
    record = life_at("reported").bug.model_copy(update={"actions": (undated, early, late)})

    html = _html(_page(record))

    assert html.count("Overdue") == 1
    assert html.index("late</td>") < html.index("early</td>") < html.index("undated</td>")
    assert "No due date" in html


def test_documents_that_are_missing_are_listed_with_a_link() -> None:
    html = _html(_page(life_at("load_test", "P1").bug))

    assert '<a href="/bugs/BUG-0001/release-notes.md">Release notes</a>' in html


def test_a_hotfix_waits_for_its_next_step() -> None:
    assert "Hotfix: test" in _html(_page(until(REDIS, "hotfix-implement")))


def test_a_chart_is_a_table_too() -> None:
    html = _html(_page(life_at("triaged", "P2").bug))

    assert '<caption class="bb-visually-hidden">Bugs by severity</caption>' in html
    assert '<span class="bb-bars__count">1</span>' in html


def test_the_list_has_the_newest_bug_first() -> None:
    old, new = finished(NFC), life_at("reported").bug

    html = _html(bug_list_page(shelf_of(old, new).seen, Policy()))

    assert html.index("BUG-0001") < html.index("BUG-0456")


def test_open_bugs_are_counted_by_age_and_by_the_state_of_their_targets() -> None:
    record = life_at("triaged", "P1").bug
    early = _page(record, now=record.reported.at + timedelta(hours=7))
    late = _page(record, now=record.reported.at + timedelta(days=10))

    assert _bars(early, "Ageing")["Less than a day"] == 1
    assert _bars(early, "Clocks") == {"Breached": 0, "At risk": 0, "On track": 1}
    assert _bars(late, "Ageing")["7 to 30 days"] == 1
    assert _bars(late, "Clocks")["Breached"] == 1


def test_the_newest_post_mortems_stand_with_their_first_lesson() -> None:
    written = finished(NFC)
    assert written.postmortem is not None

    html = _html(_page(written, finished(REDIS)))

    part = html[html.index('id="recent-post-mortems"') :]
    assert part.index("BUG-0456") < part.index("DH-789")
    assert escape(written.postmortem.lessons[0], quote=False) in part.replace("&#39;", "'")


def test_a_long_dashboard_shows_what_is_most_urgent_and_where_the_rest_is() -> None:
    many = tuple(
        life_at("triaged", "P2").bug.model_copy(update={"id": f"BUG-{number:04d}"})
        for number in range(1, 41)
    )

    page = _page(*many)

    table = _section(page, "Open Bugs").blocks[1]
    assert isinstance(table, Table)
    assert len(table.rows) == 25
    assert "all 40" in _html(page)


def _bars(page: Page, heading: str) -> dict[str, int]:
    chart = _section(page, heading).blocks[0]
    assert isinstance(chart, BarChart)
    return {"".join(map(plain, bar.label)): bar.count for bar in chart.bars}
