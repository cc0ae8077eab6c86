"""`bugbook check`: exit codes, formats, paths."""

import json
import re
from itertools import chain
from pathlib import Path

import click
import pytest
import yaml

from tests.builders.life import life_at
from tests.checks.team import Team, new_team
from tests.guards import REPOSITORY
from tracker.cli.check import check
from tracker.cli.main import run

FILE = "bugs/000/BUG-0001.yaml"


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Team:
    """A team with one record, in whose folder the commands run."""
    team = new_team(tmp_path).put(life_at("investigating").bug)
    team.commit()
    monkeypatch.chdir(team.root)
    return team


def broken(team: Team) -> None:
    team.edit("BUG-0001", "status: investigating", "status: in_progress")


@pytest.mark.usefixtures("team")
def test_no_problems_are_exit_code_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check"]) == 0
    assert re.fullmatch(r"No problems: 1 record checked in \d+\.\d s\.\n", capsys.readouterr().out)
    assert run(["check", "--base", "HEAD", FILE]) == 0


def test_problems_are_exit_code_1_with_the_line_and_a_caret(
    team: Team, capsys: pytest.CaptureFixture[str]
) -> None:
    broken(team)

    assert run(["check", "--base", "HEAD"]) == 1
    told = capsys.readouterr().out
    assert (
        f"{FILE}:5:9: The root cause is missing: say what causes the bug. [status]\n"
        "     5 | status: in_progress\n"
        "       |         ^\n"
    ) in told
    assert "4 problems in 1 file; 1 record checked" in told
    assert "\x1b" not in told


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--base", "nowhere"], "There is no revision `nowhere` here"),
        (["missing.yaml"], "There is no file missing.yaml"),
        (["README.md"], "is not in `bugs`"),
        (["--format", "xml"], "'xml' is not one of 'text', 'github', 'json', 'sarif'"),
        (["--now", "yesterday"], "`yesterday` is no time"),
    ],
)
def test_asking_in_a_wrong_way_is_exit_code_2(
    team: Team, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    assert team.root.exists()
    assert run(["check", *arguments]) == 2
    assert sentence in capsys.readouterr().err


def test_a_folder_without_records_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    assert run(["check"]) == 2
    assert "There is no folder `bugs`" in capsys.readouterr().err


def test_paths_are_meant_from_where_one_stands(
    team: Team, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken(team)
    monkeypatch.chdir(team.root / "bugs" / "000")

    assert run(["check", "BUG-0001.yaml"]) == 1
    assert f"{FILE}:5:9: " in capsys.readouterr().out


def test_programs_get_nothing_but_their_format_on_standard_output(
    team: Team, capsys: pytest.CaptureFixture[str]
) -> None:
    broken(team)

    assert run(["check", "--format", "json"]) == 1
    captured = capsys.readouterr()
    assert len(json.loads(captured.out)["problems"]) == 4
    assert captured.err.startswith("4 problems in 1 file")

    assert run(["check", "--format", "sarif"]) == 1
    assert json.loads(capsys.readouterr().out)["version"] == "2.1.0"

    assert run(["check", "--format", "github"]) == 1
    assert capsys.readouterr().out.count(f"::error file={FILE},line=5,col=9,title=status::") == 4


def test_a_time_may_be_given_to_check_at(team: Team, capsys: pytest.CaptureFixture[str]) -> None:
    assert team.root.exists()
    assert run(["check", "--now", "2026-03-02T10:00:00Z"]) == 1
    assert "which is later than now" in capsys.readouterr().out


def test_the_hook_for_pre_commit_and_the_ready_workflow_call_the_command_rightly() -> None:
    (hook,) = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text("utf-8"))
    guide = (REPOSITORY / "site" / "docs" / "guides" / "pull-requests.md").read_text("utf-8")
    workflow = yaml.safe_load(guide.split("```yaml\nname: Bugs\n")[1].split("```")[0])
    steps = [step["run"] for step in workflow["jobs"]["check"]["steps"] if "run" in step]

    commands = [hook["entry"], *(line for step in steps for line in step.splitlines())]
    called = [command for command in commands if command.startswith("bugbook check")]
    assert len(called) == 2
    for command in called:
        words = command.replace('"', "").split()[2:]
        assert isinstance(check.make_context("check", words), click.Context)
    assert re.match(hook["files"], FILE)
    assert not re.match(hook["files"], "bugs/schema.json")


def test_the_guide_explains_every_code() -> None:
    guide = (REPOSITORY / "site" / "docs" / "guides" / "pull-requests.md").read_text("utf-8")
    folders = [REPOSITORY / "tracker" / name for name in ("checks", "store")]
    files = chain.from_iterable(folder.rglob("*.py") for folder in folders)
    sources = [path.read_text("utf-8") for path in files]
    found = {code for text in sources for code in re.findall(r'(?:RULE = |rule=)"([a-z-]+)"', text)}
    found |= {code for text in sources for code in re.findall(r'\), "([a-z-]+)"\)', text)}

    assert {"status", "gate", "merge-conflict"} <= found
    unread = {code for code in found if code.startswith("yaml-")}
    assert {code for code in found - unread if f"`{code}`" not in guide} == set()
    assert "`yaml-…`" in guide
