"""What `git status --porcelain=v2 --branch -z` says of a checkout."""

from dataclasses import dataclass
from typing import Final

_COLUMNS: Final = {"1": 8, "u": 10, "?": 1}
"""How many columns stand before the path of a changed, a conflicted and a new file."""


@dataclass(frozen=True, kw_only=True)
class WorkTree:
    """Where a checkout stands; None for an unborn commit or a detached HEAD."""

    commit: str | None
    branch: str | None
    changed: tuple[str, ...]
    """Files that differ from the commit, and new ones, of the folder that was asked about."""


def seen_in(status: str) -> WorkTree:
    """Read what git printed."""
    lines = status.split("\0")
    told = dict(line[2:].split(" ", 1) for line in lines if line.startswith("# "))
    commit, branch = told.get("branch.oid"), told.get("branch.head")
    return WorkTree(
        commit=None if commit == "(initial)" else commit,
        branch=None if branch == "(detached)" else branch,
        changed=tuple(
            line.split(" ", _COLUMNS[line[0]])[-1] for line in lines if line[:1] in _COLUMNS
        ),
    )
