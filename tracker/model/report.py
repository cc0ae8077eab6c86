"""What was reported: who, where, what is broken, what it does to people."""

from enum import StrEnum

from tracker.model.part import Line, Moment, Part, Prose, Verbatim
from tracker.model.person import Person


class Level(StrEnum):
    """How much something matters, in the words of the bug report."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Reported(Part):
    """Who raised the bug, when and through what."""

    at: Moment
    """When it was reported."""
    by: Person
    """Who reported it."""
    source: Line | None = None
    """How it came in: support ticket, internal, user report, alert."""
    permalink: Line | None = None
    """The message that it was reported in."""


class Environment(Part):
    """Where the bug was seen."""

    stage: Line = "production"
    """Production, staging or another stage."""
    platform: Line | None = None
    """Operating systems, browsers or devices with their versions."""
    app_version: Line | None = None
    """Version of the application that people use."""
    api_version: Line | None = None
    """Version of the interface behind it."""
    portals: tuple[Line, ...] = ()
    """Portals, sites or tenants that are affected."""
    components: tuple[Line, ...] = ()
    """Components that are affected, by the names the policy gives them."""
    production_version: Line | None = None
    """What ran in production when it happened: a tag, image or commit."""
    deployed_at: Moment | None = None
    """When that version was deployed."""
    last_working: Line | None = None
    """The last version or state in which it worked."""


class Measure(Part):
    """One number or statement, before the fix and after it."""

    name: Line
    """What is measured: error rate, support tickets…"""
    before: Line | None = None
    """While the bug was there."""
    after: Line | None = None
    """Once it was fixed."""


class Cost(Part):
    """One thing that the incident cost."""

    what: Line
    """Engineering time, support time, revenue…"""
    amount: Line
    """How much, with its unit."""
    detail: Line | None = None
    """What it was spent on."""


class Impact(Part):
    """What the bug did to users and the business."""

    started: Moment | None = None
    """When it began, as far as known."""
    detected: Moment | None = None
    """When somebody or something first noticed; the report's time when left out."""
    ended: Moment | None = None
    """When users stopped being affected, if that was before the fix was verified."""
    affects: Line | None = None
    """Who or what is affected: all users, a share of them, one portal, an edge case."""
    functionality: Line | None = None
    """Which features are broken."""
    users: Line | None = None
    """How many users, as far as known."""
    business: Level | None = None
    """How much it hurts the business."""
    business_detail: Line | None = None
    """Why it hurts that much."""
    measures: tuple[Measure, ...] = ()
    """Error rate, tickets and other numbers, before and after."""
    cost: Line | None = None
    """What the incident cost altogether, where somebody worked it out."""
    costs: tuple[Cost, ...] = ()
    """What the incident cost, item by item."""


class AttachmentKind(StrEnum):
    """What an attachment shows."""

    SCREENSHOT = "screenshot"
    VIDEO = "video"
    NETWORK = "network"
    LOG = "log"
    OTHER = "other"

    @property
    def words(self) -> str:
        """The kind as people read it."""
        return "network request and response" if self is AttachmentKind.NETWORK else self.value


class Attachment(Part):
    """A file kept beside the record, or evidence that is kept elsewhere."""

    name: Line
    """File name below `bugs/<folder>/<ID>/`, or what the link leads to."""
    kind: AttachmentKind | None = None
    """What kind of evidence it is."""
    link: Line | None = None
    """Its address, when it is not kept beside the record."""
    description: Line | None = None
    """What it shows."""


class Report(Part):
    """The bug as the reporter sees it."""

    what_is_broken: Prose
    """What does not work."""
    production_down: bool = False
    """Whether production is down, as the reporter sees it: then people are called at once."""
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
    """The language of that program, for colours."""
    logs: Verbatim | None = None
    """Log lines and error messages, as they are."""
    stack_trace: Verbatim | None = None
    """The whole stack trace, where the log holds only a part of it."""
    attachments: tuple[Attachment, ...] = ()
    """Screenshots and other files."""
