"""The list of ten thousand bugs in a real browser, page and rows made as the site makes them."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from generator.page_models.bug_list import bug_list_page
from generator.page_models.page import Page as PageModel
from generator.row_data import long_tables, rows_json
from tests.builders.life import life_at
from tests.builders.pages import RENDERER, shelf_of
from tracker.model.record import BugRecord

pytestmark = pytest.mark.browser

COUNT = 10_000
_GATES = 97
_ARTICLE = re.compile(r'<article class="bb-page.*?</article>', re.DOTALL)


def _link(path: str) -> str:
    return f"../{path.removesuffix('index.md')}"


def _title(number: int) -> str:
    return f"Turnstile {number % _GATES} rejects coupon {number}"


@pytest.fixture(scope="module")
def made() -> PageModel:
    """The page of so many bugs; every third is triaged, and one a minute was reported."""
    records = life_at("reported").bug, life_at("triaged").bug
    reported = records[0].reported

    def bug(number: int) -> BugRecord:
        at = reported.at + timedelta(minutes=number)
        given = {
            "id": f"BUG-{number:04d}",
            "title": _title(number),
            "reported": reported.model_copy(update={"at": at}),
        }
        return records[number % 3 == 0].model_copy(update=given)

    shelf = shelf_of(*map(bug, range(1, COUNT + 1)))
    return bug_list_page(shelf.seen, shelf.policy)


@pytest.fixture(scope="module")
def answers(made: PageModel) -> tuple[str, str]:
    """What a browser gets: the page's content, and the file of its rows."""
    (table,) = long_tables(made)
    return RENDERER.html(made, _link), rows_json(table, _link)


@pytest.fixture
def page(chromium: Browser, site_address: str, answers: tuple[str, str]) -> Iterator[Page]:
    content, rows = answers
    context = chromium.new_context(base_url=site_address, viewport={"width": 1440, "height": 900})
    opened = context.new_page()

    def answer(route: Route) -> None:
        text = route.fetch().text()
        route.fulfill(body=_ARTICLE.sub(lambda _: content, text), content_type="text/html")

    opened.route(re.compile(r"/bugs/(\?.*)?$"), answer)
    opened.route("**/list.json", lambda route: route.fulfill(body=rows))
    yield opened
    context.close()


def _told(page: Page) -> Locator:
    return page.locator(".bb-filter__count")


def _ids(page: Page) -> Locator:
    return page.locator("tbody th")


def test_rows_that_are_not_on_the_page_are_found_by_their_words(page: Page) -> None:
    page.goto("bugs/")
    expect(_told(page)).to_have_text("10,000 rows")

    page.get_by_label("Find in this table").last.fill("turnstile 41")

    fits = [each for each in range(COUNT, 0, -1) if "41" in f"{each:04d} {_title(each)}"]
    expect(_told(page)).to_have_text(f"{len(fits)} of 10,000 rows")
    expect(_ids(page)).to_have_count(100)
    expect(_ids(page).first).to_have_text(f"BUG-{fits[0]:04d}")

    page.get_by_label("Find in this table").last.fill("coupon 4242")
    expect(_told(page)).to_have_text("1 of 10,000 rows")
    expect(_ids(page)).to_have_text(["BUG-4242"])


def test_a_column_sorts_all_rows_by_number_as_people_count(page: Page) -> None:
    page.goto("bugs/")
    header = page.get_by_role("columnheader", name="Title", exact=True)

    header.get_by_role("button").click()

    rising = sorted(range(1, COUNT + 1), key=lambda number: (number % _GATES, number))
    expect(_ids(page)).to_have_text([f"BUG-{number:04d}" for number in rising[:100]])
    header.get_by_role("button").click()
    expect(header).to_have_attribute("aria-sort", "descending")
    expect(_ids(page).first).to_have_text(f"BUG-{rising[-1]:04d}")


def test_a_choice_narrows_all_rows_and_the_pages_of_the_table_go_on(page: Page) -> None:
    page.goto("bugs/")

    page.locator(".bb-filter").get_by_label("Status").select_option("Triaged")

    expect(_told(page)).to_have_text(f"{COUNT // 3:,} of 10,000 rows")
    page.get_by_role("button", name="Next").click()
    expect(page.locator(".bb-pager span")).to_have_text(f"101–200 of {COUNT // 3:,}")
    triaged = range(COUNT - COUNT % 3, 0, -3)
    expect(_ids(page)).to_have_text([f"BUG-{number:04d}" for number in triaged[100:200]])

    page.goto(page.url)

    expect(page.locator(".bb-pager span")).to_have_text(f"101–200 of {COUNT // 3:,}")
    expect(_told(page)).to_have_text(f"{COUNT // 3:,} of 10,000 rows")


def test_rows_that_cannot_be_loaded_are_told(page: Page) -> None:
    page.route("**/list.json", lambda route: route.abort())
    page.goto("bugs/")

    page.get_by_label("Find in this table").last.fill("coupon 4242")

    expect(_told(page)).to_have_text("0 of the first 100 rows; the others cannot be loaded")
