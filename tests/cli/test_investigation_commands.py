"""Similar bugs, evidence, readiness and prompts as a person at a terminal sees them."""

import json
from pathlib import Path

import pytest

from tests.real_git import RealGit, new_work_tree
from tracker.cli.main import run

ME = ["--as", "Support Team <support@example.com>"]
REPORT = ["report", "--environment-stage", "production", "--environment-components", "auth", *ME]
CONFLICT = ["--what-is-broken", 'People see "Token refresh conflict".']
POLICY = """\
components:
  - name: auth
    repository: ../code
    debug_commands:
      - redis-cli info
"""
LOG = """\
2025-01-02T11:00:00Z ERROR Token refresh conflict for user 3
2025-01-02T11:00:09Z ERROR Token refresh conflict for user 9
"""


@pytest.fixture
def team(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> RealGit:
    """Two bugs about one error, and the code that raises it; the data folder is shared."""
    code = new_work_tree(tmp_path / "code")
    code.write("auth/jwt_utils.py", 'raise Conflict("Token refresh conflict")\n', "Lock tokens")
    git = new_work_tree(tmp_path / "team")
    git.write("bugs/policy.yaml", POLICY)
    monkeypatch.chdir(git.path)
    monkeypatch.setenv("BUGBOOK_DATA_DIR", str(tmp_path_factory.getbasetemp() / "bugbook-data"))
    run([*REPORT, "--title", "Login fails", *CONFLICT])
    run([*REPORT, "--title", "Sign-in fails", *CONFLICT])
    return git


@pytest.mark.usefixtures("team")
def test_similar_bugs_are_told_with_what_they_share(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["similar", "1"]) == 0
    told = capsys.readouterr().out
    assert "BUG-0002" in told
    assert "error message “token refresh conflict”" in told

    assert run(["similar", "1", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert row["bug"] == "BUG-0002"
    assert row["shared"][0] == {"kind": "error", "text": "token refresh conflict"}
    assert 0 < row["score"] <= 1


def test_a_bug_that_is_like_no_other_says_so(
    team: RealGit, capsys: pytest.CaptureFixture[str]
) -> None:
    team("rm", "-q", "bugs/000/BUG-0002.yaml")
    team("commit", "-qm", "Remove by hand")
    capsys.readouterr()

    assert run(["similar", "1"]) == 0
    assert "No other bug shares enough" in capsys.readouterr().out


def test_evidence_is_one_commit_and_a_second_look_makes_none(
    team: RealGit, capsys: pytest.CaptureFixture[str]
) -> None:
    before = int(team("rev-list", "--count", "HEAD"))

    assert run(["investigate", "1", *ME]) == 0
    told = capsys.readouterr().out
    assert "auth/jwt_utils.py:1" in told
    assert int(team("rev-list", "--count", "HEAD")) == before + 1
    assert "Action: plan" in team("log", "-1", "--format=%B")
    assert "Support Team" in team("log", "-1", "--format=%an")

    assert run(["investigate", "1", *ME]) == 0
    assert "Nothing was found that the record does not hold already." in capsys.readouterr().out
    assert int(team("rev-list", "--count", "HEAD")) == before + 1


def test_a_dry_run_shows_the_evidence_and_records_nothing(
    team: RealGit, capsys: pytest.CaptureFixture[str]
) -> None:
    tip = team("rev-parse", "HEAD")

    assert run(["investigate", "1", "--dry-run"]) == 0
    assert "redis-cli info" in capsys.readouterr().out
    assert team("rev-parse", "HEAD") == tip


def test_a_log_file_and_a_start_are_taken_into_account(team: RealGit, tmp_path: Path) -> None:
    (tmp_path / "app.log").write_bytes(LOG.encode() + b"\xff\xfe broken bytes\n")
    log = ["--log", str(tmp_path / "app.log"), "--since", "2001-01-01T00:00:00Z"]

    assert run(["investigate", "1", *log, *ME]) == 0
    record = (team.path / "bugs/000/BUG-0001.yaml").read_text(encoding="utf-8")
    assert "Patterns in the log app.log (2 of 2 entries)" in record
    assert "100 % (2), first 2025-01-02T11:00:00Z, last 2025-01-02T11:00:09Z" in record
    assert "git log --since=2001-01-01T00:00:00+00:00 HEAD" in record


@pytest.mark.usefixtures("team")
@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["investigate", "1", "--since", "yesterday"], 2, "write a time with its offset"),
        (["investigate", "1", "--since", "2026-01-01T00:00:00"], 2, "write a time with its offset"),
        (["investigate", "1", "--log", "missing.log"], 2, "missing.log"),
        (["investigate", "9"], 1, "There is no bug"),
        (["similar", "9"], 1, "There is no bug “BUG-0009”"),
        (["show", "bug-9"], 1, "There is no bug “BUG-0009”"),
        (["show", "99999999999999"], 1, "There is no bug “99999999999999”"),
        (["readiness", "9"], 1, "There is no bug"),
        (["prompt", "1", "poem"], 2, "poem"),
    ],
)
def test_wrong_input_is_answered_in_a_sentence(
    capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, sentence: str
) -> None:
    assert run(arguments) == code
    told = capsys.readouterr().err
    assert sentence in told
    assert "Traceback" not in told


