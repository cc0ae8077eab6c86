"""The command line on a real repository: one action, one commit; trouble is a sentence."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.guards import REPOSITORY
from tracker.cli.main import run
from tracker.cli.options import only_in_files, options_of
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.workflow.verbs import VERBS

SCENARIOS = REPOSITORY / "demo" / "scenarios"
ME = ["--as", "Support Team <support@example.com>"]
REPORT = [
    "report", "--title", "Redemption fails", "--what-is-broken", "It fails.",
    "--environment-stage", "production", *ME,
]  # fmt: skip


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "team"
    _git(tmp_path, "init", "-q", "-b", "main", str(folder))
    monkeypatch.chdir(folder)
    monkeypatch.setenv("BUGBOOK_DATA_DIR", str(tmp_path / "data"))
    return folder


def test_a_report_is_one_commit_by_the_person_who_acted(repository: Path) -> None:
    assert run(REPORT) == 0

    logged = _git(repository, "log", "--format=%an <%ae>|%cn|%s|%(trailers:key=Action,valueonly)")
    assert logged.strip() == (
        "Support Team <support@example.com>|Bugbook|BUG-0001 report: Redemption fails|report"
    )
    assert (repository / "bugs/000/BUG-0001.yaml").exists()


def test_a_refusal_names_everything_exits_with_1_and_changes_nothing(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(REPORT)
    before = _git(repository, "rev-parse", "HEAD")
    capsys.readouterr()

    assert run(["triage", "1", "--severity", "P1", *ME]) == 1
    told = capsys.readouterr().err
    assert "The decision matrix is not answered" in told
    assert "The category is missing" in told
    assert _git(repository, "rev-parse", "HEAD") == before


@pytest.mark.usefixtures("repository")
def test_an_edit_does_not_read_like_a_move(capsys: pytest.CaptureFixture[str]) -> None:
    run(REPORT)
    assert ": now reported (" in capsys.readouterr().out

    assert run(["note", "1", "--text", "Seen again", *ME]) == 0
    assert ": still reported (" in capsys.readouterr().out
    assert run(["wont-fix", "1", "--reason", "The service is gone", *ME]) == 0
    assert ": now closed (" in capsys.readouterr().out


def test_a_prompt_tells_that_the_policy_is_broken(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(REPORT)
    (repository / "bugs/policy.yaml").write_text("idz: []\n", encoding="utf-8")
    _git(repository, "add", "-A")
    _git(repository, "-c", "user.name=A", "-c", "user.email=a@example.com", "commit", "-qm", "x")
    capsys.readouterr()

    assert run(["prompt", "1", "triage"]) == 0
    told = capsys.readouterr()
    assert "`idz` is not a known key: did you mean `ids`?" in told.err
    assert "The prompt is written with the last valid policy." in told.err
    assert "Redemption fails" in told.out


def test_the_help_shows_that_a_revision_may_be_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["conservation", "--help"]) == 0
    assert "conservation [OPTIONS] [REV]" in capsys.readouterr().out


def test_fields_come_from_a_file_and_options_win_over_it(repository: Path) -> None:
    Path("report.yaml").write_text(
        "title: From the file\nwhat_is_broken: It fails.\nenvironment:\n  stage: staging\n",
        encoding="utf-8",
    )
    moved = repository.parent / "report.yaml"
    Path("report.yaml").rename(moved)

    assert run(["report", "--from", str(moved), "--title", "From the option", *ME]) == 0
    text = (repository / "bugs/000/BUG-0001.yaml").read_text(encoding="utf-8")
    assert "title: From the option" in text
    assert "stage: staging" in text


def test_a_dry_run_says_what_would_happen_and_writes_nothing(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(REPORT)
    before = _git(repository, "rev-parse", "HEAD")

    assert run(["wont-fix", "1", "--reason", "Old", "--dry-run", *ME]) == 0
    assert "would be closed" in capsys.readouterr().out
    assert _git(repository, "rev-parse", "HEAD") == before


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["traige", "1"], 2, "did you mean `triage`?"),
        (["hotfix", "brunch", "1"], 2, "did you mean `branch`?"),
        (["note", "7", "--text", "x", *ME], 1, "There is no bug"),
        (["note", "1", *ME], 2, "`text` is missing"),
        (["deploy", "1", "--version", "v2", "--at", "yesterday", *ME], 2, "must be a time"),
        (["report", "--from", "nowhere.yaml", *ME], 1, "nowhere.yaml"),
        (["note", "1", "--text", "x", "--as", "nobody"], 1, "names nobody"),
    ],
)
def test_wrong_input_is_one_clear_sentence(
    repository: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
    sentence: str,
) -> None:
    run(REPORT)
    before = _git(repository, "rev-parse", "HEAD")
    capsys.readouterr()

    assert run(arguments) == code
    told = capsys.readouterr().err
    assert sentence in told
    assert "Traceback" not in told
    assert _git(repository, "rev-parse", "HEAD") == before


@pytest.mark.usefixtures("repository")
def test_show_list_and_history_read_what_was_written(capsys: pytest.CaptureFixture[str]) -> None:
    run(REPORT)
    run(["note", "1", "--text", "Seen on staging too", *ME])
    capsys.readouterr()

    assert run(["show", "1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["timeline"][1]["text"] == "Seen on staging too"
    assert run(["list", "--open"]) == 0
    assert "BUG-0001" in capsys.readouterr().out
    assert run(["history", "1", "--json"]) == 0
    subjects = [row["subject"] for row in json.loads(capsys.readouterr().out)]
    assert subjects == ["BUG-0001 report: Redemption fails", "BUG-0001 note: Seen on staging too"]


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(path.stem for path in SCENARIOS.glob("*.yaml")))
def test_the_records_of_this_repository_are_what_their_scenarios_make(
    repository: Path, name: str
) -> None:
    policy = repository / "bugs" / "policy.yaml"
    policy.parent.mkdir()
    policy.write_bytes((REPOSITORY / "bugs" / "policy.yaml").read_bytes())
    _git(repository, "add", ".")
    _git(repository, "commit", "-qm", "Set the policy")

    assert run(["play", str(SCENARIOS / f"{name}.yaml")]) == 0
    (made,) = (repository / "bugs" / "000").iterdir()
    kept = REPOSITORY / "bugs" / "000" / made.name
    assert made.read_text(encoding="utf-8") == kept.read_text(encoding="utf-8")


def test_a_scenario_with_mistakes_is_refused_with_their_places(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scenario = repository.parent / "wrong.yaml"
    scenario.write_text(
        "title: Wrong\npeople:\n  me: Me <me@example.com>\nsteps:\n"
        "  - at: 2026-01-01T00:00:00Z\n    who: you\n    do: note\n    fields:\n      text: x\n"
        "  - at: 2026-01-01T00:00:00Z\n    who: me\n    do: nota\n",
        encoding="utf-8",
    )

    assert run(["play", str(scenario)]) == 1
    told = capsys.readouterr().err
    assert f"{scenario}:6:10: `you` is nobody under `people`" in told
    assert f"{scenario}:12:9: `nota` is no command: did you mean `note`?" in told


def test_every_field_of_every_action_is_an_option_or_comes_from_a_file() -> None:
    for verb, kind in VERBS.items():
        covered = {option.path[0] for option in options_of(kind)} | set(only_in_files(kind))
        assert covered | {"at"} == set(kind.model_fields), verb


@pytest.mark.parametrize(("model", "file"), [(BugRecord, "schema"), (Policy, "policy-schema")])
def test_the_schema_for_editors_is_current(
    model: type[BugRecord | Policy], file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["schema", "record" if model is BugRecord else "policy"])

    kept = (REPOSITORY / "bugs" / f"{file}.json").read_text(encoding="utf-8")
    assert capsys.readouterr().out == kept


def test_the_diagram_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diagram"]) == 0
    assert capsys.readouterr().out.startswith("stateDiagram-v2")


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout


def test_a_pasted_secret_is_taken_out_and_its_author_told(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(REPORT)
    secret = "hunter2" + "Xy9" * 4

    assert run(["note", "1", "--text", f"log says password={secret}", *ME]) == 0
    assert "Taken out of your text before anything was kept" in capsys.readouterr().err
    assert secret not in (repository / "bugs/000/BUG-0001.yaml").read_text(encoding="utf-8")


@pytest.mark.usefixtures("repository")
def test_a_program_can_read_what_became_of_an_action(capsys: pytest.CaptureFixture[str]) -> None:
    def told(*arguments: str) -> tuple[int, dict[str, Any]]:
        capsys.readouterr()
        code = run([*arguments, "--json", *ME])
        return code, json.loads(capsys.readouterr().out)

    code, recorded = told(*REPORT[:-2])
    assert (code, recorded["outcome"], recorded["bug"]) == (0, "recorded", "BUG-0001")
    assert recorded["status"] == "reported"
    code, accepted = told("note", "1", "--text", "Seen again", "--dry-run")
    assert (code, accepted["outcome"], accepted["entries"]) == (0, "accepted", ["Seen again"])
    code, refused = told("triage", "1", "--severity", "P1")
    assert (code, refused["outcome"]) == (1, "refused")
    assert "The category is missing" in " ".join(each["sentence"] for each in refused["reasons"])
