"""Who git says is working here."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pygit2

if TYPE_CHECKING:  # loaded when somebody asks: see the check of a tree where nothing changed
    from tracker.model.person import Person


def configured_person(folder: Path) -> "Person | None":
    """The `user.name` and `user.email` of a folder's repository, else of the user; or nobody."""
    from tracker.model.person import Person

    found = {"user.email": "", "user.name": ""}
    for config in _configs(folder):
        for key, said in found.items():
            found[key] = said or (str(config[key] or "") if key in config else "")
    email, name = found.values()
    return Person(name=name or email, email=email.lower()) if email else None


def _configs(folder: Path) -> Iterator[pygit2.Config]:
    """The repository's, which holds all others; outside of one those that there are, own first."""
    if repository := pygit2.discover_repository(str(folder)):
        yield pygit2.Repository(repository).config
        return
    config = pygit2.Config
    for level in (config.get_global_config, config.get_xdg_config, config.get_system_config):
        with suppress(OSError):  # as libgit2 says that there is no such file
            yield level()
