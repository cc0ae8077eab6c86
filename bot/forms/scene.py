"""What a form may know while it is shown or read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tracker.model.person import Person
from tracker.model.policy import Policy
from tracker.model.record import BugRecord


class UnreadableError(Exception):
    """An entry that cannot be understood; its text is the sentence for the person."""


@dataclass(frozen=True, kw_only=True)
class Scene:
    """The bug (``None`` for a report), the policy, and who is who."""

    record: BugRecord | None
    policy: Policy
    people: Mapping[str, Person] = field(default_factory=dict)
    """People by Slack id, for what was entered."""
    user_ids: Mapping[str, str] = field(default_factory=dict)
    """Slack ids by e-mail, for what is shown."""
    prefill: Mapping[str, str] = field(default_factory=dict)
    """What was typed before the form was opened, by field."""
    refused: Mapping[str, str] = field(default_factory=dict)
    """What the rules have against it, by field."""
    drafted: datetime | None = None
    """When that was, for what was entered in the form itself and not submitted."""
    names: tuple[str, ...] = ()
    """What people of the workspace are called, to suggest one for a slip."""
    similar: tuple[str, ...] = ()
    """Bugs that are like this one, a line each."""
