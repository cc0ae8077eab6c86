"""The built site on disk: what did not change is not touched, what is gone is removed."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from mkdocs.utils import clean_directory

_VERSION: Final = 1


@dataclass(frozen=True, kw_only=True)
class Written:
    """The files of one bug, and what they were made from."""

    key: str
    mark: str
    """Which theme's pages they are."""
    files: tuple[tuple[str, int, int], ...]
    """Address below the site, size in bytes, and time of change in nanoseconds."""


@dataclass(kw_only=True)
class Publication:
    """A folder with a site in it, and the list of what was written there the last time."""

    folder: Path
    listing: Path
    """Where the list is kept, outside of the site."""
    bugs: dict[str, Written]
    others: frozenset[str]
    """The files that are no bug's."""
    _now: dict[str, Written] = field(default_factory=dict)
    _others_now: set[str] = field(default_factory=set)

    @classmethod
    def open(cls, folder: Path, cache: Path) -> "Publication":
        """Find the list of a site; a folder without one is emptied, as MkDocs does at each build.

        The list is taken away until `close`: after a crash the site is written anew.
        """
        name = hashlib.sha256(str(folder).encode()).hexdigest()[:16]
        listing = cache / f"published-{name}.json"
        bugs, others = _read(listing)
        if not bugs and not others:
            clean_directory(str(folder))
        listing.unlink(missing_ok=True)
        return cls(folder=folder, listing=listing, bugs=bugs, others=others)

    def stands(self, path: str, key: str, mark: str) -> bool:
        """Whether all files of a bug are as they would be written now."""
        before = self.bugs.get(path)
        if before is None or not mark or (before.key, before.mark) != (key, mark):
            return False
        if not all(self._is_as_written(*file) for file in before.files):
            return False
        self._now[path] = before
        return True

    def write(
        self, path: str, made_from: tuple[str, str], files: Iterable[tuple[str, bytes]]
    ) -> int:
        """Write the files of a bug; the number of those that changed."""
        written, changed = [], 0
        for address, data in files:
            target = self.folder / address
            changed += write_changed(target, data)
            stat = target.stat()
            written.append((address, stat.st_size, stat.st_mtime_ns))
        key, mark = made_from
        self._now[path] = Written(key=key, mark=mark, files=tuple(written))
        return changed

    def put(self, address: str, data: bytes) -> None:
        """Write a file that is no bug's."""
        self._others_now.add(address)
        write_changed(self.folder / address, data)

    def close(self, staging: Path) -> None:
        """Take over MkDocs' own files from another folder, remove what is gone, keep the list."""
        for source in _files(staging):
            address = source.relative_to(staging).as_posix()
            if address not in self._others_now:  # ours stand where both have a page
                self.put(address, source.read_bytes())
        self._remove_gone(self._others_now)
        self.listing.parent.mkdir(parents=True, exist_ok=True)
        kept = {
            "version": _VERSION,
            "others": sorted(self._others_now),
            "bugs": {path: [bug.key, bug.mark, bug.files] for path, bug in self._now.items()},
        }
        self.listing.write_text(json.dumps(kept, separators=(",", ":")), encoding="utf-8")

    def _remove_gone(self, others: set[str]) -> None:
        before = self.others | set(_addresses(self.bugs.values()))
        for address in before - others - set(_addresses(self._now.values())):
            gone = self.folder / address
            gone.unlink(missing_ok=True)
            for folder in gone.parents:
                if folder == self.folder or not folder.is_dir() or any(folder.iterdir()):
                    break
                folder.rmdir()

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


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _read(listing: Path) -> tuple[dict[str, Written], frozenset[str]]:
    """What was kept; nothing when there is nothing that can be read."""
    try:
        kept = json.loads(listing.read_bytes())
        if kept["version"] != _VERSION:
            return {}, frozenset()
        bugs = {
            path: Written(key=key, mark=mark, files=tuple(map(tuple, files)))
            for path, (key, mark, files) in kept["bugs"].items()
        }
        return bugs, frozenset(kept["others"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}, frozenset()