def test_evidence_on_a_closed_bug_is_refused_and_changes_nothing(
    team: RealGit, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["wont-fix", "1", "--reason", "Old", *ME])
    tip = team("rev-parse", "HEAD")

    assert run(["investigate", "1", *ME]) == 1
    assert "is closed: reopen it before `plan`" in capsys.readouterr().err
    assert team("rev-parse", "HEAD") == tip


@pytest.mark.usefixtures("team")
def test_readiness_lists_what_is_missing_with_its_command_and_fails(
    capsys: pytest.CaptureFixture[str],
) -> None:
    capsys.readouterr()
    assert run(["readiness", "1"]) == 1
    told = capsys.readouterr().out
    assert told.endswith("PRODUCTION READINESS: NOT READY\n")
    assert "There is no rollback plan: say how to go back." in told
    assert "bugbook submit-fix BUG-0001" in told

    assert run(["readiness", "1", "--json"]) == 1
    page = json.loads(capsys.readouterr().out)
    assert (page["confirmed"], page["verdict"]) == (False, "PRODUCTION READINESS: NOT READY")
    groups = {section["group"]: section for section in page["sections"]}
    assert groups["Rollback triggers"]["unmet"][0]["command"] == "bugbook submit-fix BUG-0001"
    assert groups["Security"]["state"] == "not asked for"


def test_a_prompt_is_printed_without_secrets_that_a_hand_edit_left_in_the_record(
    team: RealGit, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = "hunter2" + "Xy9" * 4
    path = "bugs/000/BUG-0001.yaml"
    text = (team.path / path).read_text(encoding="utf-8")
    team.write(path, text.replace("title: Login fails", f"title: Login with password={secret}"))
    capsys.readouterr()

    assert run(["prompt", "1", "root-cause"]) == 0
    told = capsys.readouterr().out
    assert secret not in told
    assert "[redacted: " in told
    assert "support@example.com" not in told
    assert "bugbook identify BUG-0001 --from FILE" in told


def test_a_dummy_that_the_policy_allows_is_recorded_investigated_and_printed(
    team: RealGit, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    dummy = "password=" + "hunter2" + "Xy9" * 4
    log = tmp_path / "app.log"
    log.write_text(f"ERROR login with {dummy}\n" * 3, encoding="utf-8")
    look = ["investigate", "3", "--log", str(log), *ME]
    note = ["report", "--title", f"Login with {dummy}", *REPORT[1:], *CONFLICT]
    assert run(note) == 0
    assert "kept: password. Change what leaked" in capsys.readouterr().err
    assert run([*look, "--dry-run"]) == 0
    assert "kept: password. Change what leaked" in capsys.readouterr().err

    team.write("bugs/policy.yaml", f"{POLICY}secrets:\n  allowed:\n    - {dummy}\n")
    assert run(note) == 0
    assert run(look) == 0
    assert "Taken out" not in capsys.readouterr().err
    assert run(["prompt", "4", "root-cause"]) == 0
    assert dummy in capsys.readouterr().out
    assert dummy in team("show", "HEAD:bugs/000/BUG-0003.yaml")


@pytest.mark.usefixtures("team")
def test_a_bug_of_a_cited_title_prints_no_markup(capsys: pytest.CaptureFixture[str]) -> None:
    run([*REPORT, "--title", "[red]Token refresh conflict[/red] [/]", *CONFLICT])
    capsys.readouterr()

    assert run(["similar", "1"]) == 0
    assert "[red]Token refresh conflict[/red] [/]" in capsys.readouterr().out
    assert run(["investigate", "1", "--dry-run"]) == 0
    assert "[red]Token refresh conflict[/red] [/]" in capsys.readouterr().out
