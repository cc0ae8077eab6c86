"""pygit2, loaded when it is first used, which takes a fifth of the time of a short command."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tracker.store.git_errors import ForeignCloneError

if TYPE_CHECKING:
    import pygit2
else:

    class _Libgit2:
        """Stands for the module; Python's lock of imports makes it safe for threads."""

        def __getattr__(self, name: str) -> object:
            found = getattr(import_module("pygit2"), name)
            setattr(self, name, found)
            return found

    pygit2 = _Libgit2()

__all__ = ["opened", "pygit2"]

_NOT_OURS: Final = "not owned by current user"
_WINDOW: Final = 8 * 2**20
"""Bytes of a pack that are mapped at a time; all windows together may have four times as many.

libgit2 would map a gigabyte at a time, and so all that a team has: 180 MB of 100,000 records.
"""


def opened(repository: Path) -> pygit2.Repository:
    """Open our clone; raises ForeignCloneError where it is not ours."""
    pygit2.settings.mwindow_size, pygit2.settings.mwindow_mapped_limit = _WINDOW, 4 * _WINDOW
    try:
        return pygit2.Repository(str(repository))
    except pygit2.GitError as error:
        if _NOT_OURS in str(error):
            raise ForeignCloneError(repository) from error
        raise
