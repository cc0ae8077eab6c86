"""The ids of files as git would name them; what looks as it did is not read again."""

import json
import os
from pathlib import Path
from typing import Final

from tracker.store.blob_id import blob_id_of

_VERSION: Final = 1
_Told = tuple[int, int, int, int]
"""Of a file: its size, its times of change, and its number."""


class KnownFiles:
    """Remembers in a file, which may be deleted at any time, what other files held.

    As in git's own index, a file that changed as lately as it was looked at is not remembered: it
    may change again without another time on it. Now is what the file system says it is.
    """

    def __init__(self, memory: Path | None = None) -> None:
        self._memory = memory
        self._known = _read(memory) if memory else {}
        self._now: dict[str, tuple[_Told, str]] = {}
        self._begun = _moment(memory) if memory else 0

    def blob(self, path: Path | str) -> str:
        """The id of a file's bytes; raises OSError when it cannot be read."""
        name = os.fspath(path)
        stat = os.stat(name)  # noqa: PTH116 - a path of each file takes longer than the look at it
        told = (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)
        before, blob = self._known.get(name, (None, ""))
        if before != told:
            blob = blob_id_of(Path(name).read_bytes())
        self._now[name] = told, blob
        return blob

    def keep(self) -> None:
        """Remember what was looked at."""
        if self._memory is None or self._now == self._known:
            return
        kept = {
            name: (*told, blob)
            for name, (told, blob) in self._now.items()
            if max(told[1:3]) < self._begun
        }
        text = json.dumps({"version": _VERSION, "files": kept}, separators=(",", ":"))
        self._memory.write_text(text, encoding="utf-8")


def _moment(memory: Path) -> int:
    """What the file system calls now, in nanoseconds."""
    memory.parent.mkdir(parents=True, exist_ok=True)
    mark = memory.with_suffix(".now")
    mark.write_bytes(b"")
    return mark.stat().st_mtime_ns


def _read(memory: Path) -> dict[str, tuple[_Told, str]]:
    """What was kept; nothing when there is nothing that can be read."""
    try:
        kept = json.loads(memory.read_bytes())
        if kept["version"] != _VERSION:
            return {}
        return {
            name: ((size, modified, changed, number), blob)
            for name, (size, modified, changed, number, blob) in kept["files"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
