"""No page breaks a rule of axe-core, in light and in dark."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.guards import REPOSITORY
from tests.site.page_kinds import PAGE_KINDS

pytestmark = pytest.mark.browser

_AXE = REPOSITORY / "node_modules" / "axe-core" / "axe.min.js"
_RUN = """async only => (await axe.run(document, {
    resultTypes: ["violations"], ...(only ? {runOnly: {type: "rule", values: only}} : {})
})).violations.map(
    rule => `${rule.id}: ${rule.nodes.slice(0, 3).map(node => node.target.join(" "))}`)"""
_BY_COLOUR = ["color-contrast", "link-in-text-block"]


@pytest.fixture(scope="module")
def rules() -> Path:
    if not _AXE.is_file():
        pytest.skip("axe-core is not installed: run `make setup` where npm can fetch it.")
    return _AXE


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(
        viewport={"width": 1280, "height": 900},
        color_scheme="light",
        bypass_csp=True,  # the rules are put into the page, which allows no script but its own
        reduced_motion="reduce",
    )
    yield context.new_page()
    context.close()


def _violations(page: Page, address: str, rules: Path) -> list[str]:
    """All rules in light, then those that colours decide in dark."""
    page.emulate_media(color_scheme="light")
    page.goto(address)
    page.add_script_tag(path=rules)
    light: list[str] = page.evaluate(_RUN, None)
    page.emulate_media(color_scheme="dark")
    page.evaluate("document.body.setAttribute('data-md-color-scheme', 'slate')")
    dark: list[str] = page.evaluate(_RUN, _BY_COLOUR)
    return [*(f"light {line}" for line in light), *(f"dark {line}" for line in dark)]


@pytest.mark.parametrize("path", PAGE_KINDS)
def test_a_page_breaks_no_rule(page: Page, site_address: str, rules: Path, path: str) -> None:
    assert _violations(page, site_address + path, rules) == []


def test_a_picture_without_words_would_be_found(page: Page, tmp_path: Path, rules: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text('<html lang="en"><title>x</title><main><h1>x</h1><img src="x.png"></main>')

    found = _violations(page, file.as_uri(), rules)

    assert any(line.startswith("light image-alt: img") for line in found)
