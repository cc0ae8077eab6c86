"""Begin a repository: one commit that holds the first files, and nothing else of the folder."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import pygit2

from tracker.model.person import Person
from tracker.store.git_errors import NotARepositoryError, RepositoryError

_BRANCH_REF: Final = "refs/heads/"


class UnfitFolderError(RepositoryError):
    """Records cannot be kept in this folder; nothing was written."""


@dataclass(frozen=True, kw_only=True)
class Ground:
    """A folder that records may be kept in, and the branch that it is on or will be."""

    folder: Path
    branch: str
    is_repository: bool
    remote: str | None = None
    """Where the repository is shared already: `origin`, else the first name."""


@dataclass(frozen=True, kw_only=True)
class Foundation:
    """What was done: the paths that were written and committed, and those that were there."""

    ground: Ground
    commit: str | None
    written: tuple[str, ...]
    left: tuple[str, ...]


def survey(folder: Path, branch: str) -> Ground:
    """Look at a folder, which need not exist; `branch` is for a repository yet to be made.

    Raises UnfitFolderError or NotARepositoryError.
    """
    folder = folder.expanduser().absolute()
    found = pygit2.discover_repository(str(_nearest(folder)))
    if found is not None:
        return _existing(pygit2.Repository(found), folder)
    if folder.exists() and not folder.is_dir():
        message = f"{folder} is a file; name a folder."
        raise UnfitFolderError(message)
    if folder.exists() and any(folder.iterdir()):
        message = (
            f"{folder} is neither empty nor a git repository; run `git init -b {branch}` there, or"
            " name another folder."
        )
        raise UnfitFolderError(message)
    return Ground(folder=folder, branch=branch, is_repository=False)


def lay(
    ground: Ground, files: Mapping[str, bytes], author: Person, message: str, now: datetime
) -> Foundation:
    """Write and commit the files that are not there yet; raises UnfitFolderError.

    What was staged before stays staged and out of the commit.
    """
    repository = _opened(ground)
    left = tuple(path for path in files if _is_taken(ground.folder, path, repository))
    fresh = {path: data for path, data in files.items() if path not in left}
    _refuse_blocked(ground.folder, fresh)
    if not fresh:
        return Foundation(ground=ground, commit=None, written=(), left=left)
    repository = repository or _new_repository(ground)
    with _told_where_it_fails(ground):
        repository.create_blob(b"")  # before any file is left that nobody can commit
        for path, data in fresh.items():
            target = ground.folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as file:
                file.write(data)
        commit = _commit(repository, fresh, _signature(author, now), message)
    return Foundation(ground=ground, commit=commit, written=tuple(fresh), left=left)


def _nearest(folder: Path) -> Path:
    """The folder, or the first one above it that exists."""
    return next(place for place in (folder, *folder.parents) if place.exists())


def _existing(repository: pygit2.Repository, folder: Path) -> Ground:
    if repository.is_bare:
        message = f"{folder} is a bare repository; clone it and name the clone."
        raise UnfitFolderError(message)
    root = Path(repository.workdir)
    if root.resolve() != folder.resolve():
        message = f"{folder} lies inside the repository {root}; name that, or a folder elsewhere."
        raise UnfitFolderError(message)
    head = repository.references.get("HEAD")
    target = head.target if head is not None else ""
    if not isinstance(target, str) or not target.startswith(_BRANCH_REF):
        message = f"{folder} is on no branch; run `git switch` to one and try again."
        raise NotARepositoryError(message)
    remotes = sorted(repository.remotes.names(), key=lambda name: (name != "origin", name))
    return Ground(
        folder=folder,
        branch=target.removeprefix(_BRANCH_REF),
        is_repository=True,
        remote=next(iter(remotes), None),
    )


def _opened(ground: Ground) -> pygit2.Repository | None:
    return pygit2.Repository(str(ground.folder)) if ground.is_repository else None


def _new_repository(ground: Ground) -> pygit2.Repository:
    with _told_where_it_fails(ground):
        return pygit2.init_repository(ground.folder, initial_head=ground.branch)


@contextmanager
def _told_where_it_fails(ground: Ground) -> Iterator[None]:
    try:
        yield
    except (pygit2.GitError, OSError) as error:
        message = (
            f"A repository cannot be made in {ground.folder} ({error}); see that you may write"
            " there, or name another folder."
        )
        raise UnfitFolderError(message) from error


def _is_taken(folder: Path, path: str, repository: pygit2.Repository | None) -> bool:
    """Whether the path is in the folder, as a link or anything, or in the newest commit."""
    tree = _newest_tree(repository) if repository is not None else None
    return os.path.lexists(folder / path) or (tree is not None and path in tree)


def _newest_tree(repository: pygit2.Repository) -> pygit2.Tree | None:
    return None if repository.head_is_unborn else repository.head.peel(pygit2.Tree)


def _refuse_blocked(folder: Path, paths: Mapping[str, bytes]) -> None:
    """Refuse before anything is written, where a file or a link stands in a folder's place."""
    for path in paths:
        for above in list(Path(path).parents)[:-1]:
            place = folder / above
            if place.is_symlink() or (place.exists() and not place.is_dir()):
                message = f"{place} is no folder, and {path} belongs into it; move it away first."
                raise UnfitFolderError(message)


def _commit(
    repository: pygit2.Repository,
    files: Mapping[str, bytes],
    signature: pygit2.Signature,
    message: str,
) -> str:
    """Commit the files on top of the newest commit, whatever else is staged or changed."""
    index = pygit2.Index()
    tree = _newest_tree(repository)
    if tree is not None:
        index.read_tree(tree)
    for path, data in files.items():
        blob = repository.create_blob(data)
        index.add(pygit2.IndexEntry(path, blob, pygit2.enums.FileMode.BLOB))
    parents = [] if repository.head_is_unborn else [repository.head.target]
    tree_id = index.write_tree(repository)
    commit = repository.create_commit("HEAD", signature, signature, message, tree_id, parents)
    repository.index.read()
    for path in files:
        repository.index.add(path)
    repository.index.write()
    return str(commit)


def _signature(person: Person, now: datetime) -> pygit2.Signature:
    offset = now.utcoffset()
    minutes = int(offset.total_seconds() // 60) if offset is not None else 0
    return pygit2.Signature(person.name, person.email, int(now.timestamp()), minutes)


def is_ignored(folder: Path, name: str) -> bool:
    """Whether git leaves a file of this folder out; so it does where there is no repository."""
    found = pygit2.discover_repository(str(folder))
    if found is None:
        return True
    repository = pygit2.Repository(found)
    inside = (folder / name).resolve().relative_to(Path(repository.workdir or folder).resolve())
    return repository.path_is_ignored(inside.as_posix())
