"""What there is to check: a file, and what git knows of its past."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a check that finds nothing changed must not wait for the model
    from tracker.model.person import Person


@dataclass(frozen=True, kw_only=True)
class FileChange:
    """One commit's version of a file as bytes, with the policy that held there."""

    author: "Person | None"
    before: tuple[bytes | None, ...]
    after: bytes | None
    policy: bytes | None


@dataclass(frozen=True, kw_only=True)
class FilePast:
    """The file at the base, None when it is new, and the changes since."""

    base: bytes | None
    changes: tuple[FileChange, ...]


@dataclass(frozen=True, kw_only=True)
class Task:
    """One file to check; `known` is its text that needs no search for secrets any more."""

    path: str
    data: bytes
    blob: str
    known: bytes | None
    past: FilePast | None
