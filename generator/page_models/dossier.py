"""Everything that the pages of one bug are made from."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from generator.page_models.attachments import AttachedFile
from generator.page_models.page import AsOf
from tracker.model.policy import Policy, SeverityRule
from tracker.model.record import BugRecord
from tracker.workflow.clocks import Spans, Target, limits_of, targets_of
from tracker.workflow.counted import Facts
from tracker.workflow.field_changes import Revision
from tracker.workflow.measured import facts_of


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
    files: tuple[AttachedFile, ...] = ()
    """The attachments that are kept beside the record."""
    revisions: tuple[Revision, ...] = ()
    """The commits of the record, the newest first; without any the bug has no history page."""
    commits_at: str = ""
    """What stands before a commit's id in its address on the web."""
    problems: tuple[str, ...] = ()
    """What is wrong with the record's file; the record is then an earlier version."""

    @cached_property
    def facts(self) -> Facts:
        """What the record gives to clocks and numbers."""
        return facts_of(self.record)

    @property
    def spans(self) -> Spans:
        """How long things took."""
        return self.facts.spans

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """How the clocks stand that have a target."""
        return targets_of(self.facts.clocks, limits_of(self.policy), self.now)

    @cached_property
    def reported_at(self) -> datetime:
        """When it was reported, in UTC."""
        return self.record.reported.at.astimezone(UTC)

    @cached_property
    def month(self) -> str:
        """The month of the report: `2026-03`, in UTC."""
        return self.reported_at.isoformat()[:7]

    @cached_property
    def is_open(self) -> bool:
        """Whether it is not closed."""
        return self.record.status.is_open

    @cached_property
    def rule(self) -> SeverityRule:
        """What the bug's severity asks for."""
        return self.policy.rule(self.record.severity)
