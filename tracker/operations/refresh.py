"""Bring our clone up to date."""

from tracker.store.clone import Clone
from tracker.store.git_errors import RepositoryError


def refresh(clone: Clone) -> str | None:
    """Fetch; return a sentence when that was not possible and older knowledge must do."""
    try:
        with clone.writing() as writer:
            writer.fetch()
    except RepositoryError as error:
        return str(error)
    return None
