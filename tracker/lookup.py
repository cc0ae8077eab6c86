"""What the index answers, opened without the models of records, policy and actions."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

from tracker.model.problem import Problem
from tracker.operations import read_bugs
from tracker.operations.compare_work_tree import unlike_work_tree
from tracker.operations.read_bugs import Hits, Listing, Shown
from tracker.operations.refresh import refresh_index
from tracker.store.bug_index import BugIndex, IndexStatus, Progress, say_nothing
from tracker.store.clone import open_clone
from tracker.store.index_queries import policy_problems
from tracker.store.remote import Remote, resolve_remote
from tracker.workflow.bug_filter import BugFilter

__all__ = ["IndexStatus", "Listing", "Lookup", "Shown", "data_folder", "data_root", "open_lookup"]

_UNSAFE: Final = re.compile(r"[^A-Za-z0-9]+")


class Place(Protocol):
    """The settings that name a repository and the folder for our copy."""

    @property
    def repository(self) -> str:
        """A folder or an address."""
        ...

    @property
    def branch(self) -> str:
        """The branch that holds the records."""
        ...

    @property
    def data_dir(self) -> Path | None:
        """Where all copies are kept; below the user's data folder when left out."""
        ...


@dataclass(frozen=True, kw_only=True)
class Lookup:
    """The records of one repository as the index knows them; `folder` holds our own copy.

    Expected trouble is a TroubleError or ProblemsFound, whose text is ready to be shown.
    """

    remote: Remote
    folder: Path
    index: BugIndex

    def tip(self) -> str | None:
        """Return the newest commit that is known here; None while there is none."""
        return self.index.clone.tip()

    def refresh(self) -> str | None:
        """Fetch; return a sentence when that was not possible and older knowledge must do."""
        return refresh_index(self.index)

    def find(self, typed: str) -> str:
        """Return the id that a person meant; raises UnknownBugError with the nearest ids."""
        return read_bugs.find_bug(self.index, typed)

    def shown(self, typed: str, now: datetime) -> Shown:
        """Return what one bug is shown by; raises UnknownBugError or ProblemsFound."""
        return read_bugs.show_bug(self.index, typed, now)

    def unlike_work_tree(self) -> tuple[str, ...]:
        """Return sentences about what the work tree we were started in shows otherwise."""
        return unlike_work_tree(self.index.clone)

    def policy_problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with the team's policy, by which nothing can be recorded then."""
        return self.index.ask(policy_problems)

    def index_status(self) -> IndexStatus:
        """Look at the index as it is."""
        return self.index.status()

    def rebuild_index(self, counted: Progress | None = None) -> None:
        """Make the index anew; `counted` hears how much of it is made."""
        BugIndex(clone=self.index.clone, progress=counted or say_nothing).rebuild()

    def listing(self, wanted: BugFilter, *, most: int | None = None, after: int = 0) -> Listing:
        """Return what lists show of the bugs that fit, the worst first; reads no record.

        `most` and `after` cut a page out of it; `total` of the answer counts all that fit.
        """
        return read_bugs.list_bugs(self.index, wanted, most=most, after=after)

    def search(self, typed: str, *, most: int = 20) -> Hits:
        """Return the bugs whose texts hold what was typed, the best first; reads no record."""
        return read_bugs.search_bugs(self.index, typed, most=most)


def open_lookup(
    place: Place,
    *,
    progress: Callable[[str], None] | None = None,
    counted: Progress | None = None,
) -> Lookup:
    """Find the repository, and clone it when that was not done yet; raises a TroubleError.

    `progress` hears git's own lines during a first clone, `counted` how much of a new index is
    made.
    """
    remote = resolve_remote(place.repository, place.branch)
    folder = data_folder(place, remote)
    clone = open_clone(folder, remote, progress=progress)
    return Lookup(
        remote=remote, folder=folder, index=BugIndex(clone=clone, progress=counted or say_nothing)
    )


def data_folder(place: Place, remote: Remote) -> Path:
    """Return the folder of one remote and branch, below the one that the settings name."""
    words = _UNSAFE.sub("-", remote.address.rstrip("/").rpartition("/")[2]).strip("-")
    key = hashlib.blake2s(f"{remote.address}\n{remote.branch}".encode()).hexdigest()[:12]
    return data_root(place) / f"{words[:40] or 'repository'}-{key}"


def data_root(place: Place) -> Path:
    """Return the folder that holds those of all remotes."""
    if place.data_dir is not None:
        return place.data_dir.expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("bugbook").absolute()
