"""A real browser without a window."""

from collections.abc import Iterator
from contextlib import contextmanager
from shutil import which

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_PATIENCE = 60_000  # milliseconds; a busy machine is slow, and a test that passes does not wait
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@contextmanager
def running_browser() -> Iterator[Browser]:
    """A Chromium of this machine, until the block ends; a test without one is skipped."""
    program = next(filter(None, map(which, _NAMES)), None)
    if program is None:
        pytest.skip("There is no Chromium on this machine; install one to run the browser tests.")
    expect.set_options(timeout=_PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_FLAGS)
        yield browser
        browser.close()
