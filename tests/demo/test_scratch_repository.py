from datetime import timedelta
from pathlib import Path

import pytest

from demo.repository import FolderInUseError, demo_policy, make_repository, policy_text
from tests.real_git import RealGit
from tracker.model.policy import Policy
from tracker.operations.read_work_tree import read_work_tree

WINDOW = timedelta(seconds=5)


def test_the_scratch_repository_is_an_ordinary_clean_checkout(tmp_path: Path) -> None:
    git = RealGit(make_repository(tmp_path / "scratch", monitor_for=WINDOW))

    assert git("status", "--porcelain") == ""
    assert git("branch", "--show-current") == "main"
    assert git("log", "--format=%an: %s") == "Engineering Lead: Keep our bugs as code"
    assert {"README.md", "mkdocs.yml", "bugs/policy.yaml"} <= set(git("ls-files").splitlines())


def test_its_policy_shortens_the_windows_and_nothing_else(tmp_path: Path) -> None:
    tree = read_work_tree(make_repository(tmp_path / "scratch", monitor_for=WINDOW))

    usual = Policy()
    windows = {level: rule.monitor_for for level, rule in tree.policy.severities.items()}
    assert tree.problems == ()
    assert windows == {"P0": WINDOW, "P1": WINDOW, "P2": timedelta(0), "P3": timedelta(0)}
    assert {
        level: rule.model_copy(update={"monitor_for": usual.severities[level].monitor_for})
        for level, rule in tree.policy.severities.items()
    } == usual.severities


def test_the_policys_text_names_only_what_differs() -> None:
    text = policy_text(demo_policy(WINDOW))

    assert "monitor_for: 5s" in text
    assert "categories:" not in text


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("Dear diary", "utf-8")

    with pytest.raises(FolderInUseError, match="is not empty"):
        make_repository(tmp_path, monitor_for=WINDOW)

    assert [path.name for path in tmp_path.iterdir()] == ["diary.txt"]
