"""Finding bugs by what people type, and listing them by what they are."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.operations.trackers import Requests, report, tracker_on
from tests.real_git import RealGit, new_work_tree
from tracker.assembly import BugFilter, Tracker, UnknownBugError
from tracker.model.severity import Severity
from tracker.model.status import Status
from tracker.workflow.verbs import VERBS


@pytest.fixture
def team(tmp_path: Path) -> RealGit:
    return new_work_tree(tmp_path / "team")


@pytest.fixture
def tracker(team: RealGit, tmp_path: Path) -> Iterator[Tracker]:
    opened = tracker_on(team, tmp_path / "data")
    ask = Requests()
    for title in ("NFC redemption fails", "Portal is slow", "Rate limiter blocks all"):
        opened.submit(ask(report(title)))
    opened.submit(ask(VERBS["wont-fix"].model_validate({"reason": "Meant so."}), "BUG-0002"))
    opened.commit_pending()
    yield opened
    opened.close()


@pytest.mark.parametrize("typed", ["1", "#1", "BUG-1", "bug-0001", " BUG-0001 "])
def test_a_bug_is_found_by_any_way_to_write_its_number(tracker: Tracker, typed: str) -> None:
    assert tracker.find(typed) == "BUG-0001"
    assert tracker.load(typed).title == "NFC redemption fails"


def test_a_bug_is_found_by_a_number_that_it_had_before(tracker: Tracker, team: RealGit) -> None:
    file = team.path / "bugs/000/BUG-0003.yaml"
    text = file.read_text().replace("status:", "formerly: [BUG-0077]\nstatus:")
    team.write("bugs/000/BUG-0003.yaml", text)
    tracker.refresh()
    assert tracker.find("77") == "BUG-0003"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("4", ("BUG-0003", "BUG-0002", "BUG-0001")),
        ("nfc redemtion fails", ("BUG-0001",)),
        ("slow portal", ("BUG-0002",)),
        ("xyzzy", ()),
        ("DH-1", ()),
    ],
)
def test_an_unknown_number_suggests_what_may_be_meant(
    tracker: Tracker, typed: str, meant: tuple[str, ...]
) -> None:
    with pytest.raises(UnknownBugError) as raised:
        tracker.load(typed)
    assert set(meant) <= set(raised.value.suggestions)
    assert typed in str(raised.value)
    assert str(raised.value).endswith(("?", "."))


def test_hostile_text_is_quoted_on_one_line(tracker: Tracker) -> None:
    with pytest.raises(UnknownBugError) as raised:
        tracker.find("\x1b[31m\n" + "x" * 1000)
    assert "\x1b" not in str(raised.value)
    assert len(str(raised.value)) < 500


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (BugFilter(), ["BUG-0003", "BUG-0001", "BUG-0002"]),
        (BugFilter(is_open=True), ["BUG-0003", "BUG-0001"]),
        (BugFilter(statuses=(Status.CLOSED,)), ["BUG-0002"]),
        (BugFilter(text="RATE blocks"), ["BUG-0003"]),
        (BugFilter(severities=(Severity.P1,)), []),
        (BugFilter(assignee="nobody@example.com"), []),
        (BugFilter(category="Crash"), []),
        (BugFilter(component="portal"), []),
    ],
)
def test_a_list_holds_what_fits_open_ones_first(
    tracker: Tracker, wanted: BugFilter, found: list[str]
) -> None:
    assert [bug.id for bug in tracker.listing(wanted).bugs] == found
    assert [bug.id for bug in tracker.records_of(tracker.listing(wanted).bugs)] == found
