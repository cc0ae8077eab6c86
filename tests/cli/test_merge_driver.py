"""Real branches, merged by the real git through the driver that the command installs."""

import subprocess
from pathlib import Path

import pytest

from tests.real_git import RealGit, new_work_tree
from tracker.cli.main import run
from tracker.model.record import BugRecord
from tracker.store.record_file import read_record

ME = ["--as", "Support Team <support@example.com>"]
BROKEN = ["--what-is-broken", "It fails.", "--environment-stage", "production"]
REPORT = ["report", "--title", "Redemption fails", *BROKEN, *ME]
RECORD = "bugs/000/BUG-0001.yaml"


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RealGit:
    git = new_work_tree(tmp_path / "team")
    monkeypatch.chdir(git.path)
    monkeypatch.setenv("BUGBOOK_DATA_DIR", str(tmp_path / "data"))
    assert run(REPORT) == 0
    assert run(["merge-driver", "--install"]) == 0
    git("add", ".gitattributes")
    git("commit", "-qm", "Merge records by field")
    return git


def on_branch(
    team: RealGit, monkeypatch: pytest.MonkeyPatch, branch: str, *commands: list[str]
) -> None:
    """Give commands on a branch of its own from main."""
    team("checkout", "-qb", branch, "main")
    with monkeypatch.context() as patch:
        patch.setenv("BUGBOOK_BRANCH", branch)
        for command in commands:
            assert run([*command, *ME]) == 0
    team("checkout", "-q", "main")


def merge(team: RealGit, branch: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["git", "merge", "-q", "--no-ff", "--no-edit", branch],
        cwd=team.path,
        check=False,
        capture_output=True,
        text=True,
    )


def record(team: RealGit) -> BugRecord:
    return read_record((team.path / RECORD).read_bytes(), RECORD)


@pytest.mark.slow
def test_notes_and_actions_of_two_branches_merge_without_a_conflict(
    team: RealGit, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = ["note", "1", "--text"]
    on_branch(
        team, monkeypatch, "one",
        [*note, "Second", "--at", "2026-01-01T10:20:00Z"],
        ["action", "1", "--text", "Add a test", "--horizon", "immediate"],
    )  # fmt: skip
    on_branch(
        team, monkeypatch, "other",
        [*note, "First", "--at", "2026-01-01T10:10:00Z"],
        [*note, "Third", "--at", "2026-01-01T10:30:00Z"],
        ["action", "1", "--text", "Add an alert", "--horizon", "immediate"],
    )  # fmt: skip

    assert merge(team, "one").returncode == 0
    assert merge(team, "other").returncode == 0
    merged = record(team)
    notes = [entry.text for entry in merged.timeline if entry.action == "note"]
    assert notes == ["First", "Second", "Third"]
    assert {item.text for item in merged.actions} == {"Add a test", "Add an alert"}
    assert team("status", "--porcelain") == ""


@pytest.mark.slow
def test_a_true_conflict_stops_the_merge_and_names_field_and_values(team: RealGit) -> None:
    for branch, title in (("one", "Payment fails"), ("other", "Login fails")):
        team("checkout", "-qb", branch, "main")
        text = (team.path / RECORD).read_text(encoding="utf-8")
        team.write(RECORD, text.replace("title: Redemption fails", f"title: {title}"))
        team("checkout", "-q", "main")

    assert merge(team, "one").returncode == 0
    stopped = merge(team, "other")
    assert stopped.returncode == 1
    assert "`title` differs on both sides: ours “Payment fails”, theirs “Login fails”." in (
        stopped.stdout + stopped.stderr
    )
    assert team("diff", "--name-only", "--diff-filter=U") == RECORD
    text = (team.path / RECORD).read_text(encoding="utf-8")
    assert "<<<<<<< ours\ntitle: Payment fails\n=======\ntitle: Login fails\n>>>>>>> theirs" in text


@pytest.mark.slow
def test_two_bugs_under_one_number_stop_the_merge(
    team: RealGit, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_branch(team, monkeypatch, "one", ["report", "--title", "Payment fails", *BROKEN])
    on_branch(team, monkeypatch, "other", ["report", "--title", "Login fails", *BROKEN])

    assert merge(team, "one").returncode == 0
    stopped = merge(team, "other")
    assert stopped.returncode == 1
    assert "Both branches made a BUG-0002" in stopped.stdout + stopped.stderr


@pytest.mark.slow
def test_a_note_follows_a_bug_that_was_renumbered_meanwhile(
    team: RealGit, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_branch(team, monkeypatch, "one", ["note", "1", "--text", "Seen"])
    assert run(["renumber", "1", *ME]) == 0

    assert merge(team, "one").returncode == 0
    moved = "bugs/000/BUG-0002.yaml"
    merged = read_record((team.path / moved).read_bytes(), moved)
    assert (merged.formerly, merged.timeline[-1].text) == (("BUG-0001",), "Seen")
    assert not (team.path / RECORD).exists()
    assert run(["conservation"]) == 0


def test_installing_twice_changes_nothing_the_second_time(
    team: RealGit, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()

    assert run(["merge-driver", "--install"]) == 0
    assert capsys.readouterr().out == "This clone merges records field by field now.\n"
    assert (team.path / ".gitattributes").read_text() == "bugs/**/*.yaml merge=bugbook\n"
    assert team("status", "--porcelain") == ""


def test_lines_of_others_in_the_attributes_stay(team: RealGit) -> None:
    (team.path / ".gitattributes").write_text("*.png binary", encoding="utf-8")

    assert run(["merge-driver", "--install"]) == 0
    assert (team.path / ".gitattributes").read_text() == (
        "*.png binary\nbugs/**/*.yaml merge=bugbook\n"
    )


def test_the_driver_asks_for_what_git_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    assert run(["merge-driver"]) == 2
    assert "the four arguments that git gives" in capsys.readouterr().err
    assert run(["merge-driver", "--install"]) == 1
    assert "is not in the checkout of a git repository" in capsys.readouterr().err
