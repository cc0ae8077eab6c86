"""What listed bugs have in common."""

from dataclasses import dataclass
from datetime import datetime

from tracker.model.severity import Severity
from tracker.model.status import Status


@dataclass(frozen=True, kw_only=True)
class BugFilter:
    """What listed bugs have in common; an empty part leaves all through."""

    statuses: tuple[Status, ...] = ()
    severities: tuple[Severity, ...] = ()
    is_open: bool | None = None
    assignee: str = ""
    """An e-mail address."""
    concerning: str = ""
    """The e-mail address of the assignee, the backup, the reporter or the hotfix's commander."""
    category: str = ""
    component: str = ""
    pattern: str = ""
    incident: str = ""
    on_hotfix_track: bool | None = None
    reported_since: datetime | None = None
    text: str = ""
    """Words that the title or the description of what is broken contains."""
