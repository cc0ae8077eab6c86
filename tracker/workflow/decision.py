"""The answer to an action: accepted with the new record, or refused with every reason."""

from dataclasses import dataclass
from typing import Final

from tracker.model.record import BugRecord
from tracker.model.timeline import TimelineEntry

MADE: Final = "made"
"""The gate of a move that was made and still holds."""
NOTHING: Final = "nothing-new"
"""The gate of an edit that would change nothing."""
DONE: Final = frozenset({MADE, NOTHING, "hotfix-taken", "hotfix-declared", "consent"})
"""Gates of what is recorded already, which waiting does not make possible."""


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One condition that is not met."""

    sentence: str
    """What is missing and what to do, the same in Slack, on the command line and in a review."""
    gate: str
    """Short name of the condition, for tests and annotations."""
    remedy: str | None = None
    """The command that meets the condition: ``assign``, ``release-notes``…"""
    field: str | None = None
    """Where in the record or the form the missing piece belongs."""
    waiver: str | None = None
    """Who may waive the condition for this bug, as a sentence, where the policy allows it."""


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """The record as it becomes, and what the action added to its timeline."""

    record: BugRecord
    entries: tuple[TimelineEntry, ...]
    subject: str
    """What to say of the action in a commit's subject, without the bug's id."""


@dataclass(frozen=True, kw_only=True)
class Refused:
    """Nothing changes; the reasons are all there are."""

    reasons: tuple[Reason, ...]


Decision = Accepted | Refused
