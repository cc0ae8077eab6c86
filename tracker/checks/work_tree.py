"""The files below `bugs` as they lie in a folder, each read once, and what git knows of them."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from tracker.checks.task import FileChange, FilePast, Task
from tracker.model.problem import Place, Problem
from tracker.store.blob_id import blob_id_of
from tracker.store.branch import Branch, Version, branch_since
from tracker.store.git_errors import NotARepositoryError
from tracker.store.record_paths import POLICY_PATH, RECORDS

_RECORD: Final = re.compile(rf"{RECORDS}/[0-9]{{3,}}/(?P<name>[^/]+)\.yaml")
_STRAY: Final = re.compile(rf"{RECORDS}/(?:[^/]+/)?[^/]+\.ya?ml", re.IGNORECASE)
_FORMERLY: Final = re.compile(rb"^formerly:(?P<ids>(?:.*\n?)(?:[ \t-].*\n?)*)", re.MULTILINE)
_MEMORY: Final = "bugbook"  # in the folder of git, where no commit can put anything
_ID: Final = re.compile(rb"[A-Z][A-Z0-9]{0,9}-[0-9]{1,9}")


@dataclass(frozen=True, kw_only=True)
class WorkTree:
    """Bytes by path; `judged` is the branch since the base, or since the newest commit."""

    root: Path
    records: Mapping[str, bytes]
    policy: bytes | None
    strays: tuple[str, ...]
    branch: Branch | None
    has_base: bool

    @property
    def memory(self) -> Path | None:
        """Where a check may remember what it found; None without git."""
        return None if self.branch is None else Path(self.branch.repository.path) / _MEMORY

    @cached_property
    def claims(self) -> Mapping[str, tuple[str, ...]]:
        """The paths of the files that hold a number, or held it formerly."""
        claims: dict[str, tuple[str, ...]] = {}
        for path, data in self.records.items():
            own = path.rpartition("/")[2].removesuffix(".yaml")
            for bug in dict.fromkeys((own, *_former_ids(data))):
                claims[bug] = (*claims.get(bug, ()), path)
        return claims

    def tasks(self, selected: "Selection") -> Iterator[Task]:
        """Each selected record with what the rules need to know of its past."""
        for path, data in self.records.items():
            if path in selected:
                blob = blob_id_of(data)
                yield Task(
                    path=path,
                    data=data,
                    blob=blob,
                    known=data
                    if self.judged(path, selected) == blob
                    else self.known(path, selected),
                    past=self._past(path, data, blob) if self.has_base else None,
                )

    def base_policy(self) -> bytes | None:
        """The policy at the base."""
        if self.branch is None or not self.has_base:
            return None
        return self.branch.read(self.branch.base.get(POLICY_PATH))

    @property
    def policies(self) -> tuple[bytes | None, bytes | None]:
        """What records are judged by: the policy, and that of the base where it is another."""
        base = self.base_policy()
        return self.policy, None if base == self.policy else base

    def removals(self) -> Iterator[Problem]:
        """Records that the base has and the folder has not, not even under another number."""
        if self.branch is None or not self.has_base:
            return
        for path in self.branch.base:
            match = None if path in self.records else _RECORD.fullmatch(path)
            if match and match["name"] not in self.claims:
                sentence = f"The record of {match['name']} was removed: restore it, or close it."
                place = Place(path=path, line=1, column=1)
                yield Problem(place=place, message=sentence, rule="history")

    def stray_problems(self) -> Iterator[Problem]:
        """Files that look like records and that nothing reads."""
        for path in self.strays:
            sentence = (
                "Records are plain files `bugs/<number // 1000>/<ID>.yaml`, and this is none: "
                "move it, or attach it to a bug."
            )
            place = Place(path=path, line=1, column=1)
            yield Problem(place=place, message=sentence, rule="misplaced-record")

    def judged(self, path: str, selected: "Selection") -> str | None:
        """The blob that was judged before: the base's or the newest commit's; none if named."""
        if self.branch is None or (selected.paths and not self.has_base):
            return None
        return (self.branch.base if self.has_base else self.branch.head).get(path)

    def known(self, path: str, selected: "Selection") -> bytes | None:
        """The bytes that were judged before."""
        return None if self.branch is None else self.branch.read(self.judged(path, selected))

    def _past(self, path: str, data: bytes, blob: str) -> FilePast | None:
        """Nothing for a file that is as it was; a renumbered one goes on from its old path."""
        branch = self.branch
        if branch is None or branch.base.get(path) == blob:
            return None
        former = [_path_of(bug, branch) for bug in _former_ids(data)]
        paths = [*(found for found in former if found), path]
        base = next((branch.base[found] for found in reversed(paths) if found in branch.base), None)
        versions = [version for found in paths for version in branch.versions.get(found, ())]
        changes = [self._change(branch, version) for version in versions]
        if branch.head.get(path) != blob:
            before = branch.read(branch.head.get(path))
            changes.append(
                FileChange(author=branch.identity, before=(before,), after=data, policy=None)
            )
        return FilePast(base=branch.read(base), changes=tuple(changes))

    def _change(self, branch: Branch, version: Version) -> FileChange:
        """The policy of a commit holds for it if anybody can see it: at the base or at the head."""
        policy = branch.blob_at(version.commit, POLICY_PATH)
        seen = policy in {branch.base.get(POLICY_PATH), branch.head.get(POLICY_PATH)}
        return FileChange(
            author=version.author,
            before=tuple(branch.read(blob) for blob in version.before),
            after=branch.read(version.after),
            policy=branch.read(policy) if seen else None,
        )


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Files and folders below the root that are asked about, a record with its folder; or all."""

    paths: frozenset[str] = frozenset()

    def __contains__(self, path: object) -> bool:
        if not self.paths or path in self.paths:
            return True
        return isinstance(path, str) and any(
            not self.paths.isdisjoint((parent.as_posix(), f"{parent.as_posix()}.yaml"))
            for parent in Path(path).parents
        )


