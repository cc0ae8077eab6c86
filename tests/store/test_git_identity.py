"""Who git says is working here, by whichever of its files says it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.guards import REPOSITORY
from tests.real_git import new_work_tree

BUGBOOK = "from tracker.cli.main import main; main()"
WHO = """
import pathlib, pygit2, sys
from tracker.store.git_identity import configured_person
pygit2.settings.search_path[pygit2.enums.ConfigLevel.SYSTEM] = sys.argv[1]
print(configured_person(pathlib.Path.cwd()))
"""
CONFIG = "[user]\n\tname = Backend Engineer\n\temail = Backend@example.com\n"


def run(program: str, home: Path, folder: Path, *arguments: str) -> tuple[int, str]:
    """Run it as a user whose home and machine have only these files."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("GIT_", "XDG"))}
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=folder,
        env={
            **kept,
            "HOME": str(home),
            "PYTHONPATH": str(REPOSITORY),
            "BUGBOOK_DATA_DIR": str(home / "data"),
        },
        capture_output=True,
        check=False,
        text=True,
        timeout=60,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("arguments", [["init", "team", "--yes"], ["doctor"]])
def test_without_any_configuration_git_does_not_know_who_you_are(
    tmp_path: Path, arguments: list[str]
) -> None:
    code, said = run(BUGBOOK, tmp_path, tmp_path, *arguments)

    assert code == 1
    assert "Git does not know who you are" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("file", [".gitconfig", ".config/git/config", "etc/gitconfig"])
def test_the_users_and_the_systems_configuration_are_read(tmp_path: Path, file: str) -> None:
    (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / file).write_text(CONFIG, encoding="utf-8")

    _, said = run(WHO, tmp_path, tmp_path, str(tmp_path / "etc"))

    assert said == "Backend Engineer <backend@example.com>\n"


def test_the_repositorys_own_configuration_is_read_without_any_other(tmp_path: Path) -> None:
    git = new_work_tree(tmp_path / "team")
    git("config", "user.name", "Backend Engineer")
    git("config", "user.email", "backend@example.com")

    _, said = run(WHO, tmp_path, git.path, str(tmp_path / "etc"))

    assert said == "Backend Engineer <backend@example.com>\n"
