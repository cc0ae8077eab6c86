"""A person's own checkout: where it begins, and its configuration."""

from collections.abc import Mapping
from pathlib import Path

import pygit2

from tracker.store.git_errors import NotARepositoryError


def work_tree_root(folder: Path) -> Path:
    """Return the top folder of the checkout around a folder; raises NotARepositoryError."""
    found = pygit2.discover_repository(str(folder))
    workdir = pygit2.Repository(found).workdir if found else None
    if workdir is None:
        message = f"{folder.absolute()} is not in the checkout of a git repository."
        raise NotARepositoryError(message)
    return Path(workdir)


def set_configuration(root: Path, values: Mapping[str, str]) -> None:
    """Set values of the repository itself, never the user's."""
    config = pygit2.Repository(str(root)).config
    for name, value in values.items():
        config[name] = value
