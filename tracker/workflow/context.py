"""What a rule may know beside the record."""

from dataclasses import dataclass
from datetime import datetime

from tracker.model.person import Person
from tracker.model.policy import Policy
from tracker.model.record import BugRecord


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the other records and the past say, as far as an action asks; `None` is not known."""

    bugs: frozenset[str] | None = None
    """Every number that leads to a bug."""
    incidents: frozenset[str] | None = None
    """Every incident of the other bugs."""
    before: BugRecord | None = None
    """The record as it was before its newest change."""
    beside: frozenset[str] | None = None
    """The names of the files that lie in the record's folder."""


@dataclass(frozen=True, kw_only=True)
class Context:
    """Who acts, under which policy, when; ``at`` is when it happened, ``now`` when it is judged."""

    actor: Person
    policy: Policy
    now: datetime
    at: datetime
    known: Known = Known()
