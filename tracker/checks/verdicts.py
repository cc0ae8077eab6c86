"""Remembers which files were found good, so that only what changed since is judged again.

Only good files are remembered, and only for the program and the policy that judged them; what a
record relies on outside of its file is looked at anew each time.
"""

import contextlib
import hashlib
import json
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final, NamedTuple

from tracker.checks.neighbours import (
    Claims,
    is_written_otherwise,
    leads_nowhere,
    other_claimant,
)
from tracker.checks.task import Task
from tracker.store.attachment_file import attachment_fault

_FILE: Final = "checked.json"
_JUDGES: Final = ("checks", "model", "store", "workflow")
_PACKAGES: Final = (
    "kingfisher-secret-scanner",
    "pydantic",
    "pydantic-core",
    "python-stdnum",
    "PyYAML",
)


class Verdict(NamedTuple):
    """A file was found good, as long as what it relies on outside of it is there."""

    blob: str
    newest: float
    """The latest time in it, in seconds since 1970: it must not be later than now."""
    searched: bool
    """Whether all of its text was searched for secrets."""
    refers_to: tuple[tuple[str, str | None], ...] = ()
    """References, each with the number of ours that it may mean."""
    formerly: tuple[str, ...] = ()
    attached: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """What is around the records at the time of a check."""

    root: Path
    now: datetime
    claims: Claims

    def agrees(self, path: str, verdict: Verdict) -> bool:
        """Whether what the record relies on is there."""
        return (
            verdict.newest <= self.now.timestamp()
            and not any(
                is_written_otherwise(ref, meant, self.claims)
                or leads_nowhere(ref, meant, self.claims)
                for ref, meant in verdict.refers_to
            )
            and not any(other_claimant(each, path, self.claims) for each in verdict.formerly)
            and not any(attachment_fault(self.root, path, each) for each in verdict.attached)
        )


@dataclass(frozen=True, kw_only=True)
class Verdicts:
    """What was found good, by path, if by these rules and a policy without a fault."""

    folder: Path | None
    judged_by: str
    known: Mapping[str, Verdict]
    fits: bool
    """Whether the policy as it is was found good before."""

    def cover(self, task: Task, outlook: Outlook) -> bool:
        """Whether a file is known to be good, so that nobody needs to judge it."""
        verdict = self.known.get(task.path)
        return (
            verdict is not None
            and verdict.blob == task.blob
            and task.past is None
            and (verdict.searched or task.known == task.data)
            and outlook.agrees(task.path, verdict)
        )

    def keep(self, found: Mapping[str, Verdict]) -> None:
        """Remember these; where that is not possible, the next check takes longer."""
        if self.folder is None or (self.fits and found == self.known):
            return
        text = json.dumps({"judged_by": self.judged_by, "verdicts": found})
        with contextlib.suppress(OSError):
            self.folder.mkdir(exist_ok=True)
            with tempfile.NamedTemporaryFile("w", dir=self.folder, delete=False) as file:
                file.write(text)
            Path(file.name).replace(self.folder / _FILE)


def recall(folder: Path | None, policies: Iterable[bytes | None]) -> Verdicts:
    """Recall what was found good by the rules as they are and by these policies."""
    judged_by = _digest(_code(), *(policy or b"" for policy in policies))
    known = _read(folder / _FILE, judged_by) if folder is not None else None
    return Verdicts(folder=folder, judged_by=judged_by, known=known or {}, fits=known is not None)


def _read(file: Path, judged_by: str) -> dict[str, Verdict] | None:
    """None where there is nothing, or nothing that these rules said."""
    try:
        memory = json.loads(file.read_bytes())
        if memory["judged_by"] != judged_by:
            return None
        return {path: _verdict(*said) for path, said in memory["verdicts"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):  # damaged, or another's
        return None


def _verdict(
    blob: str,
    newest: float,
    searched: bool,  # noqa: FBT001 - as it stands in the file
    refers_to: list[list[str | None]],
    *lists: list[str],
) -> Verdict:
    pairs = tuple((str(ref), meant) for ref, meant in refers_to)
    formerly, attached = (tuple(each) for each in lists)
    return Verdict(blob, newest, searched, pairs, formerly, attached)


@cache
def _code() -> bytes:
    """The program itself: other rules, other verdicts."""
    tracker = Path(__file__).parents[1]
    parts = [f"{name} {version(name)}" for name in _PACKAGES]
    parts.append(sys.version)
    files = (path for part in _JUDGES for path in sorted((tracker / part).rglob("*.py")))
    parts.extend(f"{path.relative_to(tracker)} {_digest(path.read_bytes())}" for path in files)
    return "\n".join(parts).encode()


def _digest(*parts: bytes) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        digest.update(len(part).to_bytes(8))
        digest.update(part)
    return digest.hexdigest()
