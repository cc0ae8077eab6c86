"""What was saved while the repository was away is told once it is decided."""

from pathlib import Path

import pytest

from tests.real_git import RealGit, new_bare, new_checkout
from tracker.cli.main import run

ANA = ["--as", "Ana <ana@example.com>"]
BO = ["--as", "Bo <bo@example.com>"]
REPORT = [
    "report", "--title", "Login fails", "--what-is-broken", "Nobody gets in.",
    "--environment-stage", "production",
]  # fmt: skip
TRIAGE = [
    "triage", "1", "--answers-production-down", "--no-answers-data-at-risk",
    "--answers-core-feature-broken", "--answers-all-users-affected", "--no-answers-workaround",
    "--answers-business-impact", "--category", "Other",
]  # fmt: skip


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RealGit:
    """A shared repository with one bug; it is addressed as one on another machine."""
    git = new_bare(tmp_path / "shared.git")
    ours = new_checkout(tmp_path / "seed", git)
    ours.write("bugs/policy.yaml", "{}\n")
    ours("push", "-q", "origin", "main")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BUGBOOK_REPOSITORY", git.path.as_uri())
    at(monkeypatch, "ana")
    assert run([*REPORT, *ANA]) == 0
    return git


def at(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """The terminal of one person, on a machine of their own."""
    monkeypatch.setenv("BUGBOOK_DATA_DIR", str(Path.cwd() / name))


def away(shared: RealGit) -> Path:
    """Take the repository away; the path is where it is kept meanwhile."""
    return shared.path.rename(shared.path.with_name("away.git"))


def test_a_saved_action_that_is_refused_later_is_told_with_what_was_typed(
    shared: RealGit, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = away(shared)
    assert run(["mitigate", "1", "--text", "Restarted the gateway", *ANA]) == 0
    assert "Saved, not yet shared." in capsys.readouterr().out
    kept.rename(shared.path)
    at(monkeypatch, "bo")
    assert run(["wont-fix", "1", "--reason", "A drill", *BO]) == 0
    at(monkeypatch, "ana")
    capsys.readouterr()

    assert run(["note", "1", "--text", "Seen again", *ANA]) == 0

    told = capsys.readouterr().err
    assert "`mitigate` of BUG-0001, saved at " in told
    assert "is refused now and changed nothing. BUG-0001 is closed: reopen it" in told
    assert "Restarted the gateway" in told


def test_a_saved_action_that_is_shared_later_is_told_once(
    shared: RealGit, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = away(shared)
    assert run(["note", "1", "--text", "Seen offline", *ANA]) == 0
    capsys.readouterr()
    assert run(["doctor"]) == 1
    assert "Actions that are saved and not yet shared: 1" in capsys.readouterr().out
    kept.rename(shared.path)

    assert run(["note", "1", "--text", "Seen again", *ANA]) == 0
    assert "is shared now: BUG-0001 note: Seen offline." in capsys.readouterr().err
    assert run(["note", "1", "--text", "And again", *ANA]) == 0
    assert "is shared now" not in capsys.readouterr().err


def test_an_incident_goes_on_while_the_repository_is_away(
    shared: RealGit, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = away(shared)
    assert run([*TRIAGE, *ANA]) == 0
    assert run(["assign", "1", "--assignee", "me", "--backup", "bo@example.com", *ANA]) == 0
    assert run(["triage", "1", *ANA]) == 1
    assert "BUG-0001 is triaged already" in capsys.readouterr().err
    kept.rename(shared.path)

    assert run(["note", "1", "--text", "Online again", *ANA]) == 0

    subjects = shared("log", "--reverse", "--format=%s", "main").splitlines()[-3:]
    assert [subject.split(":")[0] for subject in subjects] == [
        "BUG-0001 triage", "BUG-0001 assign", "BUG-0001 note",
    ]  # fmt: skip


def test_what_a_forced_push_took_out_of_history_is_recorded_again_and_told(
    shared: RealGit, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    assert run(["note", "1", "--text", "Lost by force", *ANA]) == 0
    shared("update-ref", "refs/heads/main", "main~1")
    capsys.readouterr()

    assert run(["note", "1", "--text", "After it", *ANA]) == 0

    assert "Actions that are no longer in it and are recorded again: 1." in caplog.text
    assert "is shared now: BUG-0001 note: Lost by force." in capsys.readouterr().err
    assert "Lost by force" in shared("show", "main:bugs/000/BUG-0001.yaml")
