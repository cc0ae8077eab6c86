"""Ask the search of a built site in a real browser, and count what comes over the network."""

import random
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.sync_api import Page, Response, sync_playwright

from benchmarks.samples import Samples, Unit
from benchmarks.site_server import served
from generator.search_terms import words

_CHROMES: Final = ("chromium", "chromium-browser", "google-chrome")
_QUESTIONS: Final = 20
_MOST_BYTES: Final = 1e6
_MOST_SECONDS: Final = 0.2
_ASKED: Final = """text => new Promise((done) => {
  const told = document.querySelector("#bb-search-told");
  const field = document.querySelector(".bb-search__input");
  told.textContent = "";
  const start = performance.now();
  new MutationObserver((_, seen) => {
    if (!told.textContent) return;
    seen.disconnect();
    done((performance.now() - start) / 1000);
  }).observe(told, { childList: true });
  field.value = text;
  field.dispatchEvent(new Event("input"));
})"""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What each of several questions took: seconds, and bytes as they were sent."""

    seconds: list[float]
    sent: list[float]


def questions(titles: list[str]) -> list[str]:
    """Numbers, words and whole titles of bugs, as people type them; the same in each run."""
    chance = random.Random(20260301)  # noqa: S311 - not for secrets
    asked = []
    for place, title in enumerate(chance.sample(titles, min(_QUESTIONS, len(titles)))):
        known = words(title)
        asked.append((title, " ".join(known[:2]), " ".join(known[-2:]))[place % 3])
    return asked


def ask(site: Path, asked: list[str]) -> Asked | None:
    """Ask one question after the other on one page; nothing without a browser."""
    chrome = next(filter(None, map(shutil.which, _CHROMES)), None)
    if chrome is None:
        return None
    with served(site) as root, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chrome, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(base_url=root)
        answers: list[Response] = []
        seconds, sent = [], []
        page.goto("dashboard/")
        page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - takes attributes
        page.locator(".bb-search__input").focus()
        for text in asked:
            seconds.append(_seconds(page, text))
            sent.append(float(sum(map(_size, answers))))
            answers.clear()
        browser.close()
    return Asked(seconds=seconds, sent=sent)


def search_samples(found: Asked) -> tuple[Samples, ...]:
    """The rows of the results; the first question also loads what every question needs."""
    return (
        Samples(
            name="Search: sent for the first question",
            values=found.sent[:1],
            unit=Unit.KILOBYTES,
            most=_MOST_BYTES,
        ),
        Samples(
            name="Search: sent for each other one",
            values=found.sent[1:],
            unit=Unit.KILOBYTES,
            most_p99=_MOST_BYTES,
        ),
        Samples(name="Search: the first question", values=found.seconds[:1]),
        Samples(name="Search: each other one", values=found.seconds[1:], most=_MOST_SECONDS),
    )


def _size(answer: Response) -> int:
    sizes = answer.request.sizes()
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]


def _seconds(page: Page, text: str) -> float:
    taken: float = page.evaluate(_ASKED, text)
    return taken
