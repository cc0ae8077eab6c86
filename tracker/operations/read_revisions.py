"""The commits of one record in a work tree, each with the fields that it changed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tracker.model.problem import ProblemsFound
from tracker.store.file_histories import Blobs, FileCommit, FileHistories, file_histories
from tracker.store.record_paths import RECORDS
from tracker.store.yaml_reader import read_yaml
from tracker.workflow.field_changes import Revision, field_changes

__all__ = ["FileCommit", "FileHistories", "Versions", "list_revisions"]


def list_revisions(root: Path, memory: Path | None = None) -> FileHistories:
    """The commits that changed each record below `root/bugs`, by the path of its file."""
    return file_histories(root, RECORDS, memory)


class Versions:
    """Compares the versions of records that a repository holds."""

    def __init__(self, root: Path) -> None:
        self._blobs = Blobs(root)

    def compared(self, commits: tuple[FileCommit, ...]) -> tuple[Revision, ...]:
        """What each commit of one file changed, the newest first."""
        return tuple(self._compared(commits))[::-1]

    def _compared(self, commits: tuple[FileCommit, ...]) -> Iterator[Revision]:
        read: dict[str, dict[str, Any] | None] = {}
        for commit in commits:
            for blob in (commit.old, commit.new) if commit.old else ():
                if blob is not None and blob not in read:
                    read[blob] = self._values(blob)
            yield _revision(commit, read)

    def _values(self, blob: str) -> dict[str, Any] | None:
        """Plain values; nothing for what cannot be read, or a shallow clone does not have."""
        try:
            return read_yaml(self._blobs.read(blob), "").value
        except (ProblemsFound, KeyError):
            return None


def _revision(commit: FileCommit, read: dict[str, dict[str, Any] | None]) -> Revision:
    before = read[commit.old] if commit.old is not None else {}
    after = read[commit.new] if commit.old is not None and commit.new is not None else {}
    readable = before is not None and after is not None
    return Revision(
        commit=commit.commit,
        subject=commit.subject,
        author=commit.author,
        at=commit.at,
        changes=tuple(field_changes(before, after)) if readable else None,
        first=commit.old is None,
    )
