"""Report a bug: the only action that needs no record."""

from typing import ClassVar

from tracker.model.bug_id import BugId
from tracker.model.part import Line, Moment, Prose, Verbatim
from tracker.model.person import Person
from tracker.model.record import BugRecord, Title
from tracker.model.report import Environment, Impact, Level, Report, Reported
from tracker.model.status import Status
from tracker.workflow.action import Move
from tracker.workflow.context import Context


class ReportBug(Move):
    """Report a bug: what is broken, where, and what it does to people."""

    verb: ClassVar[str] = "report"
    example: ClassVar[str] = "NFC redemption fails with Invalid signature"

    id: BugId | None = None
    """Its number, for bugs that have one already; otherwise the next free one."""
    title: Title
    """What is broken, in one line."""
    what_is_broken: Prose
    """What does not work."""
    production_down: bool = False
    """Whether production is down: then people are called at once, before anybody has judged it."""
    expected: Prose | None = None
    """What should happen."""
    actual: Prose | None = None
    """What happens instead."""
    frequency: tuple[Line, ...] = ()
    """How often it happens."""
    steps: tuple[Line, ...] = ()
    """Steps to reproduce, one a line."""
    minimal_reproduction: Verbatim | None = None
    """The smallest command or program that shows it."""
    reproduction_language: Line | None = None
    """The language of that program."""
    logs: Verbatim | None = None
    """Log lines and error messages, as they are."""
    stack_trace: Verbatim | None = None
    """The whole stack trace."""
    source: Line | None = None
    """How it came in: support ticket, internal, user report, alert."""
    permalink: Line | None = None
    """The message that it was reported in."""
    reporter: Person | None = None
    """Who reported it, when that is not the person who writes it down."""
    environment: Environment
    """Where it was seen."""
    started: Moment | None = None
    """When it began."""
    detected: Moment | None = None
    """When somebody or something first noticed."""
    affects: Line | None = None
    """Who or what is affected."""
    functionality: Line | None = None
    """Which features are broken."""
    users: Line | None = None
    """How many users, as far as known."""
    business: Level | None = None
    """How much it hurts the business."""

    def numbered(self, bug_id: str) -> "ReportBug":
        """The same report under a number."""
        return self.model_copy(update={"id": bug_id})

    def create(self, context: Context) -> BugRecord:
        """The new record; the report must have its number."""
        return BugRecord(
            schema_version=1,
            id=self.id or context.policy.ids[0].of(0),
            title=self.title,
            status=Status.REPORTED,
            reported=Reported(
                at=context.at,
                by=self.reporter or context.actor,
                source=self.source,
                permalink=self.permalink,
            ),
            environment=self.environment,
            impact=Impact(
                started=self.started,
                detected=self.detected,
                affects=self.affects,
                functionality=self.functionality,
                users=self.users,
                business=self.business,
            ),
            report=Report(
                what_is_broken=self.what_is_broken,
                production_down=self.production_down,
                expected=self.expected,
                actual=self.actual,
                frequency=self.frequency,
                steps=self.steps,
                minimal_reproduction=self.minimal_reproduction,
                reproduction_language=self.reproduction_language,
                logs=self.logs,
                stack_trace=self.stack_trace,
            ),
        )

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """A report changes no record: it makes one."""
        del context
        return record

    def event(self, record: BugRecord, context: Context) -> str:
        """The title."""
        del context
        return f"Reported: {record.title}"

    def origin(self) -> str | None:
        """The message it was reported in."""
        return self.permalink

    def subject(self, record: BugRecord) -> str:
        """The title."""
        return record.title
