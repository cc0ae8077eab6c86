"""The built site on disk: what did not change is not touched, what is gone is removed."""

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

_VERSION: Final = 2


@dataclass(frozen=True, kw_only=True)
class Written:
    """The files of one bug, and what they were made from."""

    key: str
    mark: str
    """Which theme's pages they are."""
    told: str
    """Its files as JSON, which are seldom asked for: most bugs stand as they are."""

    @property
    def files(self) -> list[tuple[str, int, int]]:
        """Address below the site, size in bytes, and time of change in nanoseconds."""
        return [(address, size, changed) for address, size, changed in json.loads(self.told)]


@dataclass(frozen=True, kw_only=True)
class Share:
    """What one of several processes has written, by the bugs' paths."""

    written: dict[str, Written]
    touched: set[str]


@dataclass(kw_only=True)
class Publication:
    """A folder with a site in it, and the list of what was written there the last time."""

    folder: Path
    listing: Path
    """Where the list is kept, outside of the site."""
    bugs: dict[str, Written]
    others: frozenset[str]
    """The files that are no bug's."""
    intact: bool = False
    """Whether all files are known to be as they were written."""
    touched: set[str] = field(default_factory=set)
    """The files that were written or removed."""
    _now: dict[str, Written] = field(default_factory=dict)
    _others_now: set[str] = field(default_factory=set)

    @classmethod
    def open(cls, folder: Path, cache: Path, *, intact: bool = False) -> "Publication":
        """Find the list of a site; a folder without one is emptied, as MkDocs does at each build.

        The list is taken away until `close`: after a crash the site is written anew.
        """
        name = hashlib.sha256(str(folder).encode()).hexdigest()[:16]
        listing = cache / f"published-{name}.txt"
        bugs, others = _read(listing)
        if not bugs and not others:
            _empty(folder)
        listing.unlink(missing_ok=True)
        return cls(folder=folder, listing=listing, bugs=bugs, others=others, intact=intact)

    def stands(self, path: str, key: str, mark: str) -> bool:
        """Whether all files of a bug are as they would be written now."""
        before = self.bugs.get(path)
        if before is None or not mark or (before.key, before.mark) != (key, mark):
            return False
        if not self.intact and not all(self._is_as_written(*file) for file in before.files):
            return False
        self._now[path] = before
        return True

    def write(
        self, path: str, made_from: tuple[str, str], files: Iterable[tuple[str, bytes]]
    ) -> None:
        """Write the files of a bug."""
        written = []
        for address, data in files:
            self._write(address, data)
            stat = (self.folder / address).stat()
            written.append((address, stat.st_size, stat.st_mtime_ns))
        key, mark = made_from
        self._now[path] = Written(key=key, mark=mark, told=json.dumps(written))

    def done(self, paths: Iterable[str]) -> "Share":
        """What was written of some bugs, to be told to a copy of this in another process."""
        return Share(written={path: self._now[path] for path in paths}, touched=self.touched)

    def add(self, share: "Share") -> None:
        """Take over what another process has written."""
        self._now |= share.written
        self.touched |= share.touched

    def put(self, address: str, data: bytes) -> None:
        """Write a file that is no bug's."""
        self._others_now.add(address)
        self._write(address, data)

    def leave(self, addresses: Iterable[str]) -> None:
        """Let files stand that are no bug's."""
        self._others_now.update(addresses)

    def take(self, staging: Path) -> tuple[str, ...]:
        """Take over MkDocs' own files from another folder; the addresses of all of them."""
        found = tuple(_addresses_in(staging))
        for address in found:
            if address not in self._others_now:  # ours stand where both have a page
                self.put(address, (staging / address).read_bytes())
        return found

    def close(self) -> None:
        """Remove what is gone, and keep the list."""
        self._remove_gone(self._others_now)
        self.listing.parent.mkdir(parents=True, exist_ok=True)
        head = json.dumps({"version": _VERSION, "others": sorted(self._others_now)})
        bugs = (
            "\t".join((json.dumps(path), bug.key, bug.mark, bug.told))
            for path, bug in self._now.items()
        )
        self.listing.write_text("\n".join((head, *bugs)), encoding="utf-8")

    def _remove_gone(self, others: set[str]) -> None:
        now = self._now
        changed = (bug for path, bug in self.bugs.items() if now.get(path) != bug)
        gone_or_moved = (self.others | set(_addresses(changed))) - others
        fresh = (bug for path, bug in now.items() if self.bugs.get(path) != bug)
        lost = gone_or_moved - set(_addresses(fresh))
        for address in lost - set(_addresses(now.values())) if lost else ():
            gone = self.folder / address
            gone.unlink(missing_ok=True)
            self.touched.add(address)
            for folder in gone.parents:
                if folder == self.folder or not folder.is_dir() or any(folder.iterdir()):
                    break
                folder.rmdir()

    def _write(self, address: str, data: bytes) -> None:
        if write_changed(self.folder / address, data):
            self.touched.add(address)

    def _is_as_written(self, address: str, size: int, changed: int) -> bool:
        try:
            stat = (self.folder / address).stat()
        except OSError:
            return False
        return (stat.st_size, stat.st_mtime_ns) == (size, changed)


def write_changed(path: Path, data: bytes) -> bool:
    """Write a file, unless it has these bytes already; whether it was written."""
    try:
        if path.read_bytes() == data:
            return False
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return True


def _addresses(bugs: Iterable[Written]) -> Iterator[str]:
    return (address for bug in bugs for address, _, _ in bug.files)


def _addresses_in(folder: Path) -> Iterator[str]:
    return (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _empty(folder: Path) -> None:
    """Remove all but hidden files, as MkDocs does before it builds."""
    for path in folder.glob("[!.]*") if folder.is_dir() else ():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _read(listing: Path) -> tuple[dict[str, Written], frozenset[str]]:
    """What was kept; nothing when there is nothing that can be read."""
    try:
        first, *lines = listing.read_text("utf-8").split("\n")
        head = json.loads(first)
        if head["version"] != _VERSION:
            return {}, frozenset()
        bugs = (line.split("\t", 3) for line in lines)
        written = {
            json.loads(path): Written(key=key, mark=mark, told=told)
            for path, key, mark, told in bugs
        }
        return written, frozenset(head["others"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}, frozenset()
