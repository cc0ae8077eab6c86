"""What the one holder of a clone's lock may do: fetch, write commits, push."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.store.git_errors import (
    DamagedCloneError,
    ForeignCloneError,
    MissingBranchError,
    UnreachableRemoteError,
)
from tracker.store.git_repository import GitRepository, Progress
from tracker.store.libgit2 import pygit2
from tracker.store.push_outcome import (
    PushOutcome,
    PushResult,
    failure_line,
    looks_damaged,
    plain_line,
    read_push,
)
from tracker.store.remote import Remote

if TYPE_CHECKING:
    from tracker.store.commit_writer import NewCommit

_NO_SUCH_REF = "couldn't find remote ref"
_NOT_OURS = "dubious ownership"
_SHOWN_BRANCHES = 5
_FULL_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_BRANCHES = "refs/branches/"  # all branches of the remote, looked at for numbers in use


@dataclass(frozen=True, kw_only=True)
class CloneWriter:
    """The writing side of a clone; lent by `Clone.writing`, not to be kept."""

    git: GitRepository
    remote: Remote
    handle: Callable[[], pygit2.Repository]
    tip_ref: str

    @property
    def repository(self) -> pygit2.Repository:
        """The clone itself, opened when it is first asked for."""
        return self.handle()

    def fetch(self, progress: Progress | None = None) -> str | None:
        """Bring the remote's branch over; return its newest commit, None while it has none.

        Raises UnreachableRemoteError, MissingBranchError, ForeignCloneError or DamagedCloneError.
        """
        refspec = f"+{self.remote.branch_ref}:{self.tip_ref}"
        answer = self.git.fetch(self.remote.address, refspec, progress=progress)
        if answer.succeeded:
            seen = loose_ref(self.git.path, self.tip_ref)
            return seen or str(self.repository.references[self.tip_ref].target)
        if _NO_SUCH_REF in answer.errors:
            self._expect_no_branches()
            return None
        if _NOT_OURS in answer.errors:
            raise ForeignCloneError(self.git.path)
        line = failure_line(answer)
        if looks_damaged(answer):
            message = f"The local copy is damaged ({line}); try again and it is made anew."
            raise DamagedCloneError(message)
        message = (
            f"The repository {plain_line(self.remote.address)} cannot be reached ({line}); check"
            " the connection and BUGBOOK_REPOSITORY."
        )
        raise UnreachableRemoteError(message)

    def fetch_branches(self) -> tuple[str, ...]:
        """Bring every branch of the remote over; return the newest commit of each.

        Raises UnreachableRemoteError.
        """
        names = [name for name in self.repository.references if name.startswith(_BRANCHES)]
        for name in names:
            self.repository.references.delete(name)
        refspec = f"+refs/heads/*:{_BRANCHES}*"
        answer = self.git.fetch(self.remote.address, refspec, progress=None)
        if not answer.succeeded:
            message = (
                f"The branches of {plain_line(self.remote.address)} cannot be read"
                f" ({failure_line(answer)}); check the connection."
            )
            raise UnreachableRemoteError(message)
        return tuple(
            str(self.repository.references[name].target)
            for name in self.repository.references
            if name.startswith(_BRANCHES)
        )

    def commit(self, new: NewCommit, parent: str | None) -> str:
        """Write a commit on top of another and return its id; nothing moves yet.

        Raises DamagedCloneError.
        """
        from tracker.store.commit_writer import write_commit

        try:
            return write_commit(self.repository, new, parent)
        except (pygit2.GitError, KeyError) as error:
            message = f"The local copy cannot be written ({error}); try again, it is made anew."
            raise DamagedCloneError(message) from error

    def push(self, commit: str) -> PushOutcome:
        """Offer a commit to the remote, which takes it only while its branch is where we saw it.

        Raises ValueError for a commit that would take others out of the history.
        """
        seen = self._seen()
        if seen not in {None, commit} and not self.repository.descendant_of(commit, seen):
            message = f"The commit {commit} does not follow {seen}."
            raise ValueError(message)
        refspec = f"{commit}:{self.remote.branch_ref}"
        answer = self.git.push(
            self.remote.address, refspec, expected=seen or "", local=self.remote.local
        )
        outcome = read_push(answer, plain_line(self.remote.address))
        if outcome.result is PushResult.PUSHED:
            self.repository.references.create(self.tip_ref, commit, force=True)
        return outcome

    def _seen(self) -> str | None:
        """Where the remote's branch was when we last looked."""
        found = self.repository.references.get(self.tip_ref)
        return None if found is None else str(found.target)

    def _expect_no_branches(self) -> None:
        """Accept an empty repository; one with other branches was probably named wrongly."""
        answer = self.git.remote_branches(self.remote.address)
        names = [line.partition("refs/heads/")[2] for line in answer.output.splitlines()]
        if names:
            shown = plain_line(", ".join(names[:_SHOWN_BRANCHES]))
            message = (
                f"The repository {plain_line(self.remote.address)} has no branch"
                f" {self.remote.branch}, only {shown}; set BUGBOOK_BRANCH to the branch that holds"
                " the records."
            )
            raise MissingBranchError(message)
        if self.tip_ref in self.repository.references:
            self.repository.references.delete(self.tip_ref)


def loose_ref(repository: Path, name: str) -> str | None:
    """Return the commit that a ref names in a file of its own; None where git packed it away."""
    with contextlib.suppress(OSError):
        written = (repository / name).read_text("ascii", "replace").strip()
        return written if _FULL_ID.fullmatch(written) else None
    return None
