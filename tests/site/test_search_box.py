"""Somebody looks for a bug, in a real browser that cannot reach any other host."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from generator.built import BugFacts
from generator.page_urls import Addresses
from generator.search_files import Numbering, result_files, word_file
from generator.search_shards import common_from, shard_text, shown_bugs
from generator.search_terms import TITLE

pytestmark = pytest.mark.browser


@pytest.fixture
def page(chromium: Browser, site_address: str) -> Iterator[Page]:
    """A page whose every complaint fails the test."""
    context = chromium.new_context(base_url=site_address, reduced_motion="reduce")
    made, complaints = context.new_page(), list[str]()
    made.on("pageerror", lambda error: complaints.append(str(error)))
    made.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    yield made
    assert complaints == []
    context.close()


def _ask(page: Page, text: str) -> None:
    page.goto("dashboard/")
    page.keyboard.press("/")
    expect(page.locator(".bb-search__input")).to_be_focused()
    page.keyboard.insert_text(text)


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("DH-789", "DH-789"),
        ("456", "BUG-0456"),
        ("bug-0457", "BUG-0457"),
        ("coupon Invalid signature", re.compile("BUG-045[67]")),
        ("redis limiter memory", "DH-789"),
    ],
)
def test_the_best_hit_comes_first(page: Page, asked: str, first: str | re.Pattern[str]) -> None:
    _ask(page, asked)

    expect(page.locator(".md-search-result__item h1").first).to_contain_text(first)
    expect(page.get_by_role("status").first).to_contain_text(re.compile("bug"))


def test_a_hit_shows_the_part_of_the_record_that_has_the_words(page: Page) -> None:
    _ask(page, "backward compatibility")

    hit = page.locator(".md-search-result__item", has_text="BUG-0456")
    expect(hit.locator("p mark").first).to_have_text(re.compile("backward", re.IGNORECASE))


def test_a_filter_narrows_what_is_found(page: Page) -> None:
    _ask(page, "coupon")
    expect(page.locator(".bb-search__results")).to_contain_text("BUG-0456")

    page.locator(".bb-search__filters").get_by_label("Status").select_option("Closed")

    expect(page.locator(".bb-search__results")).not_to_contain_text("BUG-0457")
    expect(page.locator(".bb-search__results")).to_contain_text("BUG-0456")


def test_filters_are_there_once_however_late_the_index_comes(page: Page) -> None:
    held: list[Route] = []
    page.route("**/search/bugs.json", lambda route: held.append(route))  # noqa: PLW0108 - it is given a mark
    _ask(page, "coupon")
    page.wait_for_timeout(200)  # for the question, which comes after a pause
    for route in held:
        route.continue_()
    expect(page.locator(".bb-search__results")).to_contain_text("BUG-0456")

    assert len(held) == 1
    expect(page.locator(".bb-search__filters").get_by_label("Status")).to_have_count(1)


def test_guides_are_found(page: Page) -> None:
    _ask(page, "expedited hotfix branch")

    expect(page.locator(".bb-search__facts", has_text="Guide").first).to_be_visible()


def test_what_cannot_be_found_is_told_with_advice(page: Page) -> None:
    _ask(page, "zzqqxx")

    expect(page.locator("#bb-search-told")).to_contain_text("Nothing is found.")


def test_the_keyboard_goes_through_the_results_and_opens_one(page: Page) -> None:
    _ask(page, "redis")
    expect(page.locator(".md-search-result__link").first).to_be_visible()

    page.keyboard.press("ArrowDown")
    expect(page.locator(".md-search-result__link").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator(".bb-search__input")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"bugs/DH-789/"))


def test_escape_closes_the_search(page: Page) -> None:
    _ask(page, "redis")

    page.keyboard.press("Escape")

    expect(page.locator(".bb-search__output")).not_to_be_visible()
    expect(page.locator(".bb-search__input")).not_to_be_focused()


def test_a_question_in_the_address_is_answered(page: Page) -> None:
    page.goto("?q=redis")

    expect(page.locator(".md-search-result__item").first).to_contain_text("DH-789")


def test_hostile_questions_find_nothing_and_harm_nothing(page: Page) -> None:
    for text in (
        "<img src=x onerror=alert(1)>",
        "__proto__ constructor",
        "../../etc",
        "%%%",
        "]]>",
    ):
        _ask(page, text)
        expect(page.locator("#bb-search-told")).not_to_have_text("")


def test_a_stack_frame_leads_to_the_bug_that_has_it(page: Page) -> None:
    page.goto("bugs/BUG-0456/")
    _ask(page, 'File "services/nfc_service.py", line 42, in verify_signature')

    expect(page.locator(".md-search-result__item h1").first).to_contain_text(
        re.compile("BUG-045[67]")
    )


def test_a_bug_leads_to_those_that_are_like_it(page: Page) -> None:
    page.goto("bugs/BUG-0456/")

    page.locator("#similar-bugs").scroll_into_view_if_needed()

    similar = page.locator("[data-bb-similar] li")
    expect(similar.first).to_contain_text("BUG-0457")
    expect(page.locator("[data-bb-similar]")).not_to_contain_text("BUG-0456 ")


def test_more_hits_than_a_screen_has_are_shown_when_they_are_asked_for(page: Page) -> None:
    facts = {
        f"BUG-{number:04d}": BugFacts(
            paths=(f"bugs/BUG-{number:04d}/index.md",),
            kinds=(),
            readable=True,
            bug_id=f"BUG-{number:04d}",
            title=f"BUG-{number:04d} Turnstile stalls",
        )
        for number in range(1, 24)
    }
    numbering = Numbering.of(facts)
    words = {"turnstile": {numbering.number(bug_id): TITLE for bug_id in facts}}
    told = {word: shown_bugs(bugs, common_from(len(facts))) for word, bugs in words.items()}
    shards = [word_file("tu", shard_text(told))]
    files = [*result_files(facts, numbering, Addresses(directories=True), ("tu",)), *shards]
    made = {file.path: file.content for file in files}
    page.route(
        re.compile("/search/(bugs|shown|words)"),
        lambda route: route.fulfill(body=made[urlsplit(route.request.url).path.lstrip("/")]),
    )

    _ask(page, "turnstile")

    hits = page.locator(".md-search-result__item", has_text="stalls")
    expect(hits).to_have_count(10)
    expect(page.locator("#bb-search-told")).to_contain_text("23 bugs, the best 10 first")
    page.get_by_role("button", name="Show more (13 left)").click()
    expect(hits).to_have_count(20)
    expect(hits.nth(10).locator("a")).to_be_focused()
    page.get_by_role("button", name="Show more (3 left)").click()
    expect(hits).to_have_count(23)
    expect(page.get_by_role("button", name="Show more")).to_have_count(0)
