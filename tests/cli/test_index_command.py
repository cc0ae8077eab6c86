"""The index as a person at a terminal looks after it."""

import json
from pathlib import Path

import pytest

from tests.real_git import RealGit, new_work_tree
from tracker.cli.main import run

ME = ["--as", "Support Team <support@example.com>"]
REPORT = ["report", "--environment-stage", "production", "--what-is-broken", "It fails.", *ME]


@pytest.fixture
def team(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> RealGit:
    git = new_work_tree(tmp_path / "team")
    git.write("bugs/policy.yaml", "{}\n")
    monkeypatch.chdir(git.path)
    monkeypatch.setenv("BUGBOOK_DATA_DIR", str(tmp_path / "data"))
    run([*REPORT, "--title", "Login fails"])
    capsys.readouterr()
    return git


def told(capsys: pytest.CaptureFixture[str], *command: str, code: int = 0) -> str:
    assert run(["index", *command]) == code
    return capsys.readouterr().out


@pytest.mark.usefixtures("team")
def test_a_new_index_is_whole_and_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    made = told(capsys, "rebuild")
    said = told(capsys, "status")
    assert made == f"Made anew:\n{said}"
    assert "Bugs: 1, commits: 2." in said
    assert "up to date" in said
    status = json.loads(told(capsys, "status", "--json"))
    assert (status["sound"], status["current"], status["bugs"]) == (True, True, 1)
    assert status["records_at"] == status["tip"]
    assert json.loads(told(capsys, "rebuild", "--json"))["bugs"] == 1


def test_a_rebuild_says_as_every_look_does_that_an_edited_file_does_not_count_yet(
    team: RealGit, capsys: pytest.CaptureFixture[str]
) -> None:
    (team.path / "bugs/000/BUG-0001.yaml").write_text("title: Edited\n", encoding="utf-8")
    sentences = set()
    for command in (["index", "rebuild"], ["list"]):
        run(command)
        sentences.add(capsys.readouterr().err)
    (sentence,) = sentences
    assert sentence.startswith("This is main of ")
    assert sentence.endswith("(bugs/000/BUG-0001.yaml): they count once they are committed.\n")


def test_a_broken_file_is_counted(team: RealGit, capsys: pytest.CaptureFixture[str]) -> None:
    team.write("bugs/000/BUG-0002.yaml", "title: [\n")
    assert "Files that cannot be read: 1." in told(capsys, "rebuild")
    assert json.loads(told(capsys, "status", "--json"))["broken"] == 1


@pytest.mark.usefixtures("team")
def test_a_damaged_index_is_told_of_and_mended_by_the_next_question(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told(capsys, "rebuild")
    (file,) = tmp_path.glob("data/*/index-*.sqlite3")
    file.write_bytes(b"no database" * 1000)
    assert "`bugbook index rebuild` makes it anew" in told(capsys, "status", code=1)
    assert json.loads(told(capsys, "status", "--json", code=1))["sound"] is False
    assert run(["list"]) == 0
    assert "Login fails" in capsys.readouterr().out
    assert "up to date" in told(capsys, "status")
