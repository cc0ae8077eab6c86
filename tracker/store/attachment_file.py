"""A file beside a record: whether it is a plain one, and of a size that a repository can bear."""

from pathlib import Path
from typing import Final

LARGEST: Final = 10 * 1024 * 1024  # bytes; git keeps every version for ever
_MEGABYTE: Final = 1024 * 1024


def attachment_fault(root: Path, path: str, name: str) -> str | None:
    """What is wrong with a file beside the record at this path; links are never followed."""
    if name in {".", ".."} or "/" in name or "\\" in name or "\x00" in name:
        return f"`{name}` is no file name: put the file into the record's folder and name it alone."
    folder = root / path.removesuffix(".yaml")
    file = folder / name
    if folder.is_symlink() or file.is_symlink() or not file.is_file():
        beside = f"{folder.parent.name}/{folder.name}/"
        return f"There is no file `{name}` in bugs/{beside}: add it, or correct the name."
    size = file.stat().st_size
    if size > LARGEST:
        return (
            f"`{name}` has {size / _MEGABYTE:.1f} MB, and at most {LARGEST // _MEGABYTE} are kept: "
            "attach the part that matters, or link the whole."
        )
    return None
