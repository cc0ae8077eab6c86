"""Bring our clone up to date."""

import contextlib

from tracker.store.bug_index import BugIndex
from tracker.store.clone import Clone
from tracker.store.git_errors import DamagedCloneError, RepositoryError


def refresh(clone: Clone) -> str | None:
    """Fetch; return a sentence when that was not possible and older knowledge must do."""
    try:
        with clone.writing() as writer:
            writer.fetch()
    except RepositoryError as error:
        return str(error)
    return None


def refresh_index(index: BugIndex) -> str | None:
    """Fetch as `refresh` does, and look into the clone only if the index has to be brought up."""
    clone = index.clone
    try:
        with contextlib.suppress(DamagedCloneError):
            with clone.writing(trusting=True) as writer:
                newest = writer.fetch()
            if index.holds(newest):
                return None
            with clone.writing():  # makes whole what is not
                return None
    except RepositoryError as error:
        return str(error)
    return refresh(clone)
