"""Whether files are as they were, told by what the file system says of each: nothing is read."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from stat import S_ISDIR
from typing import Final

Told = tuple[int, ...]
"""Of a file: mode, size, times of change, and its number."""
_MODULUS: Final = 1 << 128


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """How some files are."""

    files: dict[str, Told]
    """What tells each file from what it may become; of a file that is not there, nothing."""
    total: int
    """The sum of what tells each of them, so that few changes are reckoned quickly."""

    @property
    def text(self) -> str:
        """All of it in one short text."""
        return f"{self.total % _MODULUS:032x}"

    @property
    def newest(self) -> int:
        """When the file that changed last did, in nanoseconds."""
        return max((max(told[2:4]) for told in self.files.values() if told), default=0)

    def but_for(self, paths: Iterable[Path]) -> "Stamp":
        """The stamp after some files were written or removed."""
        files, total = dict(self.files), self.total
        for path in {*map(str, paths)}:
            before = files.pop(path, None)
            total -= 0 if before is None else _number(path, before)
            for name, stat in _files(path):
                if stat is not None:
                    files[name] = _told(stat)
                    total += _number(name, files[name])
        return Stamp(files=files, total=total)


def stamp(paths: Iterable[Path]) -> Stamp:
    """All files at or below some places.

    Raises:
        OSError: a file cannot be looked at, or a folder is a link, which may lead in a circle.
    """
    found = (each for path in paths for each in _files(str(path)))
    files = {name: _told(stat) for name, stat in found}
    return Stamp(files=files, total=sum(_number(name, told) for name, told in files.items()))


def files_in(folders: Iterable[Path]) -> Iterator[str]:
    """The files below some folders, in the order of their names."""
    return (path for folder in folders for path, stat in _files(str(folder)) if stat)


def _number(name: str, told: Told) -> int:
    text = f"{name}\0{told}".encode(errors="surrogateescape")
    return int.from_bytes(blake2b(text, digest_size=16).digest())


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
