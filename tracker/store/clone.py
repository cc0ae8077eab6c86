"""Our own bare clone of the shared repository, in a data directory, never in a work tree.

Reading needs no lock. Whoever wants to fetch, commit or push asks for `writing()`, which holds
the lock of the data directory for that piece of work and clears up after writers that were killed.
Nothing lives only in the clone, so a damaged one is simply made again.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from tracker.store.clone_lock import clear_stale_locks, holding
from tracker.store.clone_writer import CloneWriter, loose_ref
from tracker.store.git_errors import DamagedCloneError, UnknownRevisionError
from tracker.store.git_repository import GitRepository, Progress
from tracker.store.libgit2 import opened, pygit2
from tracker.store.remote import Remote

Found = TypeVar("Found")

_DAMAGE_MARK = "bugbook-damaged"
_FULL_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


@dataclass(frozen=True, kw_only=True)
class Clone:
    """A bare clone at `folder/clone.git`; `timeout` of git and `patience` for the lock in seconds.

    Safe to share between threads: each has its own handle on the repository.
    """

    folder: Path
    remote: Remote
    timeout: float = 60.0
    patience: float = 60.0
    _handles: threading.local = field(default_factory=threading.local, repr=False, compare=False)

    @property
    def path(self) -> Path:
        """Return the bare repository itself."""
        return self.folder / "clone.git"

    @property
    def tip_ref(self) -> str:
        """Return the name under which the remote's branch was last seen."""
        return f"refs/remotes/shared/{self.remote.branch}"

    def tip(self) -> str | None:
        """Return the newest commit that was seen at the remote; None while it has none."""
        return self.ask(lambda repository: _tip(repository, self.tip_ref))

    def newest(self) -> str | None:
        """Return the name of that commit, which nobody has looked at: quicker than `tip`."""
        return loose_ref(self.path, self.tip_ref) or self.tip()

    def has(self, revision: str) -> bool:
        """Whether a full commit id is known here."""
        try:
            self.ask(lambda repository: commit_at(repository, revision))
        except UnknownRevisionError:
            return False
        return True

    def descends(self, revision: str, ancestor: str) -> bool:
        """Whether a commit has another in its history; a commit that is not known here is not."""
        return self.ask(lambda repository: _descends(repository, revision, ancestor))

    def read(self, path: str, revision: str | None) -> bytes | None:
        """Return the bytes of a file in a commit; None when it is not there."""
        return self.ask(lambda repository: _read(repository, path, revision))

    def blob_id(self, path: str, revision: str | None) -> str | None:
        """Return the id of a file's bytes in a commit; None when it is not there."""
        found = self.ask(lambda repository: _blob(repository, path, revision))
        return None if found is None else str(found.id)

    def blob(self, blob_id: str) -> bytes:
        """Return the bytes with this id, as `files` and the log name them."""
        return self.ask(lambda repository: repository[blob_id].peel(pygit2.Blob).data)

    def files(self, revision: str | None, under: str) -> Mapping[str, str]:
        """Return the blob id of every file below a folder, by its full path, in order."""
        return self.ask(lambda repository: _files(repository, revision, under))

    def ask(self, question: Callable[[pygit2.Repository], Found]) -> Found:
        """Put a question to this thread's repository.

        Raises DamagedCloneError when an object cannot be read; the next writer makes a new clone.
        """
        try:
            return question(self._handle())
        except (pygit2.GitError, KeyError) as error:
            self._mark_damaged()
            message = (
                f"The local copy in {self.folder} is damaged ({error}); nothing is lost, try again"
                " and it is made anew."
            )
            raise DamagedCloneError(message) from error

    @contextlib.contextmanager
    def writing(
        self, progress: Progress | None = None, *, trusting: bool = False
    ) -> Iterator[CloneWriter]:
        """Hold the lock and lend a writer, after making the clone whole if it is not.

        Unless `trusting`, the newest commit and its folders are looked for. Raises
        RepositoryInUseError, and what the fetch of a new clone may raise.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with holding(self.folder / "clone.lock", patience=self.patience):
            if not self._is_sound(trusting=trusting):
                self._make_anew(progress or _say_nothing)
            try:
                yield self._writer(self.path, self._handle)
            except DamagedCloneError:
                self._mark_damaged()
                raise

    def _is_sound(self, *, trusting: bool) -> bool:
        """Clear up after killed writers; whether the newest commit and its records are here."""
        if not self.path.is_dir() or (self.path / _DAMAGE_MARK).exists():
            return False
        try:
            clear_stale_locks(self.path)
            return trusting or self.ask(lambda each: _has_records(each, self.tip_ref))
        except DamagedCloneError:
            return False

    def _mark_damaged(self) -> None:
        with contextlib.suppress(OSError):
            (self.path / _DAMAGE_MARK).touch()

    def _make_anew(self, progress: Progress) -> None:
        """Clone beside and move into place, so that a killed start leaves no half clone."""
        beside = self.folder / "clone.new"
        shutil.rmtree(beside, ignore_errors=True)
        repository = pygit2.init_repository(str(beside), bare=True)
        self._writer(beside, lambda: repository).fetch(progress)
        repository.free()
        shutil.rmtree(self.path, ignore_errors=True)
        beside.rename(self.path)

    def _writer(self, path: Path, handle: Callable[[], pygit2.Repository]) -> CloneWriter:
        git = GitRepository(path=path, timeout=self.timeout, found=True)
        return CloneWriter(git=git, remote=self.remote, handle=handle, tip_ref=self.tip_ref)

    def _handle(self) -> pygit2.Repository:
        """Return this thread's repository, opened again when the clone was replaced."""
        number = self.path.stat().st_ino if self.path.is_dir() else None
        if number is None or getattr(self._handles, "number", None) != number:
            self._handles.repository = opened(self.path)
            self._handles.number = number
        handle: pygit2.Repository = self._handles.repository
        return handle


