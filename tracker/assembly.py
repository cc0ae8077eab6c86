"""The only place that picks real parts: settings in, everything that front ends may ask for out."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import platformdirs

from tracker import clock
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.operations import act, history, investigate, read_bugs, similar_bugs
from tracker.operations.history import BugChange, Changes, CommitChanges
from tracker.operations.intake import Intake
from tracker.operations.investigate import Gathered, Inquiry, Log
from tracker.operations.read_bugs import BugFilter, UnknownBugError
from tracker.settings import Settings
from tracker.store.bug_store import Bugs, BugStore
from tracker.store.clone import open_clone
from tracker.store.commit_builder import CommitBuilder
from tracker.store.commit_log import LoggedCommit, RequestIndex
from tracker.store.commit_path import CommitPath, Settled
from tracker.store.ledger import Ledger, RootMessage, open_ledger, sqlite_url
from tracker.store.outcome import Outcome, Recorded, Waiting
from tracker.store.remote import Remote, resolve_remote
from tracker.store.request import Request
from tracker.store.secrets import SecretScanner
from tracker.workflow.decision import Accepted, Refused
from tracker.workflow.similarity import SimilarBug

__all__ = [
    "BugChange",
    "BugFilter",
    "Bugs",
    "Changes",
    "CommitChanges",
    "Gathered",
    "Inquiry",
    "Ledger",
    "Log",
    "LoggedCommit",
    "Outcome",
    "Recorded",
    "Request",
    "RootMessage",
    "Settled",
    "Tracker",
    "UnknownBugError",
    "Waiting",
    "open_tracker",
]

_UNSAFE: Final = re.compile(r"[^A-Za-z0-9]+")


@dataclass(frozen=True, kw_only=True)
class Tracker:
    """Everything that the bot, the command line and the checks may ask for.

    Expected trouble is a TroubleError or ProblemsFound, whose text is ready to be shown.
    """

    remote: Remote
    folder: Path
    store: BugStore
    path: CommitPath
    ledger: Ledger
    intake: Intake
    now: Callable[[], datetime]

    def tip(self) -> str | None:
        """Return the newest commit that is known here; None while there is none."""
        return self.store.clone.tip()

    def refresh(self) -> str | None:
        """Fetch; return a sentence when that was not possible and older knowledge must do."""
        return act.refresh(self.path)

    def policy(self) -> Policy:
        """Return the team's policy."""
        return self.store.policy(self.tip())

    def find(self, typed: str) -> str:
        """Return the id that a person meant; raises UnknownBugError with the nearest ids."""
        return read_bugs.find_bug(self.store, self.tip(), typed)

    def load(self, typed: str) -> BugRecord:
        """Return the bug that a person meant; raises UnknownBugError with the nearest ids."""
        return read_bugs.load_bug(self.store, self.tip(), typed)

    def all_bugs(self) -> Bugs:
        """Return every record by number, and the problems of files that cannot be read."""
        return self.store.all_bugs(self.tip())

    def list_bugs(self, wanted: BugFilter) -> Bugs:
        """Return the records that fit, the worst first."""
        return read_bugs.list_bugs(self.store, self.tip(), wanted)

    def history(self, bug: str) -> tuple[LoggedCommit, ...]:
        """Return the commits that changed one bug, oldest first."""
        return history.history_of(self.store, bug, self.tip())

    def changes_since(self, cursor: str | None) -> Changes:
        """Return what announcements are made from: commits with records before and after."""
        return history.changes_since(self.store, cursor)

    def similar(self, record: BugRecord, *, most: int = 5) -> tuple[SimilarBug, ...]:
        """Return the bugs that share most with this one, the nearest first."""
        return similar_bugs.bugs_like(self.store, self.tip(), record, most=most)

    def investigate(self, inquiry: Inquiry) -> Gathered:
        """Gather evidence that the record does not hold yet; writes nothing."""
        return investigate.investigate(self.store, self.intake, self.tip(), inquiry)

    def judge(self, request: Request) -> Accepted | Refused:
        """Judge on what is known here, as for a form; writes nothing and takes milliseconds."""
        return act.judge(self.path, self.intake, request, self.now())

    def submit(self, request: Request) -> None:
        """Keep a judged request durably and return; `commit_pending` does the rest."""
        act.submit(self.path, self.intake, request, self.now())

    def secrets_in(self, request: Request) -> tuple[str, ...]:
        """Return the kinds of secrets that are taken out of a request, to tell its author."""
        return self.intake.take(request.action).secrets

    def without_secrets(self, value: dict[str, Any]) -> dict[str, Any]:
        """Return the same values with each secret in their texts replaced by its kind."""
        return self.intake.scanner.redact(value).value

    def warm_up(self) -> None:
        """Load the rules for secrets now, which takes seconds the first time, not when asked."""
        self.intake.scanner.warm_up()

    def commit_pending(self) -> tuple[Settled, ...]:
        """Bring what was kept into the shared repository; what cannot be shared now stays kept."""
        return self.path.commit_pending()

    def outcome(self, request: str) -> Outcome | None:
        """Tell what became of a request; None when it was never submitted."""
        return self.path.outcome(request)

    def wait(self, request: str, *, patience: float) -> Outcome | None:
        """Wait so many seconds until a request is settled, by whichever process."""
        return act.wait(self.path, request, patience=patience)

    def act(self, request: Request) -> Outcome | None:
        """Refresh, judge, submit and commit in one call, as the command line does."""
        return act.act(self.path, self.intake, request, self.now())

    def close(self) -> None:
        """Let go of the ledger; the clone needs no goodbye."""
        self.ledger.close()


def open_tracker(
    settings: Settings,
    *,
    progress: Callable[[str], None] | None = None,
    now: Callable[[], datetime] = clock.now,
) -> Tracker:
    """Find the repository, clone it when that was not done yet, open the ledger.

    `progress` hears git's own lines during a first clone. Raises a TroubleError.
    """
    remote = resolve_remote(settings.repository, settings.branch)
    folder = data_folder(settings, remote)
    clone = open_clone(folder, remote, progress=progress)
    store = BugStore(clone=clone)
    ledger = open_ledger(settings.database_url or sqlite_url(folder / "ledger.sqlite3"))
    builder = CommitBuilder(store=store, requests=RequestIndex(clone=clone))
    path = CommitPath(clone=clone, ledger=ledger, builder=builder, now=now)
    intake = Intake(scanner=SecretScanner(cache_folder=folder.parent / "secret-rules"))
    return Tracker(
        remote=remote,
        folder=folder,
        store=store,
        path=path,
        ledger=ledger,
        intake=intake,
        now=now,
    )


def data_folder(settings: Settings, remote: Remote) -> Path:
    """Return the folder of one remote and branch, below the one that the settings name."""
    root = settings.data_dir or platformdirs.user_data_path("bugbook")
    words = _UNSAFE.sub("-", remote.address.rstrip("/").rpartition("/")[2]).strip("-")
    key = hashlib.blake2s(f"{remote.address}\n{remote.branch}".encode()).hexdigest()[:12]
    return root.expanduser().absolute() / f"{words[:40] or 'repository'}-{key}"
