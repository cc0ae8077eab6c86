"""What can be read, opened without the parts that only writing needs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from tracker.lookup import Lookup, data_folder, data_root, open_lookup
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.operations import current_records, history, read_bugs, similar_bugs
from tracker.operations.history import Changes
from tracker.operations.read_bugs import Hits, Listing, Numbers, UnknownBugError
from tracker.settings import Settings, read_settings
from tracker.store.bug_store import Bugs, BugStore
from tracker.store.commit_log import LoggedCommit
from tracker.workflow.bug_filter import BugFilter
from tracker.workflow.trait import SimilarBug

__all__ = [
    "RULES_FOLDER",
    "BugFilter",
    "Hits",
    "Library",
    "Listing",
    "data_folder",
    "open_library",
    "secret_rules_folder",
]

RULES_FOLDER: Final = "secret-rules"
"""The folder of the rules for secrets, beside those of the remotes."""


@dataclass(frozen=True, kw_only=True)
class Library(Lookup):
    """The records of one repository and their history; `folder` holds our own copy of them.

    Expected trouble is a TroubleError or ProblemsFound, whose text is ready to be shown.
    """

    store: BugStore

    def policy(self) -> Policy:
        """Return the team's policy, or the last valid one: only acting waits for a valid one."""
        return self.store.policy_in_force(self.tip())[0]

    def load(self, typed: str) -> BugRecord:
        """Return the bug that a person meant; raises UnknownBugError with the nearest ids."""
        bug = self.find(typed)
        record = self.store.load(bug, self.tip())
        if record is None:
            raise UnknownBugError(typed, ())
        return record

    def all_bugs(self) -> Bugs:
        """Return every record by number, and the problems of files that cannot be read."""
        return self.store.all_bugs(self.tip())

    def metrics(self, now: datetime, *, since: date | None = None) -> Numbers:
        """Return the numbers of all bugs that were reported since; reads no record."""
        return read_bugs.measure_bugs(self.index, now, since=since)

    def list_bugs(self, wanted: BugFilter) -> Bugs:
        """Return the whole records that fit, the worst first; `listing` is for all else."""
        found = self.listing(wanted)
        records = (self.store.load(bug.id, self.tip()) for bug in found.bugs)
        return Bugs(records=tuple(each for each in records if each), problems=found.problems)

    def unfinished(self) -> tuple[BugRecord, ...]:
        """Return the whole records of bugs that are open or have an open action item, by urgency.

        Each is read once and kept, so that asking often is cheap.
        """
        return current_records.unfinished_bugs(self.store, self.index)

    def changed_since(self, moment: datetime) -> tuple[BugRecord, ...]:
        """Return the whole records of bugs that were committed to since a moment."""
        return current_records.changed_bugs(self.store, self.index, self.tip(), moment)

    def history(self, bug: str) -> tuple[LoggedCommit, ...]:
        """Return the commits that changed one bug, oldest first."""
        return history.history_of(self.store, bug)

    def changes_since(self, cursor: str | None) -> Changes:
        """Return what announcements are made from: commits with records before and after."""
        return history.changes_since(self.store, cursor)

    def similar(self, record: BugRecord, *, most: int = 5) -> tuple[SimilarBug, ...]:
        """Return the bugs that share most with this one, the nearest first."""
        return similar_bugs.bugs_like(self.index, record, most=most)


def open_library(settings: Settings, *, progress: Callable[[str], None] | None = None) -> Library:
    """Find the repository, and clone it when that was not done yet.

    `progress` hears git's own lines during a first clone. Raises a TroubleError.
    """
    found = open_lookup(settings, progress=progress)
    store = BugStore(clone=found.index.clone)
    return Library(remote=found.remote, folder=found.folder, index=store.index, store=store)


def secret_rules_folder() -> Path:
    """Return where the rules for secrets are kept ready for checks.

    The environment alone tells: a `.env` in the folder that is checked may come from anybody.
    """
    return data_root(read_settings(env_file=None)) / RULES_FOLDER
