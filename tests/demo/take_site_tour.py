"""Photograph the kinds of pages of the site: `python -m tests.demo.take_site_tour [FOLDER]`.

The pages are those of the project's own records. Without a folder, the pictures of the guide that
leads through the site are taken anew; `pngquant` makes them as they are kept.
"""

import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from playwright.sync_api import Browser, Page

from demo.ports import free_port
from demo.repository import PROJECT
from demo.stage import LISTENS, Place, serving_site
from tests.browser import running_browser
from tests.demo.take_slack_screens import make_small

SCREENS: Final = PROJECT / "site" / "docs" / "assets" / "screens" / "site"
DESK: Final = (1280, 800)
PHONE: Final = (390, 844)
COLOURS: Final = "64"
MOMENT: Final = 900  # milliseconds until the page stands still


def stay(page: Page) -> None:
    """Do nothing before the picture."""
    del page


def look_for(page: Page) -> None:
    """Type words of an error into the search."""
    page.keyboard.press("/")
    page.locator(".bb-search__input").fill("redis connection refused")
    page.locator(".bb-search__results li").first.wait_for()


@dataclass(frozen=True)
class View:
    """What is photographed, and how."""

    path: str
    size: tuple[int, int] = DESK
    scheme: Literal["light", "dark"] = "light"
    before: Callable[[Page], None] = stay


VIEWS: Final[Mapping[str, View]] = {
    "home": View(""),
    "dashboard": View("dashboard/"),
    "dashboard-phone": View("dashboard/", PHONE),
    "list": View("bugs/"),
    "list-dark": View("bugs/", scheme="dark"),
    "search": View("bugs/", before=look_for),
    "bug": View("bugs/BUG-0456/"),
    "bug-dark": View("bugs/BUG-0456/", scheme="dark"),
    "bug-phone": View("bugs/BUG-0456/", PHONE),
    "root-cause": View("bugs/BUG-0456/root-cause/"),
    "hotfix": View("bugs/DH-789/hotfix/"),
    "release-notes": View("bugs/BUG-0456/release-notes/"),
    "post-mortem": View("bugs/BUG-0456/post-mortem/"),
    "post-mortem-phone": View("bugs/BUG-0456/post-mortem/", PHONE, "dark"),
    "browse": View("browse/"),
    "action-items": View("action-items/"),
    "lessons": View("lessons/"),
    "changelog": View("changelog/"),
    "metrics": View("metrics/"),
    "metrics-dark": View("metrics/", scheme="dark"),
    "workflow": View("reference/workflow/"),
    "not-found": View("bugs/BUG-9999/"),
}


def photograph(browser: Browser, folder: Path, site_url: str) -> None:
    """Take every picture."""
    for name, view in VIEWS.items():
        width, height = view.size
        page = browser.new_page(
            viewport={"width": width, "height": height}, color_scheme=view.scheme
        )
        page.goto(site_url + view.path)
        view.before(page)
        page.wait_for_timeout(MOMENT)
        page.screenshot(path=folder / f"{name}.png")
        page.close()


def main(folder: Path) -> None:
    """Serve the site, and take every picture of it."""
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    with tempfile.TemporaryDirectory() as scratch, running_browser() as browser:
        url = f"http://{LISTENS}:{port}/"
        place = Place(folder=Path(scratch), repository=PROJECT, site_url=url)
        with serving_site(place, port):
            photograph(browser, folder, url)
    make_small(folder, COLOURS)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else SCREENS)
