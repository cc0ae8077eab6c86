"""What can be read, opened without the parts that only writing needs."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Final

from tracker.lookup import Lookup, data_folder, data_root, open_lookup
from tracker.model.bug_summary import BugSummary
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.operations import history, replaced, similar_bugs
from tracker.operations.history import Changes
from tracker.operations.measure_bugs import Numbers, measure_bugs
from tracker.operations.read_bugs import Hits, Listing, UnknownBugError
from tracker.settings import Settings, read_settings
from tracker.store.bug_store import Bugs, BugStore
from tracker.store.commit_log import LoggedCommit
from tracker.store.index_outlines import outlines
from tracker.store.index_queries import in_incidents, unfinished
from tracker.store.index_queries import problems as find_problems
from tracker.workflow.agenda import Agenda, agenda_of
from tracker.workflow.bug_filter import BugFilter
from tracker.workflow.outline import Outline
from tracker.workflow.single_values import Replaced
from tracker.workflow.trait import SimilarBug

__all__ = [
    "BugFilter",
    "Hits",
    "Library",
    "Listing",
    "data_folder",
    "open_library",
    "secret_rules_folder",
]

_RULES_FOLDER: Final = "secret-rules"
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

    def metrics(self, now: datetime, *, since: date | None = None, sources: bool = True) -> Numbers:
        """Return the numbers of all bugs that were reported since; reads no record.

        `sources` names what each was made from, which takes memory for every bug.
        """
        return measure_bugs(self.index, now, since=since, sources=sources)

    def records_of(self, bugs: Iterable[BugSummary]) -> Iterator[BugRecord]:
        """Read the whole records of some bugs of a list, one at a time, in its order."""
        revision = self.tip()
        for bug in bugs:
            record = self.store.load(bug.id, revision)
            if record is not None:
                yield record

    def in_incidents(self) -> Bugs:
        """Return the records that belong to incidents, and problems of files that might."""
        places, problems = self.index.ask(lambda rows: (in_incidents(rows), find_problems(rows)))
        records = tuple(self.store.load_blob(*place) for place in places)
        return Bugs(records=records, problems=problems)

    def outlines(self, since: datetime) -> tuple[Outline, ...]:
        """Return what home pages and the week need of bugs; reads no record.

        Those that are open or have an open action item come the worst first, then those that were
        reported, verified or closed since a moment.
        """
        return self.index.ask(lambda rows: tuple(outlines(rows, since)))

    def agendas(self, policy: Policy) -> tuple[Agenda, ...]:
        """Return when the people of each unfinished bug are to be reminded, the worst first.

        A record is read when it is new, or the policy is; what is kept of it is small.
        """
        return self.store.in_brief(
            self.index.ask(unfinished), partial(agenda_of, policy=policy), as_of=policy
        )

    def history(self, bug: str) -> tuple[LoggedCommit, ...]:
        """Return the commits that changed one bug, oldest first."""
        return history.history_of(self.store, bug)

    def changes_since(self, cursor: str | None) -> Changes:
        """Return what announcements are made from: commits with records before and after."""
        return history.changes_since(self.store, cursor)

    def replaced(self, bug: str, commit: str) -> tuple[Replaced, ...]:
        """Return what a commit replaced that somebody else had set in the day before it."""
        return replaced.replaced(self.store, bug, commit)

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


def secret_rules_folder(settings: Settings | None = None) -> Path:
    """Return where the rules for secrets are kept ready.

    For checks, without settings, the environment alone tells: a `.env` in the folder that is
    checked may come from anybody.
    """
    told = settings or read_settings(env_file=None)
    if told.secret_rules_dir is not None:
        return told.secret_rules_dir.expanduser().absolute()
    return data_root(told) / _RULES_FOLDER
