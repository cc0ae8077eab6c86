"""Every text of the hostile corpus, in every field that takes it, in a real browser."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from mkdocs.config import load_config
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Route, ViewportSize, expect

from generator.incremental_build import build_incrementally
from tests.builders.hostile import HIT
from tests.builders.hostile_records import hostile_records
from tests.guards import REPOSITORY
from tests.site.conftest import served
from tracker.model.bug_id import record_path
from tracker.store.record_file import new_text

pytestmark = [pytest.mark.browser, pytest.mark.slow]
_NARROW, _PHONE, _LAPTOP = 320, 390, 1440
_SHARED = ("bugs", "dashboard", "action-items", "lessons", "changelog", "browse", "metrics")
_SEARCHED = ("<img src=x onerror=alert(1)>", "{{ config }}", "../../etc/passwd", "script")


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the hostile records, as it is published."""
    root = tmp_path_factory.mktemp("hostile")
    (root / "mkdocs.yml").write_bytes((REPOSITORY / "mkdocs.yml").read_bytes())
    (root / "site").symlink_to(REPOSITORY / "site")
    for record in hostile_records():
        path = root / record_path(record.id)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(new_text(record), encoding="utf-8")
    build_incrementally(load_config(str(root / "mkdocs.yml")), root / "public", clean=True)
    return root / "public"


@pytest.fixture
def address(hostile_site: Path) -> Iterator[str]:
    with served(hostile_site) as found:
        yield found


class _Watched:
    """A page of the browser, and everything that it must not do."""

    def __init__(self, browser: Browser, width: int = _PHONE, *, bypass_csp: bool = False) -> None:
        view: ViewportSize = {"width": width, "height": 844}
        self.width = width
        self.page = page = browser.new_page(viewport=view, bypass_csp=bypass_csp)
        self.faults: list[str] = []
        page.route("**/*", self._answer)
        page.on("dialog", self._dismiss)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self._note(str(error)))
        page.on("popup", lambda popup: self._note(popup.url))

    def open(self, address: str) -> None:
        self.page.goto(address, wait_until="load")
        self.look()

    def look(self) -> None:
        if self.page.evaluate("'__hit' in window"):
            self._note("a script ran")
        width = self.page.evaluate("document.documentElement.scrollWidth")
        if width > self.width:
            self._note(f"takes {width} pixels of {self.width}")

    def _dismiss(self, dialog: Dialog) -> None:
        self._note(dialog.message)
        dialog.dismiss()

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self._note(said.text)

    def _answer(self, route: Route) -> None:
        if urlsplit(route.request.url).hostname == "127.0.0.1":
            route.continue_()
        else:
            self._note(f"asked for {route.request.url}")
            route.abort()

    def _note(self, fault: str) -> None:
        self.faults.append(f"{urlsplit(self.page.url).path}: {fault}")


def _addresses(folder: Path) -> list[str]:
    bugs = sorted(path.parent for path in (folder / "bugs").glob("*/**/index.html"))
    return [*_SHARED, *(path.relative_to(folder).as_posix() for path in bugs)]


def test_no_text_of_a_record_acts_or_breaks_a_page(
    chromium: Browser, hostile_site: Path, address: str
) -> None:
    watched = _Watched(chromium)
    addresses = _addresses(hostile_site)
    assert len(addresses) > 30

    for each in addresses:
        watched.open(f"{address}{each}/")

    watched.page.close()
    assert watched.faults == []


def test_no_text_of_a_record_breaks_a_page_on_a_large_screen(
    chromium: Browser, address: str
) -> None:
    watched = _Watched(chromium, _LAPTOP)

    for each in (*_SHARED, "bugs/BUG-0001", "bugs/BUG-0002/post-mortem"):
        watched.open(f"{address}{each}/")

    watched.page.close()
    assert watched.faults == []


def test_no_text_makes_a_narrow_screen_scroll_or_hides_the_columns_of_others(
    chromium: Browser, address: str
) -> None:
    watched = _Watched(chromium, _NARROW)
    for each in ("dashboard", "bugs"):
        watched.open(f"{address}{each}/")
    watched.page.set_viewport_size({"width": _LAPTOP, "height": 844})
    links = watched.page.locator(".bb-table :is(th, td) > a")
    outside = "all => all.filter(a => a.offsetWidth > a.parentElement.offsetWidth).length"

    assert links.evaluate_all(outside) == 0
    table = watched.page.locator(".bb-table-scroll")
    choices = watched.page.locator(".bb-filter select")
    assert table.evaluate("each => each.scrollWidth <= each.clientWidth + 80")
    assert all(box["width"] < 300 for each in choices.all() if (box := each.bounding_box()))
    watched.page.close()
    assert watched.faults == []


def test_no_text_acts_among_what_the_search_finds(chromium: Browser, address: str) -> None:
    watched = _Watched(chromium)
    watched.open(f"{address}bugs/")
    watched.page.keyboard.press("/")

    for words in _SEARCHED:
        watched.page.locator(".bb-search__input").fill(words)
        expect(watched.page.locator("#bb-search-told")).not_to_have_text("")
        watched.look()
    expect(watched.page.locator(".bb-search__results")).to_contain_text("BUG-0001")
    watched.look()

    watched.page.close()
    assert watched.faults == []


def test_a_script_that_ran_would_be_seen(chromium: Browser, address: str) -> None:
    watched = _Watched(chromium, bypass_csp=True)
    watched.page.goto(address)
    watched.page.evaluate(
        "html => document.body.insertAdjacentHTML('beforeend', html)",
        f"<img src=//elsewhere.example/x onerror={HIT}><p class=wide>wide</p>",
    )
    watched.page.add_style_tag(content=".wide { position: absolute; left: 0; width: 900px }")
    watched.page.wait_for_function("'__hit' in window")

    watched.look()

    watched.page.close()
    told = " ".join(watched.faults)
    assert "a script ran" in told
    assert "asked for http://elsewhere.example/x" in told
    assert "takes 900 pixels of 390" in told
