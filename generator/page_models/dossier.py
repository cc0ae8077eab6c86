"""Everything that the pages of one bug are made from."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime

from generator.page_models.page import AsOf
from tracker.model.policy import Policy, SeverityRule
from tracker.model.record import BugRecord


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """A record, the policy it is judged by, and the moment at which it is looked at."""

    record: BugRecord
    policy: Policy
    now: datetime
    """What clocks that still run are read against: the time of a commit, never the clock's."""
    as_of: AsOf | None = None
    known: Container[str] = frozenset()
    """Bugs that have a page, old numbers included."""
    problems: tuple[str, ...] = ()
    """What is wrong with the record's file; the record is then an earlier version."""

    @property
    def rule(self) -> SeverityRule:
        """What the bug's severity asks for."""
        return self.policy.rule(self.record.severity)
