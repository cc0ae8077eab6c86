"""Where commands read and write is said when the files beside a person show something else."""

import json
from pathlib import Path

import pytest

from tests.real_git import RealGit, new_bare, new_checkout, new_work_tree
from tracker.cli.main import run
from tracker.store.remote import Remote

ME = ["--as", "Support Team <support@example.com>"]
REPORT = [
    "report", "--title", "Redemption fails", "--what-is-broken", "It fails.",
    "--environment-stage", "production", *ME,
]  # fmt: skip
NOTE = ["note", "1", "--text", "Seen again", *ME]
RECORD = "bugs/000/BUG-0001.yaml"


@pytest.fixture
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RealGit:
    """A clone that stands where the shared repository stands, with one bug."""
    shared = new_bare(tmp_path / "shared.git")
    person = new_checkout(tmp_path / "person", shared)
    person.write("bugs/policy.yaml", "{}\n")
    person("push", "-q", "origin", "main")
    monkeypatch.chdir(person.path)
    monkeypatch.setenv("BUGBOOK_DATA_DIR", str(tmp_path / "data"))
    return person


@pytest.mark.usefixtures("person")
def test_a_write_says_where_it_went_and_how_to_see_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], person: RealGit
) -> None:
    assert run(REPORT) == 0
    told = capsys.readouterr()
    assert f" on main of {tmp_path}/shared.git)." in told.out
    assert told.err == "Your work tree is behind it: `git pull` brings it up to date.\n"

    assert run(["list"]) == 0
    assert capsys.readouterr().err == (
        f"This is main of {tmp_path}/shared.git."
        " Your work tree is behind it: `git pull` brings it up to date.\n"
    )
    person("pull", "-q")
    assert run(["show", "1"]) == 0
    assert capsys.readouterr().err == ""


def test_what_only_the_work_tree_holds_is_told_not_to_count(
    person: RealGit, capsys: pytest.CaptureFixture[str]
) -> None:
    run(REPORT)
    person("pull", "-q")
    text = (person.path / RECORD).read_text(encoding="utf-8")
    (person.path / RECORD).write_text(text.replace("It fails.", "It does."), encoding="utf-8")
    capsys.readouterr()

    run(["show", "1"])
    assert f"has changes that are not committed ({RECORD}): they count" in capsys.readouterr().err
    person("commit", "-qam", "Say it better")
    run(["show", "1"])
    assert "has commits that are not pushed: what they change" in capsys.readouterr().err
    person("switch", "-qc", "words")
    run(["show", "1"])
    assert "Your work tree is on the branch words: what it" in capsys.readouterr().err
    person("reset", "-q", "--hard", "HEAD~2")
    run(["show", "1"])
    assert "`git pull origin main` brings it up to date" in capsys.readouterr().err


def test_changes_beside_the_records_are_nobodys_business(
    person: RealGit, capsys: pytest.CaptureFixture[str]
) -> None:
    run(REPORT)
    person("pull", "-q")
    person.write("README.md", "Ours\n")
    (person.path / "draft.md").write_text("Mine\n", encoding="utf-8")
    capsys.readouterr()

    run(["list"])
    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("person")
def test_programs_get_their_json_and_nothing_beside_it(capsys: pytest.CaptureFixture[str]) -> None:
    run(REPORT)
    capsys.readouterr()

    for asked in ([*NOTE, "--json"], ["show", "1", "--json"], ["list", "--json"]):
        assert run(asked) == 0
        told = capsys.readouterr()
        assert told.err == ""
        assert json.loads(told.out)


def test_a_repository_that_shares_with_nobody_shows_what_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    team = new_work_tree(tmp_path / "team")
    team.write("bugs/policy.yaml", "{}\n")
    monkeypatch.chdir(team.path)
    monkeypatch.setenv("BUGBOOK_DATA_DIR", str(tmp_path / "data"))

    run(REPORT)
    told = capsys.readouterr()
    assert f" on main of {team.path})." in told.out
    assert told.err == ""
    team("switch", "-qc", "words")
    run(NOTE)
    assert "`git merge main` brings it up to date" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("git@code.example:team/bugs.git", "main of code.example/team/bugs"),
        ("git://code.example:9418/bugs.git", "main of code.example:9418/bugs"),
        ("https://me:secret@code.example/bugs.git", "main of code.example/bugs"),
    ],
)
def test_a_place_is_told_without_logins_and_with_its_port(address: str, told: str) -> None:
    assert Remote(address=address, branch="main", local=False).spoken == told
