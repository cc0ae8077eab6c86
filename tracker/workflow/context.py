"""What a rule may know beside the record."""

from dataclasses import dataclass
from datetime import datetime

from tracker.model.person import Person
from tracker.model.policy import Policy


@dataclass(frozen=True, kw_only=True)
class Context:
    """Who acts, under which policy, when; ``at`` is when it happened, ``now`` when it is judged."""

    actor: Person
    policy: Policy
    now: datetime
    at: datetime
