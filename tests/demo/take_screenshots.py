"""Photograph chat and site: `python -m tests.demo.take_screenshots [FOLDER]`.

Without a folder, the pictures of the documentation are taken anew. With one, every page is
photographed in light, in dark and on a phone, to be looked at.
"""

import sys
import tempfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize
from rich.console import Console

from demo.command import SCENARIO
from demo.narrator import Narrator
from demo.player import Player
from demo.ports import free_port
from demo.repository import PROJECT, make_repository
from demo.stage import LISTENS, Place, open_stage, serving_site
from tests.browser import running_browser
from tracker.operations.scenario import Scenario, read_scenario

SCREENS = PROJECT / "site" / "docs" / "assets" / "screens"
WINDOW = timedelta(seconds=4)
DESK: ViewportSize = {"width": 1280, "height": 860}
CHAT: ViewportSize = {"width": 1280, "height": 1000}  # a bug's whole message, with every button
PHONE: ViewportSize = {"width": 390, "height": 844}
LOOKS: tuple[tuple[str, ViewportSize, Literal["light", "dark"]], ...] = (
    ("", DESK, "light"),
    ("-dark", DESK, "dark"),
    ("-phone", PHONE, "light"),
)
BEST = {
    "dashboard": "dashboard/",
    "root-cause": "bugs/BUG-0456/root-cause/",
    "post-mortem": "bugs/BUG-0456/post-mortem/",
}
ALL = BEST | {
    "home": "",
    "bugs": "bugs/",
    "bug": "bugs/BUG-0456/",
    "hotfix": "bugs/DH-789/hotfix/",
    "release-notes": "bugs/BUG-0456/release-notes/",
}
MATRIX = {
    "Is production down?": "No",
    "Is data at risk?": "No",
    "Is a core feature broken?": "Yes",
    "Are all users affected?": "Yes",
}
DETAILS = {
    "Production: details": "UP",
    "Data: details": "Safe",
    "Feature: details": "BROKEN (NFC redemption)",
    "Users: details": "YES (all NFC redemptions)",
}
AFTER_THE_REVIEW = "types /hotfix review"
MOMENT = 800  # milliseconds until the page stands still


@dataclass(frozen=True, kw_only=True)
class Photographer(Narrator):
    """Tells nothing; photographs the chat at two moments of the scenario."""

    chat: Page
    folder: Path
    scene: list[str]

    def act(self, who: str, what: str) -> None:
        self.scene[:] = [who, what]

    def answer(self, said: str, seconds: float) -> None:
        pass

    def read(self) -> None:
        if self.scene[1] == "presses “Triage”":
            fill_in_triage(self.chat)
            self._take("form.png")

    def rest(self) -> None:
        if self.scene[1].startswith(AFTER_THE_REVIEW):
            self._take("chat.png")

    def _take(self, name: str) -> None:
        self.chat.mouse.move(0, 0)
        self.chat.wait_for_timeout(MOMENT)
        self.chat.screenshot(path=self.folder / name)


def fill_in_triage(chat: Page) -> None:
    """What the picture shows; the person in the scenario fills in the form in their own way."""
    for label, answer in MATRIX.items():
        field = chat.locator(f".bk-input:has(> label:text-is('{label}'))")
        field.get_by_text(answer, exact=True).click()
    for label, text in DETAILS.items():
        chat.locator(f".bk-input:has(> label:text-is('{label}')) input").fill(text)
    chat.locator(".modal-body").evaluate("body => { body.scrollTop = 0 }")


def photograph_chat(browser: Browser, folder: Path, scenario: Scenario) -> None:
    """The form and the message of the incident, while it is played."""
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        place = Place(
            folder=scratch,
            repository=make_repository(scratch / "repository", monitor_for=WINDOW),
            site_url=f"http://{LISTENS}/",
        )
        with open_stage(place) as stage:
            if stage.chat is None:
                raise SystemExit(stage.notice)
            chat = browser.new_page(viewport=CHAT)
            chat.goto(stage.chat)
            narrator = Photographer(
                console=Console(), pace=0, chat=chat, folder=folder, scene=["", ""]
            )
            Player(stage=stage, narrator=narrator, monitor_for=WINDOW).play(scenario)
            chat.close()


def photograph_site(browser: Browser, folder: Path, *, everything: bool) -> None:
    """Pages of the project's own records, whose times are those of the incidents."""
    port = free_port()
    with tempfile.TemporaryDirectory() as scratch:
        place = Place(
            folder=Path(scratch), repository=PROJECT, site_url=f"http://{LISTENS}:{port}/"
        )
        with serving_site(place, port):
            for suffix, size, scheme in LOOKS if everything else LOOKS[:1]:
                page = browser.new_page(viewport=size, color_scheme=scheme)
                for name, path in (ALL if everything else BEST).items():
                    page.goto(place.site_url + path)
                    page.wait_for_timeout(MOMENT)
                    page.screenshot(path=folder / f"{name}{suffix}.png")
                page.close()


def main(folder: Path, *, everything: bool) -> None:
    """Take every picture."""
    folder.mkdir(parents=True, exist_ok=True)
    scenario = read_scenario(SCENARIO.read_bytes(), SCENARIO.name)
    with running_browser() as browser:
        photograph_chat(browser, folder, scenario)
        photograph_site(browser, folder, everything=everything)


if __name__ == "__main__":
    given = sys.argv[1:]
    main(Path(given[0]) if given else SCREENS, everything=bool(given))
