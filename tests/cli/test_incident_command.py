"""Incidents on the command line."""

import json
from pathlib import Path

import pytest

from tests.builders.life import Life
from tests.real_git import RealGit, new_work_tree
from tracker.cli.main import run
from tracker.model.bug_id import record_path
from tracker.store.record_file import new_text


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RealGit:
    git = new_work_tree(tmp_path / "team")
    declared = Life(severity="P0").usual("report").usual("triage").act("hotfix-declare")
    joined = Life(severity="P2").usual("report").usual("triage")
    joined.record = joined.bug.model_copy(update={"id": "BUG-0002"})
    joined.act("join-incident", incident="INC-2026-0001")
    for life in (declared, joined):
        git.write(record_path(life.bug.id), new_text(life.bug))
    monkeypatch.chdir(git.path)
    monkeypatch.setenv("BUGBOOK_DATA_DIR", str(tmp_path / "data"))
    return git


@pytest.mark.usefixtures("team")
def test_incidents_are_listed_with_their_bugs(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["incident"]) == 0

    shown = capsys.readouterr().out
    assert "INC-2026-0001" in shown
    assert "BUG-0001" in shown
    assert "BUG-0002" in shown


@pytest.mark.usefixtures("team")
def test_an_incident_is_printed_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["incident", "inc-2026-0001", "--json"]) == 0

    (found,) = json.loads(capsys.readouterr().out)
    assert (found["bugs"], found["severity"], found["closed"]) == (
        ["BUG-0001", "BUG-0002"],
        "P0",
        None,
    )
    assert found["commander"] == "Backend Engineer <backend@example.com>"


@pytest.mark.usefixtures("team")
def test_an_unknown_incident_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["incident", "INC-2026-0009"]) == 1
    assert "There is no INC-2026-0009" in capsys.readouterr().err


def test_a_team_without_incidents_is_told_how_to_declare_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(new_work_tree(tmp_path / "empty").path)
    monkeypatch.setenv("BUGBOOK_DATA_DIR", str(tmp_path / "data"))

    assert run(["incident"]) == 0
    assert "bugbook hotfix declare" in capsys.readouterr().out


@pytest.mark.usefixtures("team")
def test_a_track_shows_what_is_done_what_comes_next_and_what_to_run(
    capsys: pytest.CaptureFixture[str],
) -> None:
    branch = ["hotfix", "branch", "1", "--branch", "hotfix/redeem", "--as", "lead@example.com"]
    assert run(["hotfix", "status", "1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["INC-2026-0001  BUG-0001 Redemption fails", "P0 · triaged"]
    assert lines[3].startswith("1 ✓ declare    2026-03-02 19:00 UTC  Backend Engineer")
    assert lines[4] == "2 ○ branch"
    assert lines[12] == "Next: bugbook hotfix branch BUG-0001"
    assert any(line.startswith("  git ") for line in lines[13:])

    assert run(branch) == 0
    capsys.readouterr()
    assert run(["hotfix", "status", "1", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["steps"][1]["detail"] == "hotfix/redeem"
    assert told["next"] == "bugbook assign BUG-0001"
    assert told["commands"] == []


@pytest.mark.usefixtures("team")
def test_a_bug_without_a_track_says_how_to_start_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["hotfix", "status", "2"]) == 0
    assert "bugbook hotfix declare BUG-0002" in capsys.readouterr().out
