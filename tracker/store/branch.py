"""What a branch did to files since it left another: versions with their authors, bytes by blob."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING

import pygit2
from pygit2.enums import SortMode

from tracker.store.clone import entry_at
from tracker.store.git_errors import NotARepositoryError, UnknownRevisionError
from tracker.store.git_identity import configured_person

if TYPE_CHECKING:  # loaded when there are versions: see the check of a tree where nothing changed
    from tracker.model.person import Person

BlobId = str | None
"""A blob, or None where the file is absent."""


@dataclass(frozen=True, kw_only=True)
class Version:
    """What one commit made of a file: the blobs in its parents, and the one it wrote."""

    commit: str
    author: "Person"
    before: tuple[BlobId, ...]
    after: BlobId


@dataclass(frozen=True, kw_only=True)
class Branch:
    """Files by their path below the root that was asked about."""

    base: Mapping[str, str]
    """Blob ids at the commit that the branch left from."""
    head: Mapping[str, str]
    """Blob ids at the newest commit."""
    versions: Mapping[str, tuple[Version, ...]]
    """What each commit since the base did to a file, oldest first."""
    repository: pygit2.Repository
    root: Path
    under: str
    """The folder below the root that was asked about."""
    prefix: str = ""
    """The root's path in the repository, with a slash at its end."""

    @property
    def identity(self) -> "Person | None":
        """Who would commit what is not committed yet."""
        return configured_person(self.root)

    def files_at(self, commit: str) -> Mapping[str, str]:
        """Return the blob ids of the files in a commit."""
        tree = self.repository[commit].peel(pygit2.Commit).tree
        return _files(tree, self.prefix, self.under)

    def files_since(self, revision: str) -> Mapping[str, str]:
        """Return the blob ids of the files where HEAD left a revision; raises as `branch_since`."""
        head = self.repository.head.peel(pygit2.Commit)
        return self.files_at(str(_fork_point(self.repository, head, revision).id))

    def blob_at(self, commit: str, path: str) -> BlobId:
        """Return the blob of a file in a commit."""
        found = entry_at(self.repository[commit].peel(pygit2.Commit).tree, f"{self.prefix}{path}")
        return str(found.id) if isinstance(found, pygit2.Blob) else None

    def read(self, blob_id: BlobId) -> bytes | None:
        """Return the bytes of a blob."""
        return None if blob_id is None else self.repository[blob_id].peel(pygit2.Blob).data


def branch_since(root: Path, revision: str, under: str) -> Branch:
    """Look at `root/under` from where HEAD left `revision`; on an unborn branch all is new.

    Raises NotARepositoryError, or UnknownRevisionError, which a shallow clone may be the cause of.
    """
    repository = _repository_around(root)
    if repository.head_is_unborn:
        return Branch(base={}, head={}, versions={}, repository=repository, root=root, under=under)
    head = repository.head.peel(pygit2.Commit)
    base = _fork_point(repository, head, revision)
    inside = root.resolve().relative_to(Path(repository.workdir).resolve()).as_posix()
    prefix = "" if inside == "." else f"{inside}/"
    now = _files(head.tree, prefix, under)
    return Branch(
        base=now if base.id == head.id else _files(base.tree, prefix, under),
        head=now,
        versions={} if base.id == head.id else _versions(repository, base, head, prefix),
        repository=repository,
        root=root,
        under=under,
        prefix=prefix,
    )


def _repository_around(root: Path) -> pygit2.Repository:
    try:
        found = pygit2.discover_repository(str(root.resolve()))
        repository = None if found is None else pygit2.Repository(found)
    except pygit2.GitError as error:
        message = f"The git repository at {root} cannot be read ({error}): leave the base out."
        raise NotARepositoryError(message) from error
    if repository is None or repository.workdir is None:
        message = f"There is no git repository at {root}: leave the base out."
        raise NotARepositoryError(message)
    return repository


def _fork_point(repository: pygit2.Repository, head: pygit2.Commit, revision: str) -> pygit2.Commit:
    try:
        named = repository.revparse_single(revision).peel(pygit2.Commit)
    except (KeyError, ValueError, pygit2.GitError) as error:
        message = f"There is no revision `{revision}` here: fetch it, or name another one."
        raise UnknownRevisionError(message) from error
    common: object = repository.merge_base(named.id, head.id)  # None where there is none
    if not isinstance(common, pygit2.Oid):
        message = (
            f"`{revision}` and the current branch have no common commit here: fetch the whole "
            "history (`fetch-depth: 0`)."
        )
        raise UnknownRevisionError(message)
    return repository[common].peel(pygit2.Commit)


def _files(tree: pygit2.Tree, prefix: str, under: str) -> dict[str, str]:
    folder = entry_at(tree, f"{prefix}{under}")
    return dict(_walk(folder, under)) if isinstance(folder, pygit2.Tree) else {}


def _walk(folder: pygit2.Tree, path: str) -> Iterator[tuple[str, str]]:
    for entry in folder:
        name = f"{path}/{entry.name}"
        if isinstance(entry, pygit2.Tree):
            yield from _walk(entry, name)
        elif isinstance(entry, pygit2.Blob):
            yield name, str(entry.id)


def _versions(
    repository: pygit2.Repository, base: pygit2.Commit, head: pygit2.Commit, prefix: str
) -> dict[str, tuple[Version, ...]]:
    """Go through the commits; a merge counts for files that differ from each of its parents."""
    from tracker.model.person import Person

    found: dict[str, tuple[Version, ...]] = {}
    walker = repository.walk(head.id, SortMode.TOPOLOGICAL | SortMode.REVERSE)
    walker.hide(base.id)
    for commit in walker:
        author = Person(name=commit.author.name, email=commit.author.email)
        for path, (before, after) in _changes(repository, commit).items():
            if path.startswith(prefix):
                version = Version(commit=str(commit.id), author=author, before=before, after=after)
                name = path.removeprefix(prefix)
                found[name] = (*found.get(name, ()), version)
    return found


def _changes(
    repository: pygit2.Repository, commit: pygit2.Commit
) -> dict[str, tuple[tuple[BlobId, ...], BlobId]]:
    parents = [
        repository[key].peel(pygit2.Commit) for key in commit.parent_ids if key in repository
    ]
    if not parents:
        return _differences(commit.tree.diff_to_tree(swap=True))
    by_parent = [_differences(repository.diff(parent, commit)) for parent in parents]
    common = reduce(lambda left, right: left & right, (set(each) for each in by_parent))
    return {
        path: (tuple(each[path][0][0] for each in by_parent), by_parent[0][path][1])
        for path in common
    }


def _differences(diff: pygit2.Diff) -> dict[str, tuple[tuple[BlobId, ...], BlobId]]:
    return {
        delta.new_file.path: ((_or_none(delta.old_file),), _or_none(delta.new_file))
        for delta in diff.deltas
    }


def _or_none(file: pygit2.DiffFile) -> BlobId:
    text = str(file.id)
    return text if text.strip("0") else None
