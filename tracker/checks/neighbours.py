"""What a record relies on outside of its file: numbers that lead somewhere, files beside it."""

from collections.abc import Mapping
from pathlib import PurePosixPath

Claims = Mapping[str, tuple[str, ...]]
"""The paths of the files that hold a number, or held it formerly."""


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
