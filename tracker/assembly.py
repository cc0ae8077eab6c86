"""The only place that picks real parts: settings in, everything that front ends may ask for out."""

import contextlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tracker import clock
from tracker.library import Library, open_library, secret_rules_folder
from tracker.model.trouble import TroubleError
from tracker.operations import act, investigate
from tracker.operations.committing import Committer
from tracker.operations.history import BugChange, Changes, CommitChanges
from tracker.operations.intake import Intake, allowed_texts
from tracker.operations.investigate import Gathered, Inquiry, Log
from tracker.operations.left_waiting import became_of, left_waiting
from tracker.operations.read_bugs import Hits, Listing, UnknownBugError
from tracker.settings import Settings
from tracker.store.bug_store import Bugs
from tracker.store.commit_builder import CommitBuilder
from tracker.store.commit_log import LoggedCommit
from tracker.store.commit_path import SHARED, CommitPath, Settled
from tracker.store.deliveries import Deliveries, DeliveryState
from tracker.store.errands import Errand, Errands
from tracker.store.judging import Wish
from tracker.store.leadership import Leadership, process_name
from tracker.store.ledger import Ledger, RootMessage, open_ledger, sqlite_url
from tracker.store.ledger_answers import OwedAnswer
from tracker.store.ledger_trouble import LedgerError
from tracker.store.outbox import OutboxEntry
from tracker.store.outcome import Outcome, Recorded, Waiting
from tracker.store.quotes import Quote
from tracker.store.request import Request
from tracker.store.request_index import RequestIndex
from tracker.store.rooms import Room
from tracker.store.secrets import scanner_with
from tracker.workflow.bug_filter import BugFilter
from tracker.workflow.decision import Accepted, Reason, Refused

__all__ = [
    "BugChange",
    "BugFilter",
    "Bugs",
    "Changes",
    "CommitChanges",
    "Deliveries",
    "DeliveryState",
    "Errand",
    "Errands",
    "Gathered",
    "Hits",
    "Inquiry",
    "Ledger",
    "LedgerError",
    "Listing",
    "Log",
    "LoggedCommit",
    "OutboxEntry",
    "Outcome",
    "OwedAnswer",
    "Quote",
    "Recorded",
    "Request",
    "Room",
    "RootMessage",
    "Settled",
    "Tracker",
    "UnknownBugError",
    "Waiting",
    "Wish",
    "open_tracker",
]


@dataclass(frozen=True, kw_only=True)
class Tracker(Library):
    """Everything that the bot, the command line and the checks may ask for: to read and to act."""

    path: CommitPath
    ledger: Ledger
    leadership: Leadership
    committer: Committer
    intake: Intake
    now: Callable[[], datetime]

    def investigate(self, inquiry: Inquiry) -> Gathered:
        """Gather evidence that the record does not hold yet; writes nothing."""
        return investigate.investigate(self.store, self.intake, self.tip(), inquiry)

    def judge(self, request: Request) -> Accepted | Refused:
        """Judge on what is known here, as for a form; writes nothing and takes milliseconds."""
        return act.judge(self.path, self.intake, request, self.now())

    def obstacles(self, wish: Wish) -> tuple[Reason, ...]:
        """Say why every action of a name would be refused, so that no form is opened for it."""
        return act.obstacles(self.path, wish, self.now())

    def submit(
        self, request: Request, owed: OwedAnswer | None = None, instead_of: str = ""
    ) -> bool:
        """Keep a judged request durably and return; `commit_pending` does the rest.

        False when it was kept before, and nothing changes then.
        `owed` is who waits to hear of it, `instead_of` another answer that is owed no more.
        """
        return act.submit(self.path, self.intake, request, self.now(), owed, instead_of)

    def secrets_in(self, request: Request) -> tuple[str, ...]:
        """Return the kinds of secrets that are taken out of a request, to tell its author."""
        return self.intake.take(request.action, self._allowed()).secrets

    def without_secrets(self, value: dict[str, Any]) -> dict[str, Any]:
        """Return the same values with each secret in their texts replaced by its kind."""
        return self.intake.scanner.redact(value, self._allowed()).value

    def _allowed(self) -> tuple[str, ...]:
        return allowed_texts(self.store, self.tip())

    def warm_up(self) -> None:
        """Load the rules for secrets and build the index now, which takes long the first time."""
        self.intake.scanner.warm_up()
        self.store.index.warm_up()

    def catch_up(self, commit: str | None = None) -> None:
        """Fetch where a commit is not known here, or the newest that a replica has shared.

        Where the remote does not answer, older knowledge must do.
        """
        shared = commit or (self.ledger.cursor(SHARED) if self.ledger.shared else None)
        if shared is not None and not self.store.clone.has(shared):
            self.refresh()

    def commit_pending(self) -> tuple[Settled, ...]:
        """Bring what was kept into the shared repository; what cannot be shared now stays kept."""
        return self.committer.round()

    def outcome(self, request: str) -> Outcome | None:
        """Tell what became of a request; None when it was never submitted."""
        return self.path.outcome(request)

    def settled_among(self, requests: Collection[str], *, patience: float) -> Mapping[str, Outcome]:
        """Wait so many seconds until some of the requests are settled, by whichever process."""
        return act.settled_among(self.path, requests, patience=patience)

    def act(self, request: Request) -> Outcome | None:
        """Refresh, judge, submit and commit in one call, as the command line does."""
        return act.act(self.committer, self.intake, request, self.now())

    def left_waiting(self) -> tuple[OutboxEntry, ...]:
        """Return what was saved at a terminal before and is not shared, or not any more."""
        return left_waiting(self.committer)

    def became_of(self, waited: Collection[OutboxEntry]) -> tuple[str, ...]:
        """Tell of each that is shared or refused since."""
        return tuple(became_of(self.path, waited))

    def close(self) -> None:
        """Let go of the ledger, and of leading; the clone needs no goodbye."""
        with contextlib.suppress(TroubleError):  # a lease that cannot be given back ends by itself
            self.leadership.resign()
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
    library = open_library(settings, progress=progress)
    store, folder = library.store, library.folder
    clone = store.clone
    ledger = open_ledger(settings.database_url or sqlite_url(folder / "ledger.sqlite3"))
    if ledger.shared:
        ledger.belong_to(library.remote.name)
    builder = CommitBuilder(
        store=store, requests=RequestIndex(index=store.index), file=ledger.files.read
    )
    path = CommitPath(clone=clone, ledger=ledger, builder=builder, now=now)
    leadership = Leadership(ledger=ledger, lock=folder / "leader.lock", owner=process_name())
    intake = Intake(scanner=scanner_with(secret_rules_folder(settings)))
    return Tracker(
        remote=library.remote,
        folder=folder,
        store=store,
        index=store.index,
        path=path,
        ledger=ledger,
        leadership=leadership,
        committer=Committer(path=path, leadership=leadership),
        intake=intake,
        now=now,
    )