def open_clone(
    folder: Path, remote: Remote, *, timeout: float = 60.0, progress: Progress | None = None
) -> Clone:
    """Return the clone in this folder, made from the remote when it is not there yet.

    Raises UnreachableRemoteError or MissingBranchError when it has to be made and cannot be.
    """
    clone = Clone(folder=folder, remote=remote, timeout=timeout)
    if not clone.path.is_dir():
        with clone.writing(progress):
            pass
    return clone


def entry_at(tree: pygit2.Tree, path: str) -> pygit2.Object | None:
    """Follow a path down from a tree; None when a part of it is not there."""
    found: pygit2.Object = tree
    for part in path.split("/"):
        if not isinstance(found, pygit2.Tree) or part not in found:
            return None
        found = found[part]
    return found


def commit_at(repository: pygit2.Repository, revision: str) -> pygit2.Commit:
    """Return a commit by its full id, or raise UnknownRevisionError."""
    found: object = repository.get(revision) if _FULL_ID.fullmatch(revision) else None
    if not isinstance(found, pygit2.Commit):
        message = f"The commit {revision[:12]} is not in the local copy; fetch and try again."
        raise UnknownRevisionError(message)
    return found


def _descends(repository: pygit2.Repository, revision: str, ancestor: str) -> bool:
    return ancestor in repository and repository.descendant_of(revision, ancestor)


def _tip(repository: pygit2.Repository, name: str) -> str | None:
    reference = repository.references.get(name)
    return None if reference is None else str(repository[reference.target].id)


def _has_records(repository: pygit2.Repository, name: str) -> bool:
    """Whether the newest commit and its folders are there; the files in them are not looked at."""
    tip = _tip(repository, name)
    records = None if tip is None else entry_at(commit_at(repository, tip).tree, "bugs")
    return not isinstance(records, pygit2.Tree) or all(
        repository.odb.exists(each.id) for each in records
    )


def _read(repository: pygit2.Repository, path: str, revision: str | None) -> bytes | None:
    found = _blob(repository, path, revision)
    return None if found is None else found.data


def _blob(repository: pygit2.Repository, path: str, revision: str | None) -> pygit2.Blob | None:
    if revision is None:
        return None
    found = entry_at(commit_at(repository, revision).tree, path)
    return found if isinstance(found, pygit2.Blob) else None


def _files(repository: pygit2.Repository, revision: str | None, under: str) -> Mapping[str, str]:
    if revision is None:
        return {}
    folder = entry_at(commit_at(repository, revision).tree, under)
    return dict(_walk(folder, under)) if isinstance(folder, pygit2.Tree) else {}


def _walk(folder: pygit2.Tree, path: str) -> Iterator[tuple[str, str]]:
    for entry in folder:
        name = f"{path}/{entry.name}"
        if isinstance(entry, pygit2.Tree):
            yield from _walk(entry, name)
        elif isinstance(entry, pygit2.Blob):
            yield name, str(entry.id)


def _say_nothing(_line: str) -> None:
    """Take a line of progress that nobody waits for."""
