"""What holds for every test: an empty home, a git identity, no network, no real records."""

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import hypothesis
import pytest
from playwright.sync_api import Browser

from tests import guards
from tests.browser import running_browser
from tests.guards import REPOSITORY
from tests.postgresql import running_server

hypothesis.settings.register_profile("here", deadline=None)  # two busy cores are slow at times
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")


_LONGEST = (
    "demo/test_demo_command.py",
    "bot/test_commands_in_chat.py",
    "site/test_accessibility.py",
    "site/test_browser.py",
    "generator/test_incremental_build.py",
    "demo/test_incidents.py",
    "chaos/test_chaos.py",
    "bot/console/test_console.py",
    "bot/test_delivery.py",
)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Two workers for each core: much of the time a test waits for servers and browsers."""
    ours = getattr(os, "sched_getaffinity", None)  # which macOS has not
    cores = len(ours(0)) if ours else os.cpu_count() or 1
    return 2 * cores


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest, so that no worker ends long after the others."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    slow |= {item.path for item in items if item.get_closest_marker("browser")}
    longest = {REPOSITORY / "tests" / name: place for place, name in enumerate(_LONGEST)}
    last = len(longest) + 1
    items.sort(key=lambda item: longest.get(item.path, last - (item.path in slow)))


@pytest.fixture(autouse=True, scope="session")
def _guarded_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    before = guards.records_state()
    with pytest.MonkeyPatch.context() as monkeypatch, guards.audited(guards.RECORDS):
        for name in guards.foreign_variables(os.environ):
            monkeypatch.delenv(name)
        guards.set_home(monkeypatch, tmp_path_factory.mktemp("session-home"))
        monkeypatch.setenv("BUGBOOK_SECRET_RULES_DIR", str(guards.SECRET_RULES))
        yield
    if guards.records_state() != before:
        pytest.fail("The real records changed while the tests ran; tests never write them.")


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """New paths in one folder; `mktemp` reads the names of all its folders for each new one."""
    street = tmp_path_factory.mktemp("homes")
    return (street / str(number) for number in count())


@pytest.fixture(autouse=True)
def home(_guarded_session: None, _homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The empty home folder of one test, with nothing in it but a git identity."""
    folder = next(_homes)
    folder.mkdir()
    guards.set_home(monkeypatch, folder)
    return folder


@pytest.fixture(scope="session")
def chromium(_guarded_session: None) -> Iterator[Browser]:
    """One browser for all tests: its library runs only once in a thread."""
    with running_browser() as browser:
        yield browser


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """One PostgreSQL for all tests of this process."""
    with running_server() as address:
        yield address
