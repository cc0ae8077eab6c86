"""A tracker on a real repository, as front ends open it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.real_git import RealGit
from tracker.assembly import Request, Tracker, open_tracker
from tracker.model.person import Person
from tracker.model.report import Environment
from tracker.settings import read_settings
from tracker.workflow.action import Action
from tracker.workflow.actions.report import ReportBug

SUPPORT = Person(name="Support Team", email="support@example.com")
NOON = datetime(2025, 1, 2, 12, tzinfo=UTC)


def report(title: str = "NFC redemption fails") -> ReportBug:
    return ReportBug(title=title, what_is_broken="It fails.", environment=Environment())


@dataclass(kw_only=True)
class Requests:
    """Makes requests with ids of their own."""

    count: int = 0

    def __call__(self, action: Action, bug: str | None = None) -> Request:
        """Ask for an action on a bug."""
        self.count += 1
        return Request(id=f"r-{self.count}", bug=bug, action=action, actor=SUPPORT)


def tracker_on(git: RealGit, data: Path, now: Callable[[], datetime] = lambda: NOON) -> Tracker:
    """Open a tracker on a repository with its data in a folder."""
    return open_tracker(
        read_settings(None, repository=str(git.path), data_dir=data, branch="main"), now=now
    )
