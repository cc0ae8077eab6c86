"""Which repository is the shared one, from what the settings name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from tracker.store.git_errors import (
    MissingBranchError,
    MissingRepositoryError,
    NotARepositoryError,
)
from tracker.store.git_repository import GitRepository
from tracker.store.libgit2 import pygit2
from tracker.store.push_outcome import plain_line

_URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_PLAIN_NAME = re.compile(r"[A-Za-z0-9]+([._-][A-Za-z0-9]+)*")  # surely one of a branch
_LOGIN = re.compile(r"^[^/@]+@")
_SCP_ADDRESS = re.compile(r"[^/:\s-][^/:\s]*:")  # git@host:path, as git itself reads it


@dataclass(frozen=True, kw_only=True)
class Remote:
    """The repository and branch that decide what is true; `local` means a path on this machine.

    `work_tree` is the checkout through which it was found, its clone or itself.
    """

    address: str
    branch: str
    local: bool
    work_tree: Path | None = field(default=None, compare=False)

    @property
    def branch_ref(self) -> str:
        """Return the full name of the branch at the remote."""
        return f"refs/heads/{self.branch}"

    @property
    def name(self) -> str:
        """Return what it is called whichever way it is reached, without logins and protocols."""
        return f"{self._place()} ({self.branch})"

    @property
    def spoken(self) -> str:
        """Return what is said of it to people: the branch, and a place without logins."""
        return f"{self.branch} of {self.address if self.local else self._place()}"

    @property
    def is_work_tree(self) -> bool:
        """Whether the checkout through which it was found is the repository itself."""
        return self.local and Path(self.address) == self.work_tree

    def _place(self) -> str:
        place = _LOGIN.sub("", _URL.sub("", self.address))
        if not _URL.match(self.address) and _is_url(self.address):
            place = place.replace(":", "/", 1)  # of `git@host:path`
        return place.rstrip("/").removesuffix(".git")


def resolve_remote(repository: str, branch: str) -> Remote:
    """Find the remote: a URL as it is; of a path its origin, or, without one, the path itself.

    Raises MissingRepositoryError, NotARepositoryError or MissingBranchError.
    """
    if not _is_branch(branch):
        message = f"“{plain_line(branch)}” cannot be the name of a branch; set BUGBOOK_BRANCH."
        raise MissingBranchError(message)
    if _is_url(repository):
        return Remote(address=repository, branch=branch, local=False)
    return _resolve_path(Path(repository).expanduser().absolute(), branch)


def uncommitted_changes(remote: Remote) -> str | None:
    """Tell why a push would be refused by a checked-out branch; None when it would not be."""
    here = remote.local and Path(remote.address).is_dir()
    if not here or _is_surely_bare(remote.address):
        return None
    git = GitRepository(path=Path(remote.address))
    if git.is_bare().output.strip() != "false" or git.current_branch() != remote.branch:
        return None
    changed = git.uncommitted().output.splitlines()
    if not changed:
        return None
    more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
    return (
        f"{remote.address} has uncommitted changes in its work tree"
        f" ({plain_line(changed[0][3:])}{more}); commit or remove them there and try again."
    )


def _is_surely_bare(address: str) -> bool:
    """Look without a process, as before every action; git decides where this cannot."""
    try:
        return pygit2.Repository(address).is_bare
    except pygit2.GitError:
        return False


def _is_branch(name: str) -> bool:
    if _PLAIN_NAME.fullmatch(name) and not name.endswith(".lock"):
        return True
    return not name.startswith("-") and pygit2.reference_is_valid_name(f"refs/heads/{name}")


def _is_url(text: str) -> bool:
    if _URL.match(text):
        return True
    return bool(_SCP_ADDRESS.match(text)) and not Path(text).exists()


def _resolve_path(path: Path, branch: str) -> Remote:
    if not path.is_dir():
        message = (
            f"There is no repository at {path}; set BUGBOOK_REPOSITORY to a folder or an address"
            " that git can reach."
        )
        raise MissingRepositoryError(message)
    here = GitRepository(path=path)
    is_bare, folder = _folder(here)
    origin = here.origin()
    work_tree = None if is_bare else folder
    if origin is not None:
        return replace(_remote_of_origin(origin, folder, branch), work_tree=work_tree)
    if not is_bare:
        _refuse_another_unborn_branch(here, folder, branch)
    return Remote(address=str(folder), branch=branch, local=True, work_tree=work_tree)


def _folder(here: GitRepository) -> tuple[bool, Path]:
    """Whether it is bare, and the folder that others call it by; raises NotARepositoryError."""
    answer = here.kind_and_folders()
    match answer.output.splitlines():
        case ["true", own, *_]:
            return True, Path(own)
        case ["false", _, top]:
            return False, Path(top)
        case _:
            message = (
                f"{here.path} is not a git repository that can be used"
                f" ({plain_line(answer.errors)}); run `git init` there, or set BUGBOOK_REPOSITORY"
                " to another place."
            )
            raise NotARepositoryError(message)


def _remote_of_origin(origin: str, folder: Path, branch: str) -> Remote:
    """Follow an origin one step; a relative path is meant from the folder, as git means it."""
    if _is_url(origin):
        return Remote(address=origin, branch=branch, local=False)
    address = (folder / Path(origin).expanduser()).resolve()
    if not address.is_dir():
        message = (
            f"The remote “origin” of {folder} points to {address}, which does not exist;"
            " mount it again, or correct it with `git remote set-url origin`."
        )
        raise MissingRepositoryError(message)
    return Remote(address=str(address), branch=branch, local=True)


def _refuse_another_unborn_branch(here: GitRepository, folder: Path, branch: str) -> None:
    """Refuse a new work tree that would never show what is pushed to it."""
    current = here.current_branch()
    if current not in {None, branch} and pygit2.Repository(str(folder)).head_is_unborn:
        message = (
            f"{folder} is empty and on the branch {current}, not {branch}; run"
            f" `git branch -m {branch}` there, or set BUGBOOK_BRANCH={current}."
        )
        raise MissingBranchError(message)
