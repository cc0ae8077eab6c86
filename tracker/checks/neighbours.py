"""What a record relies on outside of its file: numbers that lead somewhere, files beside it."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Final

Claims = Mapping[str, tuple[str, ...]]
"""The paths of the files that hold a number, or held it formerly."""

LARGEST: Final = 10 * 1024 * 1024  # bytes of an attachment; git keeps every version for ever
_MEGABYTE: Final = 1024 * 1024


def is_written_otherwise(ref: str, meant: str | None, claims: Claims) -> bool:
    """Whether a reference means a bug that is there, and does not name it as it is called."""
    return meant in claims and ref != meant and ref not in claims


def leads_nowhere(ref: str, meant: str | None, claims: Claims) -> bool:
    """Whether a reference is of this repository's kind, and no bug has it.

    A number that the policy would write otherwise, and that nobody has, is another system's.
    """
    return ref == meant and ref not in claims


def other_claimant(former: str, path: str, claims: Claims) -> str | None:
    """The other record that had a number before, unless the number is a record's own now."""
    others = [other for other in claims.get(former, ()) if other != path]
    if any(PurePosixPath(other).stem == former for other in others):
        return None
    return others[0] if others else None


def attachment_fault(root: Path, path: str, name: str) -> str | None:
    """What is wrong with a file beside the record at this path."""
    if name in {".", ".."} or "/" in name or "\\" in name or "\x00" in name:
        return f"`{name}` is no file name: put the file into the record's folder and name it alone."
    folder = root / path.removesuffix(".yaml")
    file = folder / name
    if file.is_symlink() or not file.is_file():
        beside = f"{folder.parent.name}/{folder.name}/"
        return f"There is no file `{name}` in bugs/{beside}: add it, or correct the name."
    size = file.stat().st_size
    if size > LARGEST:
        return (
            f"`{name}` has {size / _MEGABYTE:.1f} MB, and at most {LARGEST // _MEGABYTE} are kept: "
            "attach the part that matters, or link the whole."
        )
    return None
