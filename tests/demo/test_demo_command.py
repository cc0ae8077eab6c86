"""The demonstration as a person starts it, with the real bot and the real site builder."""

import subprocess
from pathlib import Path

import pytest

from demo.child import bugbook
from demo.command import SCENARIO
from demo.facts import missing_facts, told_record
from demo.repository import PROJECT
from demo.site_check import built_page, site_problems
from demo.stand_in import StandInMissingError, stand_in_program
from demo.story import read_story, story_problems
from tests.real_git import RealGit
from tracker.operations.read_work_tree import read_work_tree
from tracker.operations.scenario import read_scenario

pytestmark = pytest.mark.slow
SECONDS = 900  # on a machine that has much else to do


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scratch repository after `bugbook demo --once`, without chat where there is none."""
    options: list[str] = []
    try:
        stand_in_program(PROJECT)
    except StandInMissingError:
        options = ["--no-chat"]
    folder = tmp_path_factory.mktemp("demo")
    ended = subprocess.run(
        bugbook("demo", "--once", "--keep", str(folder / "repository"), *options),
        cwd=folder,
        capture_output=True,
        check=False,
        text=True,
        timeout=SECONDS,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "one for each action" in ended.stdout
    assert "while the monitoring window lasted" in ended.stdout
    return folder / "repository"


def test_the_record_the_history_and_the_site_tell_the_scenario(played: Path) -> None:
    scenario = read_scenario(SCENARIO.read_bytes(), SCENARIO.name)
    tree = read_work_tree(played)
    (record,) = tree.records

    assert record.status.value == "closed"
    assert missing_facts(told_record(scenario, record.id, tree.policy), record)[0] == ()
    assert story_problems(read_story(played), scenario) == ()
    assert site_problems(played, played / "site" / "public") == ()


def test_the_work_tree_is_as_the_history_says(played: Path) -> None:
    assert RealGit(played)("status", "--porcelain") == ""


def test_a_commit_by_somebody_else_would_be_found(played: Path) -> None:
    scenario = read_scenario(SCENARIO.read_bytes(), SCENARIO.name)
    story = read_story(played)

    problems = story_problems((story[1], story[0], *story[2:-1]), scenario)

    assert problems[0] == f"There are {len(story) - 1} commits for {len(story)} actions."
    assert "is by Release Engineer" in problems[1]


def test_a_missing_page_and_a_missing_section_would_be_found(played: Path) -> None:
    site = played / "site" / "public"
    bug = read_work_tree(played).records[0].id
    page = built_page(f"bugs/{bug}/post-mortem.md", site)
    whole = page.read_text("utf-8")
    page.write_text(whole.replace('id="lessons-learned"', ""), "utf-8")
    try:
        assert site_problems(played, site) == (
            f"The page bugs/{bug}/post-mortem.md has no section 'Lessons Learned'.",
        )
        page.unlink()
        assert site_problems(played, site) == (f"The site has no page bugs/{bug}/post-mortem.md.",)
    finally:
        page.write_text(whole, "utf-8")


def test_a_folder_in_use_ends_with_a_sentence_and_exit_code_1(tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("Dear diary", "utf-8")

    ended = subprocess.run(
        bugbook("demo", "--once", "--keep", str(tmp_path)),
        cwd=tmp_path,
        capture_output=True,
        check=False,
        text=True,
        timeout=SECONDS,
    )

    assert ended.returncode == 1
    assert "is not empty; name a folder that is, or none." in ended.stderr
    assert "Traceback" not in ended.stderr
