"""Look at the files beside a record: which may be shown, which may only be taken away."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from tracker.model.bug_id import record_path
from tracker.model.record import BugRecord
from tracker.store.attachment_file import attachment_fault

_SHOWN: Final = 2 * 1024 * 1024  # bytes; a page should open on a phone
_PICTURES: Final = {
    b"\x89PNG\r\n\x1a\n": frozenset({".png"}),
    b"\xff\xd8\xff": frozenset({".jpg", ".jpeg"}),
    b"GIF87a": frozenset({".gif"}),
    b"GIF89a": frozenset({".gif"}),
    b"RIFF": frozenset({".webp"}),
}
"""How files of each kind begin, and how their names end."""
_HEAD: Final = 16


class FileUse(StrEnum):
    """What a reader may do with an attachment."""

    SHOW = "show"
    TAKE = "take"
    NOTHING = "nothing"


@dataclass(frozen=True, kw_only=True)
class AttachedFile:
    """A file that a record names; `fault` says why it is not what its name promises."""

    name: str
    source: Path
    use: FileUse
    size: int = 0
    """In bytes."""
    fault: str = ""


def read_attachments(root: Path, record: BugRecord) -> tuple[AttachedFile, ...]:
    """The attachments of a record that are kept beside it, in its order."""
    return tuple(_read(root, record))


def files_beside(folder: Path) -> dict[str, tuple[tuple[str, int, int], ...]]:
    """The files in each record's folder, by the path of the record.

    Each with its name, its size in bytes and its time of change in nanoseconds; links stay links.
    """
    found = {}
    for place in sorted(folder.glob("*/*/")):
        if place.is_dir() and not place.is_symlink():
            told = ((file.name, file.lstat()) for file in sorted(place.iterdir()))
            path = f"{folder.name}/{place.parent.name}/{place.name}.yaml"
            found[path] = tuple((name, stat.st_size, stat.st_mtime_ns) for name, stat in told)
    return found


def _read(root: Path, record: BugRecord) -> Iterator[AttachedFile]:
    path = record_path(record.id)
    for attachment in record.report.attachments:
        if attachment.link:
            continue
        name = attachment.name
        source = root / path.removesuffix(".yaml") / name
        fault = attachment_fault(root, path, name)
        if fault is not None:
            yield AttachedFile(name=name, source=source, use=FileUse.NOTHING, fault=fault)
        else:
            yield _judged(name, source)


def _judged(name: str, source: Path) -> AttachedFile:
    """Pictures of pixels are shown; everything else, SVG above all, is only handed out."""
    size = source.stat().st_size
    with source.open("rb") as file:
        head = file.read(_HEAD)
    ending = source.suffix.lower()
    endings = next((ends for start, ends in _PICTURES.items() if head.startswith(start)), None)
    if endings is not None and ending in endings and (ending != ".webp" or head[8:12] == b"WEBP"):
        use = FileUse.SHOW if size <= _SHOWN else FileUse.TAKE
        return AttachedFile(name=name, source=source, use=use, size=size)
    named_picture = any(ending in ends for ends in _PICTURES.values())
    fault = f"`{name}` is not the picture that its name says." if named_picture else ""
    return AttachedFile(name=name, source=source, use=FileUse.TAKE, size=size, fault=fault)
