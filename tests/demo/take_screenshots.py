"""Play the demonstration and photograph it: `python -m tests.demo.take_screenshots [FOLDER]`."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from rich.console import Console

from demo.command import SCENARIO
from demo.narrator import Narrator
from demo.player import Player
from demo.ports import free_port
from demo.repository import PROJECT, make_repository
from demo.stage import LISTENS, Place, open_stage, serving_site
from tracker.operations.scenario import read_scenario

CHROMIUM = "/usr/bin/chromium"
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WINDOW = timedelta(seconds=4)
DESK, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}
PAGES = {
    "dashboard": "dashboard/",
    "bug": "bugs/BUG-0456/",
    "root-cause": "bugs/BUG-0456/root-cause/",
    "hotfix": "bugs/BUG-0456/hotfix/",
    "release-notes": "bugs/BUG-0456/release-notes/",
    "post-mortem": "bugs/BUG-0456/post-mortem/",
}


@dataclass(frozen=True, kw_only=True)
class Photographer(Narrator):
    """Tells nothing; photographs the chat at the moments that are named."""

    chat: Page
    folder: Path
    scene: list[str]

    def act(self, who: str, what: str) -> None:
        self.scene[:] = [who, what]

    def read(self) -> None:
        if self.scene[1].startswith("types /bug NFC"):
            self.chat.wait_for_timeout(500)
            self.chat.screenshot(path=self.folder / "form.png")

    def rest(self) -> None:
        if self.scene[1].startswith("types /hotfix review"):
            self.chat.wait_for_timeout(1000)
            self.chat.screenshot(path=self.folder / "chat.png")


def photograph_site(browser: Browser, url: str, folder: Path) -> None:
    """Every page in light and dark, and on a phone."""
    for suffix, size, scheme in (
        ("", DESK, "light"),
        ("-dark", DESK, "dark"),
        ("-phone", PHONE, "light"),
    ):
        page = browser.new_page(viewport=size, color_scheme=scheme)
        for name, path in PAGES.items():
            page.goto(url + path)
            page.wait_for_timeout(300)
            page.screenshot(path=folder / f"{name}{suffix}.png")
        page.close()


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        try:
            yield browser
        finally:
            browser.close()


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix="bugbook-screens-"))
    port = free_port()
    place = Place(
        folder=scratch,
        repository=make_repository(scratch / "repository", monitor_for=WINDOW),
        site_url=f"http://{LISTENS}:{port}/",
    )
    scenario = read_scenario(SCENARIO.read_bytes(), SCENARIO.name)
    with chromium() as browser, open_stage(place) as stage:
        if stage.chat is None:
            raise SystemExit(stage.notice)
        chat = browser.new_page(viewport=DESK)
        chat.goto(stage.chat)
        narrator = Photographer(console=Console(), pace=0, chat=chat, folder=folder, scene=["", ""])
        Player(stage=stage, narrator=narrator, monitor_for=WINDOW).play(scenario)
        chat.screenshot(path=folder / "chat-end.png")
        with serving_site(place, port):
            photograph_site(browser, place.site_url, folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else PROJECT / "site/docs/assets/screens")
