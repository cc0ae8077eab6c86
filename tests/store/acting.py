"""A shared repository with one replica on it, and actions to give to it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tracker.model.person import Person
from tracker.model.report import Environment
from tracker.store.bug_store import BugStore
from tracker.store.clone import open_clone
from tracker.store.commit_builder import CommitBuilder
from tracker.store.commit_path import CommitPath
from tracker.store.ledger import open_ledger, sqlite_url
from tracker.store.outcome import Outcome
from tracker.store.remote import Remote, resolve_remote
from tracker.store.request import Request
from tracker.store.request_index import RequestIndex
from tracker.workflow.action import Action
from tracker.workflow.actions.edits import AddNote
from tracker.workflow.actions.report import ReportBug

SUPPORT = Person(name="Support Team", email="support@example.com")
NOON = datetime(2025, 1, 2, 12, tzinfo=UTC)


def report(title: str = "NFC redemption fails") -> ReportBug:
    return ReportBug(title=title, what_is_broken="It fails.", environment=Environment())


def note(text: str, at: datetime | None = None) -> AddNote:
    return AddNote(text=text, at=at)


@dataclass(frozen=True, kw_only=True)
class Replica:
    """One bot or command line with its own data directory."""

    path: CommitPath
    store: BugStore

    def submit(self, request: str, action: Action, bug: str | None = None) -> None:
        """Put an action into the outbox."""
        given = Request(id=request, bug=bug, action=action, actor=SUPPORT)
        self.path.submit(given, NOON)

    def act(self, request: str, action: Action, bug: str | None = None) -> Outcome | None:
        """Put an action into the outbox and commit all that waits there."""
        self.submit(request, action, bug)
        self.path.commit_pending()
        return self.path.outcome(request)

    def close(self) -> None:
        """Let go of the ledger."""
        self.path.ledger.close()


def replica(folder: Path, remote: Path) -> Replica:
    """Open a replica; what it did before is still there."""
    return replica_of(folder, resolve_remote(str(remote), "main"))


def replica_of(folder: Path, remote: Remote, *, timeout: float = 60) -> Replica:
    """Open a replica on a remote that need not be there."""
    clone = open_clone(folder, remote, timeout=timeout)
    store = BugStore(clone=clone)
    builder = CommitBuilder(store=store, requests=RequestIndex(index=store.index))
    ledger = open_ledger(sqlite_url(folder / "ledger.sqlite3"))
    path = CommitPath(
        clone=clone, ledger=ledger, builder=builder, now=lambda: NOON + timedelta(minutes=1)
    )
    return Replica(path=path, store=store)