def read_tree(root: Path, base: str | None) -> WorkTree:
    """Read every file; raises NotARepositoryError or UnknownRevisionError when a base is given."""
    records: dict[str, bytes] = {}
    strays: list[str] = []
    policy = None
    for name, path, is_plain in sorted(_yaml_files(root / RECORDS)):
        if is_plain and name == POLICY_PATH:
            policy = _bytes(path)
        elif is_plain and _RECORD.fullmatch(name):
            records[name] = _bytes(path)
        else:
            strays.append(name)
    return WorkTree(
        root=root,
        records=records,
        policy=policy,
        strays=tuple(strays),
        branch=_branch(root, base),
        has_base=base is not None,
    )


def _bytes(path: str) -> bytes:
    """A file's bytes, without what a `Path` for each of thousands costs."""
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123
        return file.read()


def _yaml_files(folder: Path) -> Iterator[tuple[str, str, bool]]:
    """The name of each file that looks like a record, where it is, and whether it is no link."""
    for entry in os.scandir(folder) if folder.is_dir() else ():
        if entry.is_dir():
            for inner in os.scandir(entry):
                name = f"{RECORDS}/{entry.name}/{inner.name}"
                if _STRAY.fullmatch(name) and not inner.is_dir():
                    plain = inner.is_file(follow_symlinks=False) and not entry.is_symlink()
                    yield name, inner.path, plain
        elif _STRAY.fullmatch(f"{RECORDS}/{entry.name}"):
            yield f"{RECORDS}/{entry.name}", entry.path, entry.is_file(follow_symlinks=False)


def _branch(root: Path, base: str | None) -> Branch | None:
    try:
        return branch_since(root, "HEAD" if base is None else base, RECORDS)
    except NotARepositoryError:
        if base is not None:
            raise
        return None


def _former_ids(data: bytes) -> Iterator[str]:
    """Numbers under `formerly`, found without reading the file as YAML."""
    found = _FORMERLY.search(data) if b"formerly:" in data else None
    for match in _ID.finditer(found["ids"]) if found else ():
        yield match[0].decode("ascii")


def _path_of(bug: str, branch: Branch) -> str | None:
    known = {**branch.base, **dict.fromkeys(branch.versions, "")}
    suffix = f"/{bug}.yaml"
    return next((path for path in known if path.endswith(suffix)), None)
