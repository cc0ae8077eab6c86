"""A git repository as a person uses it, apart from the configuration of this machine."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

_IDENTITY = {
    "GIT_AUTHOR_NAME": "Backend Engineer",
    "GIT_AUTHOR_EMAIL": "backend@example.com",
    "GIT_COMMITTER_NAME": "Backend Engineer",
    "GIT_COMMITTER_EMAIL": "backend@example.com",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


@dataclass(frozen=True)
class RealGit:
    """Runs git in one folder and answers with what it printed; a failure is an error."""

    path: Path

    def __call__(self, *arguments: str) -> str:
        """Run git with these arguments."""
        kept = {name: text for name, text in os.environ.items() if not name.startswith("GIT_")}
        answer = subprocess.run(
            ["git", *arguments],
            cwd=self.path,
            env=kept | _IDENTITY,
            check=True,
            capture_output=True,
            text=True,
        )
        return answer.stdout.rstrip("\n")

    def write(self, name: str, text: str, subject: str = "Edit by hand") -> str:
        """Write a file into the work tree, commit it and return the commit."""
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        self("add", name)
        self("commit", "-q", "-m", subject)
        return self("rev-parse", "HEAD")


def new_bare(path: Path) -> RealGit:
    """Make an empty shared repository."""
    path.mkdir()
    git = RealGit(path)
    git("init", "-q", "--bare", "-b", "main")
    return git


def new_work_tree(path: Path) -> RealGit:
    """Make an empty repository with a work tree."""
    path.mkdir()
    git = RealGit(path)
    git("init", "-q", "-b", "main")
    return git


def new_checkout(path: Path, of: RealGit) -> RealGit:
    """Make a person's clone of a shared repository."""
    path.mkdir()
    git = RealGit(path)
    git("clone", "-q", str(of.path), ".")
    git("symbolic-ref", "HEAD", "refs/heads/main") if not git("branch", "--list") else None
    return git
