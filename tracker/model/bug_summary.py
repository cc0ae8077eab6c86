"""What a list shows of a bug: plain values, loaded without the models of the whole record."""

from dataclasses import dataclass
from datetime import datetime

from tracker.model.severity import Severity
from tracker.model.status import Status


@dataclass(frozen=True, kw_only=True, slots=True)
class Happening:
    """One entry of a timeline."""

    at: datetime
    who: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class BugSummary:
    """One line of a list; people by their names and e-mail addresses, empty where nobody is."""

    id: str
    title: str
    status: Status
    severity: Severity | None
    reported_at: datetime
    reporter: str
    reporter_email: str
    assignee: str = ""
    assignee_email: str = ""
    backup_email: str = ""
    commander: str = ""
    commander_email: str = ""
    """Who leads the hotfix."""
    on_hotfix_track: bool = False
    category: str = ""
    pattern: str = ""
    components: tuple[str, ...] = ()
    incident: str = ""
    """The incident that the bug declared or joined."""
    formerly: tuple[str, ...] = ()
    root_cause: str = ""
