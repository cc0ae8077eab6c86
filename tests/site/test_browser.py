"""What a reader sees and does, in a real browser that cannot reach any other host."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.site.page_kinds import PAGE_KINDS

pytestmark = pytest.mark.browser

_PHONE, _LAPTOP = 390, 1440
_TOO_WIDE = """width => [...document.querySelectorAll("body *")]
    .filter(element => element.getBoundingClientRect().right > width + 1)
    .filter(element => !element.closest("[tabindex], pre, .bb-documents"))
    .filter(element => !element.closest(".md-sidebar, .md-search, svg"))
    .map(element => element.tagName + "." + element.className)"""


@dataclass
class _Reader:
    """A page of the browser, with what it asked of other hosts and what it complained of."""

    page: Page
    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.route("**/*", self._answer)
        self.page.on("console", lambda message: self._note(message.type, message.text))
        self.page.on("pageerror", lambda error: self._note("error", str(error)))

    def _answer(self, route: Route) -> None:
        if urlsplit(route.request.url).hostname == "127.0.0.1":
            route.continue_()
        else:
            self.foreign.append(route.request.url)
            route.abort()

    def _note(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.complaints.append(text)


@pytest.fixture
def reader(chromium: Browser, site_address: str) -> Iterator[_Reader]:
    context = chromium.new_context(
        base_url=site_address, viewport={"width": _LAPTOP, "height": 900}, color_scheme="light"
    )
    yield _Reader(context.new_page())
    context.close()


@pytest.fixture(scope="module", params=PAGE_KINDS)
def visited(
    chromium: Browser, site_address: str, request: pytest.FixtureRequest
) -> Iterator[_Reader]:
    """One page of each kind, opened on a phone and left when it was quiet."""
    context = chromium.new_context(base_url=site_address, viewport={"width": _PHONE, "height": 844})
    reader = _Reader(context.new_page())
    reader.page.goto(request.param, wait_until="networkidle")
    yield reader
    context.close()


def test_a_page_asks_no_other_host(visited: _Reader) -> None:
    assert visited.foreign == []


def test_a_page_breaks_no_rule_of_its_own_policy(visited: _Reader) -> None:
    assert visited.complaints == []


def test_a_phone_never_scrolls_sideways(visited: _Reader) -> None:
    assert visited.page.evaluate("document.documentElement.scrollWidth") == _PHONE
    assert visited.page.evaluate(_TOO_WIDE, _PHONE) == []


def test_the_tabs_of_a_phone_are_in_one_line_and_show_where_the_reader_is(
    reader: _Reader,
) -> None:
    reader.page.set_viewport_size({"width": _PHONE, "height": 844})
    reader.page.goto("metrics/")
    tabs = reader.page.locator(".bb-documents a")

    tops = {round(box["y"]) for each in tabs.all() if (box := each.bounding_box())}
    assert len(tops) == 1
    expect(tabs.last).to_have_attribute("aria-current", "page")
    expect(tabs.last).to_be_in_viewport(ratio=0.99)


def test_the_state_of_a_document_stays_one_word_on_a_phone(reader: _Reader) -> None:
    reader.page.set_viewport_size({"width": _PHONE, "height": 844})
    reader.page.goto("dashboard/")

    boxes = [each.bounding_box() for each in reader.page.locator("td .bb-document-state").all()]
    assert boxes
    assert all(box and box["height"] < box["width"] for box in boxes)


def test_what_opens_the_numbers_of_a_chart_is_not_cut_on_a_phone(reader: _Reader) -> None:
    reader.page.set_viewport_size({"width": _PHONE, "height": 844})
    reader.page.goto("metrics/")
    figure = reader.page.locator("figure.bb-chart").first

    frame, summary = figure.bounding_box(), figure.locator("summary").bounding_box()
    assert frame
    assert summary
    assert summary["x"] >= frame["x"]


def test_a_request_to_another_host_would_be_counted(reader: _Reader) -> None:
    reader.page.set_content('<img src="http://elsewhere.example/picture.png">')
    reader.page.wait_for_timeout(100)
    assert reader.foreign == ["http://elsewhere.example/picture.png"]


def test_a_table_sorts_by_the_column_that_is_clicked(reader: _Reader) -> None:
    reader.page.goto("bugs/")
    newest = reader.page.get_by_role("columnheader", name="Reported", exact=True)
    expect(newest).to_have_attribute("aria-sort", "descending")
    header = reader.page.get_by_role("columnheader", name="Bug", exact=True)
    header.get_by_role("button").click()
    expect(header).to_have_attribute("aria-sort", "ascending")
    expect(newest).not_to_have_attribute("aria-sort", re.compile("."))
    rising = reader.page.locator("tbody th").all_inner_texts()
    header.get_by_role("button").click()
    expect(header).to_have_attribute("aria-sort", "descending")
    assert reader.page.locator("tbody th").all_inner_texts() == rising[::-1]
    assert rising == ["BUG-0456", "BUG-0457", "BUG-0458", "DH-789"]


def test_a_table_shows_the_rows_that_have_the_words(reader: _Reader) -> None:
    reader.page.goto("bugs/")
    reader.page.get_by_label("Find in this table").last.fill("redis limiter")
    expect(reader.page.locator("tbody tr:visible")).to_have_count(1)
    expect(reader.page.get_by_role("status").filter(has_text="rows")).to_have_text("1 of 4 rows")
    reader.page.get_by_label("Find in this table").last.fill("")
    expect(reader.page.locator("tbody tr:visible")).to_have_count(4)


def test_a_table_shows_the_rows_of_one_status(reader: _Reader) -> None:
    reader.page.goto("bugs/")
    reader.page.locator(".bb-filter").get_by_label("Status").select_option("Closed")
    expect(reader.page.locator("tbody tr:visible th")).to_have_text(["BUG-0456", "DH-789"])


def test_what_is_looked_for_stands_in_the_address(reader: _Reader) -> None:
    reader.page.goto("bugs/")
    reader.page.get_by_label("Find in this table").last.fill("redis")
    reader.page.locator(".bb-filter").get_by_label("Severity").select_option("P0 Critical")
    expect(reader.page.locator("tbody tr:visible th")).to_have_text(["DH-789"])

    reader.page.goto(reader.page.url)

    expect(reader.page.locator("tbody tr:visible th")).to_have_text(["DH-789"])
    expect(reader.page.get_by_label("Find in this table").last).to_have_value("redis")


def test_a_component_is_found_among_several_in_one_cell(reader: _Reader) -> None:
    reader.page.goto("browse/component/nfc-service/")
    reader.page.get_by_role("link", name="Search all 2 of them").click()
    expect(reader.page.locator("tbody tr:visible th")).to_have_text(["BUG-0457", "BUG-0456"])


def test_a_search_without_a_hit_says_so(reader: _Reader) -> None:
    reader.page.goto("bugs/")
    reader.page.get_by_label("Find in this table").last.fill("no such words")
    expect(reader.page.get_by_text("Nothing fits.")).to_be_visible()


def test_a_chart_draws_a_line_for_each_severity_and_has_its_numbers_below(
    reader: _Reader,
) -> None:
    reader.page.goto("metrics/")
    chart = reader.page.locator("section[aria-labelledby=time-to-resolve]")
    expect(chart.get_by_role("img")).to_be_visible()
    assert chart.locator(".bb-series").count() >= 2
    chart.locator("summary", has_text="the numbers").click()
    expect(chart.get_by_role("rowheader", name="2024-12")).to_be_visible()
    chart.locator("summary", has_text="Made from").click()
    expect(chart.get_by_role("link", name="BUG-0456")).to_be_visible()


def test_a_page_is_copied_as_markdown(reader: _Reader) -> None:
    reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.page.goto("bugs/BUG-0456/post-mortem/")
    reader.page.get_by_role("button", name="Copy as Markdown").click()
    expect(reader.page.get_by_role("button", name="Copied")).to_be_visible()
    text = reader.page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("# Post-mortem: BUG-0456")
    assert "\n## What Went Well\n\n- " in text
    assert "- **Severity**: P1 High" in text
    assert "Copy as Markdown" not in text
    assert "¶" not in text


def test_the_choice_of_dark_lasts(reader: _Reader) -> None:
    reader.page.goto("guides/slack/")
    body = reader.page.locator("body")
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    reader.page.get_by_title("Follows your system. Switch to light.").click()
    reader.page.get_by_title("Light. Switch to dark.").click()
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    reader.page.goto("bugs/BUG-0456/")
    expect(body).to_have_attribute("data-md-color-scheme", "slate")


def test_a_system_that_is_dark_gets_dark_pages(reader: _Reader) -> None:
    reader.page.emulate_media(color_scheme="dark")
    reader.page.goto("")
    expect(reader.page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_is_white_whatever_the_screen_shows(
    reader: _Reader, scheme: Literal["light", "dark"]
) -> None:
    reader.page.emulate_media(color_scheme=scheme, media="print")
    reader.page.goto("bugs/BUG-0456/post-mortem/")
    colours = "getComputedStyle(document.body).backgroundColor"
    assert reader.page.evaluate(colours) == "rgb(255, 255, 255)"
    ink = "getComputedStyle(document.querySelector('h1')).color"
    assert reader.page.evaluate(ink) == "rgb(17, 17, 17)"
    expect(reader.page.locator(".md-header")).to_be_hidden()


def test_a_post_mortem_prints_on_a4(reader: _Reader, tmp_path: Path) -> None:
    reader.page.goto("bugs/BUG-0456/post-mortem/")
    paper = reader.page.pdf(path=tmp_path / "post-mortem.pdf", prefer_css_page_size=True)
    assert b"/MediaBox [0 0 594" in paper or b"/MediaBox [0 0 595" in paper


def test_the_page_for_lost_visitors_searches_for_what_they_asked(reader: _Reader) -> None:
    reader.page.goto("bugs/bug-456")
    field = reader.page.get_by_label("Search the knowledge base")
    expect(field).to_have_value("BUG-456")
    found = reader.page.locator("[data-bb-found] a").first
    expect(found).to_contain_text("BUG-0456")
    expect(found).to_have_attribute("href", re.compile("/bugs/BUG-0456/"))
    field.fill("Redis")
    reader.page.get_by_role("button", name="Search").click()
    expect(reader.page.locator(".md-search-result__item").first).to_contain_text("DH-789")


def test_the_keyboard_shows_where_it_is(reader: _Reader) -> None:
    reader.page.goto("dashboard/")
    reader.page.locator(".md-content a").first.focus()
    reader.page.keyboard.press("Tab")
    style = "getComputedStyle(document.activeElement).outlineStyle"
    assert reader.page.evaluate(style) == "solid"


def test_a_reader_who_wants_no_motion_gets_none(reader: _Reader) -> None:
    reader.page.emulate_media(reduced_motion="reduce")
    reader.page.goto("")
    moving = """[...document.querySelectorAll("body *")].filter(element =>
        parseFloat(getComputedStyle(element).transitionDuration) > 0.001).length"""
    assert reader.page.evaluate(moving) == 0
