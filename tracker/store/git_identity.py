"""Who git says is working here."""

from pathlib import Path

import pygit2

from tracker.model.person import Person


def configured_person(folder: Path) -> Person | None:
    """The `user.name` and `user.email` of a folder's repository, else of the user; or nobody."""
    repository = pygit2.discover_repository(str(folder))
    config = (
        pygit2.Repository(repository).config if repository else pygit2.Config.get_global_config()
    )
    values = {key: config[key] for key in ("user.name", "user.email") if key in config}
    if "user.email" not in values:
        return None
    email = values["user.email"]
    return Person(name=values.get("user.name", email), email=email.lower())
