"""Who git says is working here."""

from pathlib import Path
from typing import TYPE_CHECKING

import pygit2

if TYPE_CHECKING:  # loaded when somebody asks: see the check of a tree where nothing changed
    from tracker.model.person import Person


def configured_person(folder: Path) -> "Person | None":
    """The `user.name` and `user.email` of a folder's repository, else of the user; or nobody."""
    from tracker.model.person import Person

    repository = pygit2.discover_repository(str(folder))
    config = (
        pygit2.Repository(repository).config if repository else pygit2.Config.get_global_config()
    )
    email, name = (
        str(config[key] or "") if key in config else "" for key in ("user.email", "user.name")
    )
    return Person(name=name or email, email=email.lower()) if email else None
