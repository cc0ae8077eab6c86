"""A small project with records in it, as a team has one, built by the real MkDocs."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.real_git import RealGit
from tracker.model.bug_id import record_path
from tracker.model.record import BugRecord
from tracker.store.record_file import new_text

_CONFIGURATION = """\
site_name: Scratch
repo_url: https://example.com/team/bugs
edit_uri: edit/main/docs/
docs_dir: docs
theme:
  name: material
  font: false
  features:
    - content.action.edit
plugins:
  - search
  - bugbook
"""


@dataclass(frozen=True)
class KnowledgeBase:
    """The project's folder; nothing in it but mkdocs.yml, one guide and the records."""

    root: Path

    @classmethod
    def at(cls, root: Path, *records: BugRecord) -> "KnowledgeBase":
        """Make a project with these records, not committed."""
        (root / "docs").mkdir(parents=True)
        (root / "docs" / "index.md").write_text("# Welcome\n", encoding="utf-8")
        (root / ".gitignore").write_text("/.cache/\n", encoding="utf-8")
        (root / "mkdocs.yml").write_text(_CONFIGURATION, encoding="utf-8")
        made = cls(root)
        for record in records:
            made.write(record)
        return made

    def record_file(self, bug_id: str) -> Path:
        """Where a record is."""
        return self.root / record_path(bug_id)

    def write(self, record: BugRecord) -> Path:
        """Save a record as the product writes it."""
        path = self.record_file(record.id)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(new_text(record), encoding="utf-8")
        return path

    def lean_on_nothing(self, bug_id: str) -> None:
        """Let a record name a bug that nobody has and a file that is not beside it."""
        file = self.record_file(bug_id)
        text = file.read_text("utf-8")
        related = "related:\n  - kind: similar\n    ref: BUG-9999\nseverity:"
        attached = "report:\n  attachments:\n    - name: gone.log\n      kind: log\n"
        file.write_text(
            text.replace("severity:", related, 1).replace("report:\n", attached, 1), "utf-8"
        )

    def commit(self) -> str:
        """Commit everything; returns the commit's id."""
        git = RealGit(self.root)
        if not (self.root / ".git").exists():
            git("init", "--quiet")
        git("add", "--all")
        git("commit", "--quiet", "--message", "Save")
        return git("rev-parse", "HEAD")

    def build(self, out: Path, *options: str) -> subprocess.CompletedProcess[str]:
        """Run `mkdocs build --strict` in a process of its own."""
        return subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(out), *options],
            cwd=self.root,
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )


def environment() -> dict[str, str]:
    """The environment of MkDocs, with the time of the build fixed and the theme's notice off."""
    return {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1767225600"}
