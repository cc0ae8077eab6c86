"""After real merges: what a parent has and the merge lacks is told, and nothing else."""

import json
from pathlib import Path

import pytest

from tests.builders.life import life_at
from tests.real_git import RealGit, new_work_tree
from tracker.cli.main import run
from tracker.model.record import BugRecord
from tracker.operations.conservation import conservation
from tracker.store.record_file import new_text

ONE, TWO = "bugs/000/BUG-0001.yaml", "bugs/000/BUG-0002.yaml"


@pytest.fixture
def team(tmp_path: Path) -> RealGit:
    git = new_work_tree(tmp_path / "team")
    git.write(ONE, text_at("triaged"))
    git("branch", "other")
    return git


def text_at(status: str) -> str:
    return new_text(life_at(status).bug)


def second(**changes: object) -> str:
    values = life_at("reported").bug.model_dump(mode="json", by_alias=True)
    return new_text(BugRecord.model_validate({**values, "id": "BUG-0002", **changes}))


def merged(team: RealGit, path: str, text: str | None, option: str = "ours") -> None:
    """Merge the other branch, and leave this text at the path whatever the branches had."""
    team("merge", "-q", "--no-ff", "--no-commit", "-X", option, "other")
    if text is None:
        team("rm", "-qf", path)
    else:
        (team.path / path).write_text(text, encoding="utf-8")
        team("add", path)
    team("commit", "-qm", "Merge")


def test_a_merge_that_keeps_everything_has_no_losses(team: RealGit) -> None:
    team.write(TWO, second())
    team("checkout", "-q", "other")
    team.write(ONE, text_at("investigating"))
    team("checkout", "-q", "main")
    team("merge", "-q", "--no-ff", "-m", "Merge", "other")

    found = conservation(team.path, "HEAD")
    assert (found.merges, found.losses) == ((team("rev-parse", "HEAD"),), ())


def test_a_timeline_entry_that_a_merge_dropped_is_told(team: RealGit) -> None:
    team.write(TWO, second())
    team("checkout", "-q", "other")
    team.write(ONE, text_at("investigating"))
    team("checkout", "-q", "main")
    merged(team, ONE, text_at("triaged"))

    sentences = [str(loss) for loss in conservation(team.path, "HEAD").losses]
    assert any("timeline entry was removed" in sentence for sentence in sentences)
    assert all(sentence.startswith(ONE) for sentence in sentences)
    assert all(f"parent {team('rev-parse', 'other')[:10]}" in sentence for sentence in sentences)


def test_a_record_that_a_merge_dropped_is_told(team: RealGit) -> None:
    team.write("README.md", "Our bugs\n")
    team("checkout", "-q", "other")
    team.write(TWO, second())
    team("checkout", "-q", "main")
    merged(team, TWO, None)

    (loss,) = conservation(team.path, "HEAD").losses
    assert loss.sentence == "BUG-0002 is gone: restore it from the parent."


def test_one_of_two_bugs_under_one_number_is_told_until_it_has_a_number_again(
    team: RealGit,
) -> None:
    team.write(TWO, second(title="Payment fails"))
    team("checkout", "-q", "other")
    other = life_at("triaged").bug.model_dump(mode="json", by_alias=True)
    lost = BugRecord.model_validate({**other, "id": "BUG-0002", "title": "Login fails"})
    team.write(TWO, new_text(lost))
    team("checkout", "-q", "main")
    merged(team, TWO, second(title="Payment fails"))
    assert conservation(team.path, "HEAD").losses != ()

    renumbered = lost.model_copy(update={"id": "BUG-0003", "formerly": ("BUG-0002",)})
    (team.path / "bugs/000/BUG-0003.yaml").write_text(new_text(renumbered), encoding="utf-8")
    team("add", ".")
    team("commit", "-q", "--amend", "-m", "Merge, and number the second bug anew")
    assert conservation(team.path, "HEAD").losses == ()


def test_what_was_brought_back_later_in_a_range_is_not_lost(team: RealGit) -> None:
    start = team("rev-parse", "HEAD")
    team.write(TWO, second())
    team("checkout", "-q", "other")
    team.write(ONE, text_at("investigating"))
    team("checkout", "-q", "main")
    merged(team, ONE, text_at("triaged"))
    lossy = team("rev-parse", "HEAD")
    team.write(ONE, text_at("in_progress"))

    assert conservation(team.path, f"{start}..HEAD").losses == ()
    assert conservation(team.path, lossy).losses != ()


def test_a_merged_record_that_cannot_be_read_is_told(team: RealGit) -> None:
    team.write(TWO, second())
    team("checkout", "-q", "other")
    team.write(ONE, text_at("investigating"))
    team("checkout", "-q", "main")
    merged(team, ONE, "<<<<<<< ours\n")

    assert "cannot be read" in conservation(team.path, "HEAD").losses[0].sentence


def test_all_merges_of_a_range_are_looked_at(
    team: RealGit, capsys: pytest.CaptureFixture[str]
) -> None:
    start = team("rev-parse", "HEAD")
    for name in ("a", "b"):
        team("checkout", "-qb", name)
        team.write(f"{name}.md", name)
        team("checkout", "-q", "main")
        team("merge", "-q", "--no-ff", "-m", "Merge", name)

    assert len(conservation(team.path, f"{start}..HEAD").merges) == 2
    assert run(["--repository", str(team.path), "conservation", f"{start}..HEAD"]) == 0
    assert capsys.readouterr().out == "Nothing was lost. Merges looked at: 2.\n"


def test_the_command_tells_losses_and_exits_with_1(
    team: RealGit, capsys: pytest.CaptureFixture[str]
) -> None:
    here = ["--repository", str(team.path), "conservation"]
    assert run(here) == 0
    assert "There is no merge" in capsys.readouterr().out
    team("checkout", "-q", "other")
    team.write(TWO, second())
    team("checkout", "-q", "main")
    merged(team, TWO, None)

    assert run(here) == 1
    assert f"{TWO}: BUG-0002 is gone" in capsys.readouterr().err
    assert run([*here, "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["losses"][0]["path"] == TWO
    assert run([*here, "nowhere"]) == 1
    assert "There is no revision `nowhere` here" in capsys.readouterr().err
