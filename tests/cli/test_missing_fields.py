"""What is missing or wrong on the command line is told by the option that gives it."""

from pathlib import Path

import pytest

from tests.real_git import RealGit, new_work_tree
from tracker.cli.main import run
from tracker.cli.options import asked_for, options_of
from tracker.model.explanation import MISSING_KEY, Explanation
from tracker.workflow.verbs import VERBS


def test_a_report_without_a_stage_names_the_option(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", "--title", "Login fails", "--what-is-broken", "Nobody gets in."]) == 2
    told = capsys.readouterr().err
    assert "`environment` is missing" in told
    assert "give `--environment-stage`, or another option that begins with `--environment-`" in told


ME = ["--as", "Support Team <support@example.com>"]


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RealGit:
    """A repository with one bug that was reported."""
    git = new_work_tree(tmp_path / "team")
    git.write("bugs/policy.yaml", "{}\n")
    monkeypatch.chdir(git.path)
    monkeypatch.setenv("BUGBOOK_DATA_DIR", str(tmp_path / "data"))
    seen = ["--title", "Login fails", "--what-is-broken", "Nobody gets in."]
    assert run(["report", *seen, "--environment-stage", "production", *ME]) == 0
    return git


def told(capsys: pytest.CaptureFixture[str], *command: str) -> str:
    """What is said of a command that is refused."""
    capsys.readouterr()
    assert run([*command, *ME]) in {1, 2}
    return capsys.readouterr().err


def test_a_yes_or_no_that_is_missing_names_its_two_options(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert (
        "`answers.data_at_risk` is missing (Is data at risk?): "
        "give `--answers-data-at-risk` or `--no-answers-data-at-risk`."
    ) in told(capsys, "triage", "1", "--answers-production-down")


def test_a_text_without_an_option_is_told_which_may_stand_before_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "`hi` stands alone: write the name of its option before it, such as `--text`." in told(
        capsys, "note", "1", "hi"
    )


def test_a_wrong_value_is_told_by_its_option_and_in_a_file_by_its_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "fields.yaml").write_text("duplicate_of: xx\n", encoding="utf-8")
    wrong = "must look like `BUG-0042`."

    typed = told(capsys, "mark-duplicate", "1", "--duplicate-of", "xx")
    assert f"`--duplicate-of` {wrong}" in typed
    kept = told(capsys, "mark-duplicate", "1", "--from", str(tmp_path / "fields.yaml"))
    assert f"`duplicate_of` {wrong}" in kept
    due = told(capsys, "action", "1", "--text", "Add a test", "--due", "soon")
    assert "`--due` must be a day, such as `2024-12-31`." in due


@pytest.mark.usefixtures("team")
def test_a_refusal_names_the_option_of_this_command_or_of_another(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert told(capsys, "triage", "1").splitlines() == [
        "The decision matrix is not answered: answer its six questions.  (give `--answers-…`)",
        "The category is missing: choose one of the policy's categories.  (give `--category`)",
        "BUG-0001 has no severity: triage it first.  (give `--severity`)",
    ]
    assert told(capsys, "hotfix", "declare", "1") == (
        "BUG-0001 has no severity: triage it first.  (bugbook triage BUG-0001 --severity …)\n"
    )


def test_me_is_whoever_acts(team: RealGit) -> None:
    assert run(["take-role", "1", "--role", "commander", "--person", "me", *ME]) == 0
    record = (team.path / "bugs/000/BUG-0001.yaml").read_text(encoding="utf-8")
    assert "person: Support Team <support@example.com>" in record


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_needed_field_names_an_option_that_the_command_has(verb: str) -> None:
    kind = VERBS[verb]
    names = {option.name for option in options_of(kind)}
    for field, info in kind.model_fields.items():
        if not info.is_required():
            continue
        found = Explanation(
            location=(field,), rule=MISSING_KEY, sentence=f"`{field}` is missing: add it."
        )
        told = asked_for(kind, found)
        assert "`--from`" in told or any(f"`{name}`" in told for name in names), told
