"""A team's folder with records in it, and what the check says of it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.real_git import RealGit, new_work_tree
from tracker.checks.check_tree import check_tree
from tracker.model.bug_id import record_path
from tracker.model.person import Person
from tracker.model.problem import Problem
from tracker.model.record import BugRecord
from tracker.store.record_file import new_text

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Team:
    """A git repository whose work tree is checked."""

    git: RealGit

    @property
    def root(self) -> Path:
        """The work tree."""
        return self.git.path

    def write(self, path: str, text: str | bytes) -> Path:
        """Put a file into the work tree."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def put(self, *records: BugRecord) -> "Team":
        """Write records where they belong."""
        for record in records:
            self.write(record_path(record.id), new_text(record))
        return self

    def edit(self, bug: str, old: str, new: str) -> "Team":
        """Change a text in a record's file, as a person with an editor does."""
        file = self.root / record_path(bug)
        text = file.read_text("utf-8")
        assert old in text, f"`{old}` is not in the file of {bug}."
        self.write(record_path(bug), text.replace(old, new, 1))
        return self

    def place(self, bug: str, text: str) -> str:
        """Where a text stands in a record's file, as problems name it."""
        path = record_path(bug)
        before, found, _ = (self.root / path).read_text("utf-8").partition(text)
        assert found, f"`{text}` is not in the file of {bug}."
        return f"{path}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"

    def commit(self, by: Person | None = None) -> str:
        """Commit everything."""
        self.git("add", "-A")
        author = [f"--author={by}"] if by else []
        self.git("commit", "-q", "--allow-empty", "-m", "Edit by hand", *author)
        return self.git("rev-parse", "HEAD")

    def problems(
        self, base: str | None = None, *paths: str, now: datetime = NOW
    ) -> tuple[Problem, ...]:
        """Everything that the check finds."""
        return check_tree(self.root, now=now, base=base, paths=paths).problems

    def told(self, base: str | None = None, *paths: str) -> list[str]:
        """The sentences of the problems."""
        return [problem.message for problem in self.problems(base, *paths)]

    def rules(self, base: str | None = None) -> list[str]:
        """The rule codes of the problems."""
        return [problem.rule for problem in self.problems(base)]


def new_team(folder: Path) -> Team:
    """An empty repository with one commit."""
    team = Team(git=new_work_tree(folder / "team"))
    team.write("README.md", "A team.\n")
    team.commit()
    return team
