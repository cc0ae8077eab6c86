"""Whether files are as they were, told by what the file system says of each: nothing is read."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from stat import S_ISDIR

Told = tuple[int, ...]
"""Of a file: mode, size, times of change, and its number."""


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """How some files are."""

    files: dict[str, Told]
    """What tells each file from what it may become; of a file that is not there, nothing."""

    @property
    def text(self) -> str:
        """All of it in one short text."""
        told = repr(sorted(self.files.items())).encode(errors="surrogateescape")
        return blake2b(told, digest_size=16).hexdigest()

    @property
    def newest(self) -> int:
        """When the file that changed last did, in nanoseconds."""
        return max((max(told[2:4]) for told in self.files.values() if told), default=0)

    def but_for(self, paths: Iterable[Path]) -> "Stamp":
        """The stamp after some files were written or removed."""
        files = dict(self.files)
        for path in map(str, paths):
            files.pop(path, None)
            files.update((name, _told(stat)) for name, stat in _files(path) if stat is not None)
        return Stamp(files=files)


def stamp(paths: Iterable[Path]) -> Stamp:
    """All files at or below some places.

    Raises:
        OSError: a file cannot be looked at, or a folder is a link, which may lead in a circle.
    """
    found = (each for path in paths for each in _files(str(path)))
    return Stamp(files={name: _told(stat) for name, stat in found})


def _told(stat: os.stat_result | None) -> Told:
    if stat is None:
        return ()
    return stat.st_mode, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino


def _files(path: str) -> Iterator[tuple[str, os.stat_result | None]]:
    try:
        stat = os.stat(path)  # noqa: PTH116 - ten times as many files as bugs are looked at
    except FileNotFoundError:
        yield path, None
        return
    if S_ISDIR(stat.st_mode):
        yield from _inside(path)
    else:
        yield path, stat


def _inside(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if entry.name != "__pycache__":
                yield from _inside(entry.path)
        elif entry.is_dir():
            raise NotADirectoryError(entry.path)
        else:
            yield entry.path, entry.stat()
