"""Search, metrics and migration as a person at a terminal sees them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.real_git import RealGit, new_work_tree
from tracker.cli.main import run

ME = ["--as", "Support Team <support@example.com>"]
REPORT = ["report", "--environment-stage", "production", *ME]


@pytest.fixture
def team(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
    capsys: pytest.CaptureFixture[str],
) -> RealGit:
    """Two bugs, one of them with a title that looks like markup."""
    git = new_work_tree(tmp_path / "team")
    git.write("bugs/policy.yaml", "{}\n")
    monkeypatch.chdir(git.path)
    monkeypatch.setenv("BUGBOOK_DATA_DIR", str(tmp_path_factory.getbasetemp() / "bugbook-data"))
    said = 'People see "Token refresh conflict".'
    run([*REPORT, "--title", "Login fails", "--what-is-broken", said])
    run([*REPORT, "--title", "[red]Button[/red] [/] is grey", "--what-is-broken", "It is grey."])
    capsys.readouterr()
    return git


@pytest.mark.usefixtures("team")
def test_a_hit_is_told_with_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", "token", "conflict"]) == 0
    told = capsys.readouterr().out
    assert "BUG-0001" in told
    assert "BUG-0002" not in told
    assert "report, what is broken: People see" in told

    assert run(["search", "token conflict", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["bug"], row["where"]) == ("BUG-0001", "report.what_is_broken")


@pytest.mark.usefixtures("team")
def test_a_hit_is_shown_as_it_was_written(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", "grey"]) == 0
    assert "[red]Button[/red] [/] is grey" in capsys.readouterr().out


@pytest.mark.usefixtures("team")
def test_nothing_found_is_said_and_is_no_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", "zebra"]) == 0
    assert capsys.readouterr().out == "No record holds this: try fewer words, or other ones.\n"
    assert run(["search", "zebra", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_a_record_that_cannot_be_read_hides_no_other(
    team: RealGit, capsys: pytest.CaptureFixture[str]
) -> None:
    team.write("bugs/000/BUG-0003.yaml", "schema: 7\n")
    for command in (["search", "login"], ["metrics"]):
        assert run(command) == 0
        told = capsys.readouterr()
        assert "bugs/000/BUG-0003.yaml:1" in told.err
        assert told.out


@pytest.mark.usefixtures("team")
def test_a_pipe_gets_every_line_whole(capsys: pytest.CaptureFixture[str]) -> None:
    title = f"Login fails {'again and ' * 12}again"
    run([*REPORT, "--title", title, "--what-is-broken", "Login fails."])
    capsys.readouterr()

    for command in (["list"], ["show", "3"], ["search", "again"], ["similar", "1"]):
        assert run(command) == 0
        lines = capsys.readouterr().out.splitlines()
        assert any(line.endswith(title) for line in lines), (command, lines)
    for command, end in ((["history", "3"], "…"), (["doctor"], ".")):
        run(command)
        assert all(line.endswith(end) for line in capsys.readouterr().out.splitlines())


def test_the_marks_of_a_merge_are_told_alike_by_whatever_reads_the_record(
    team: RealGit, capsys: pytest.CaptureFixture[str]
) -> None:
    file = team.path / "bugs/000/BUG-0001.yaml"
    told = "bugs/000/BUG-0001.yaml:5:1: A merge conflict is left here: choose what holds, and"
    text = file.read_text(encoding="utf-8")
    team.write("bugs/000/BUG-0001.yaml", text.replace("status:", "<<<<<<< HEAD\nstatus:"))

    for command in (["list"], ["show", "1"], ["search", "grey"], ["note", "1", "--text", "x", *ME]):
        run(command)
        said = capsys.readouterr()
        assert told in said.err, command


@pytest.mark.usefixtures("team")
def test_metrics_name_their_sources(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["metrics"]) == 0
    told = capsys.readouterr().out
    assert "time to acknowledge" in told
    assert "No severity" in told

    assert run(["metrics", "--since", "2001-01-01", "--json"]) == 0
    page = json.loads(capsys.readouterr().out)
    assert page["since"] == "2001-01-01"
    reported = page["slices"][0]["metrics"][0]
    assert (reported["value"], reported["rows"]) == (2, ["BUG-0001", "BUG-0002"])

    assert run(["metrics", "--since", "yesterday"]) == 2
    assert "yesterday" in capsys.readouterr().err


@pytest.mark.usefixtures("team")
def test_records_of_the_newest_version_need_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["migrate", "--dry-run"]) == 0
    told = capsys.readouterr().out
    assert told == (
        "Nothing to do: the repository has 2 records, and version 1 of the format is the newest.\n"
    )


def test_a_record_of_an_unknown_version_stops_the_migration(
    team: RealGit, capsys: pytest.CaptureFixture[str]
) -> None:
    team.write("bugs/000/BUG-0003.yaml", "title: Later\nschema: 7\n")

    assert run(["migrate"]) == 1
    told = capsys.readouterr()
    assert told.err.startswith("bugs/000/BUG-0003.yaml:2:9: ")
    assert told.out == "Nothing was changed: 1 record must be corrected first.\n"


@pytest.mark.usefixtures("team")
def test_a_search_for_nothing_is_a_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search"]) == 2
    assert "TEXT" in capsys.readouterr().err


def test_by_a_broken_policy_bugs_are_looked_at_and_nothing_is_judged(
    team: RealGit, capsys: pytest.CaptureFixture[str]
) -> None:
    team.write("bugs/policy.yaml", "ids:\n  - prefix: BUG\n    widht: 4\n")
    place = "bugs/policy.yaml:3:5: `ids[1].widht` is not a known key"

    for looking in (["list"], ["show", "1"], ["search", "login"], ["metrics"]):
        assert run(looking) == 0
        told = capsys.readouterr()
        assert place in told.err
        assert "Nothing can be recorded until this is corrected" in told.err
        assert told.out
    for judging in (["readiness", "1"], ["note", "1", "--text", "x", *ME]):
        assert run(judging) == 1
        assert place in capsys.readouterr().err


@pytest.mark.usefixtures("team")
def test_a_long_list_is_cut_and_says_how_to_see_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["list", "--most", "1"]) == 0
    told = capsys.readouterr()
    assert "BUG-0002" in told.out
    assert "BUG-0001" not in told.out
    assert "1 of 2 bugs are shown" in told.err
    assert "`--most 0`" in told.err

    assert run(["list", "--most", "0"]) == 0
    told = capsys.readouterr()
    assert "BUG-0001" in told.out
    assert told.err == ""


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("sev=P0", "`sev=P0` is no filter of a list. Did you mean `--severity P0`?"),
        ("severity=P0", "Did you mean `--severity P0`? The filters are --status, --severity"),
        ("priority=P0", "Did you mean `--severity P0`?"),
    ],
)
@pytest.mark.usefixtures("team")
def test_a_filter_that_there_is_none_of_is_no_word_to_look_for(
    capsys: pytest.CaptureFixture[str], typed: str, told: str
) -> None:
    assert run(["list", typed]) == 2
    assert told in " ".join(capsys.readouterr().err.split())

    assert run(["list", "foo=bar", "--json"]) == 0
    unlikely = capsys.readouterr()
    assert "`foo=bar` is no filter of a list and was looked for as text." in unlikely.err
    assert json.loads(unlikely.out) == []


@pytest.mark.usefixtures("team")
def test_a_list_has_open_bugs_unless_others_are_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def listed(*options: str) -> list[str]:
        capsys.readouterr()
        assert run(["list", "--json", *options]) == 0
        return [record["id"] for record in json.loads(capsys.readouterr().out)]

    assert run(["wont-fix", "1", "--reason", "As designed", *ME]) == 0

    assert listed() == listed("--open") == ["BUG-0002"]
    assert listed("--closed") == listed("--status", "closed") == ["BUG-0001"]
    assert listed("--all") == ["BUG-0002", "BUG-0001"]
    run(["list", "grey", "--closed"])
    assert "No bug fits; `--all` looks among all." in capsys.readouterr().out


@pytest.mark.usefixtures("team")
def test_a_list_as_json_holds_whole_records(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["list", "--json"]) == 0
    newer, older = json.loads(capsys.readouterr().out)
    assert (newer["id"], older["id"]) == ("BUG-0002", "BUG-0001")
    assert newer["report"] == {"what_is_broken": "It is grey."}

    assert run(["list", "zebra", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.usefixtures("team")
def test_looking_waits_for_nothing_that_only_writing_needs() -> None:
    run(["list"])  # brings the index up
    for looking in (["list"], ["show", "1"], ["search", "login"]):
        code = f"import sys; from tracker.cli.main import run; run({looking}); print(*sys.modules)"
        loaded = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.split()
        assert not {"pydantic", "pygit2", "rich", "yaml"} & set(loaded)
