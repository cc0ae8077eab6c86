"""Announcements are made from commits: each with the records before and after it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.operations.trackers import Requests, report, tracker_on
from tests.real_git import RealGit, new_work_tree
from tracker.assembly import Recorded, Tracker
from tracker.workflow.actions.edits import AddNote


@pytest.fixture
def team(tmp_path: Path) -> RealGit:
    return new_work_tree(tmp_path / "team")


@pytest.fixture
def tracker(team: RealGit, tmp_path: Path) -> Iterator[Tracker]:
    opened = tracker_on(team, tmp_path / "data")
    yield opened
    opened.close()


@pytest.fixture
def ask() -> Requests:
    return Requests()


def test_before_the_first_commit_nothing_has_happened(tracker: Tracker) -> None:
    changes = tracker.changes_since(None)
    assert (changes.tip, changes.commits, changes.restarted) == (None, (), False)


def test_each_commit_is_told_with_both_versions_of_its_records(
    tracker: Tracker, team: RealGit, ask: Requests
) -> None:
    tracker.act(ask(report()))
    cursor = tracker.tip()
    tracker.act(ask(AddNote(text="Looked."), "BUG-0001"))
    team.write("README.md", "Our bugs\n", "Explain")
    file = team.path / "bugs/000/BUG-0001.yaml"
    team.write("bugs/000/BUG-0001.yaml", file.read_text().replace("NFC", "Card"), "Reword")
    tracker.refresh()
    changes = tracker.changes_since(cursor)
    assert changes.tip == tracker.tip()
    assert [each.commit.subject for each in changes.commits] == [
        "BUG-0001 note: Looked.",
        "Explain",
        "Reword",
    ]
    noted, explained, reworded = changes.commits
    assert noted.commit.trailers["Request"] == "r-2"
    assert explained.bugs == ()
    (bug,) = reworded.bugs
    assert bug.old is not None
    assert bug.new is not None
    assert (bug.bug, bug.old.title, bug.new.title) == (
        "BUG-0001",
        "NFC redemption fails",
        "Card redemption fails",
    )
    assert tracker.changes_since(changes.tip).commits == ()
    assert tracker.changes_since(None).commits[0].bugs[0].old is None


def test_a_broken_file_is_left_out_and_the_rest_is_told(
    tracker: Tracker, team: RealGit, ask: Requests
) -> None:
    tracker.act(ask(report()))
    cursor = tracker.tip()
    (team.path / "bugs/000/BUG-0001.yaml").write_text("title: [\n")
    text = "schema: 1\nid: BUG-0002\n"
    team.write("bugs/000/BUG-0002.yaml", text)
    team("commit", "-q", "-a", "-m", "Break it")
    tracker.refresh()
    changes = tracker.changes_since(cursor)
    assert len(changes.commits) == 2
    assert [each.bugs for each in changes.commits] == [(), ()]


def test_a_rewritten_history_starts_the_cursor_again_and_tells_nothing(
    tracker: Tracker, team: RealGit, ask: Requests
) -> None:
    tracker.act(ask(report()))
    tracker.act(ask(report("Second")))
    cursor = tracker.tip()
    team("reset", "-q", "--hard", "HEAD^")
    team.write("README.md", "Our bugs\n")
    tracker.refresh()
    for lost in (cursor, "0" * 40):
        changes = tracker.changes_since(lost)
        assert changes.restarted
        assert changes.commits == ()
        assert changes.tip == team("rev-parse", "HEAD")


def test_the_history_of_a_bug_is_its_commits_oldest_first(tracker: Tracker, ask: Requests) -> None:
    tracker.act(ask(report()))
    tracker.act(ask(report("Another")))
    answer = tracker.act(ask(AddNote(text="Looked."), "BUG-0001"))
    assert isinstance(answer, Recorded)
    told = tracker.history("BUG-0001")
    assert [each.subject for each in told] == [
        "BUG-0001 report: NFC redemption fails",
        "BUG-0001 note: Looked.",
    ]
    assert told[-1].commit == answer.commit
    assert told[-1].author_name == "Support Team"
