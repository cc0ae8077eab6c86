"""pygit2, loaded when it is first used, which takes a fifth of the time of a short command."""

from importlib import import_module
from typing import TYPE_CHECKING

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

__all__ = ["pygit2"]
