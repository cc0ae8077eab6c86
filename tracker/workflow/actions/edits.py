"""Edits that never change the state: notes, mitigation, impact, people told, links, to-dos."""

from operator import attrgetter
from typing import ClassVar, Literal, TypeAlias

from tracker.model.documents import Communication, Related, RelatedKind
from tracker.model.part import Line, Moment, Prose
from tracker.model.record import BugRecord
from tracker.model.report import Cost, Environment, Impact, Level, Measure
from tracker.workflow.action import Action, grown, renewed
from tracker.workflow.context import Context
from tracker.workflow.revision import Revision


class AddNote(Action):
    """Add something that happened to the timeline."""

    verb: ClassVar[str] = "note"
    example: ClassVar[str] = "Rolled back the 12:00 deployment on staging"
    closed_too: ClassVar[bool] = True

    text: Prose
    """What happened."""
    source: Line | None = None
    """Where it was said."""

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Only the timeline grows."""
        del context
        return record

    def event(self, record: BugRecord, context: Context) -> str:
        """The note."""
        del record, context
        return self.text

    def origin(self) -> str | None:
        """Where it was said."""
        return self.source

    def subject(self, record: BugRecord) -> str:
        """The note's first line."""
        del record
        return self.text.splitlines()[0]


class Mitigate(AddNote):
    """Record what stopped the damage: it stops the time-to-mitigate clock."""

    verb: ClassVar[str] = "mitigate"
    example: ClassVar[str] = "Manual code entry offered to all customers"
    closed_too: ClassVar[bool] = False


_Clearable: TypeAlias = Literal[
    "started", "detected", "ended", "affects", "functionality", "users", "business",
    "business_detail", "cost",
]  # fmt: skip


class UpdateImpact(Revision):
    """Set what is known about the impact and the environment."""

    verb: ClassVar[str] = "impact"
    example: ClassVar[str] = "users=~5,000 business=critical"

    started: Moment | None = None
    """When it began."""
    detected: Moment | None = None
    """When somebody or something first noticed."""
    ended: Moment | None = None
    """When users stopped being affected."""
    affects: Line | None = None
    """Who or what is affected."""
    functionality: Line | None = None
    """Which features are broken."""
    users: Line | None = None
    """How many users."""
    business: Level | None = None
    """How much it hurts the business."""
    business_detail: Line | None = None
    """Why it hurts that much."""
    measures: tuple[Measure, ...] = ()
    """Numbers before and after; one of the same name is replaced."""
    cost: Line | None = None
    """What the incident cost altogether."""
    costs: tuple[Cost, ...] = ()
    """What it cost, item by item; one of the same name is replaced."""
    environment: Environment | None = None
    """Where it is seen; replaces what was known."""
    clear: tuple[_Clearable, ...] = ()
    """Fields to empty; what is left out stays as it was."""

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Set what is given; keep the rest."""
        del context
        fields = (name for name in Impact.model_fields if name not in {"measures", "costs"})
        old = record.impact
        measures = renewed(old.measures, self.measures, attrgetter("name"))
        costs = renewed(old.costs, self.costs, attrgetter("what"))
        said = self.revised(Impact, *fields)
        impact = old.model_copy(update={**said, "measures": measures, "costs": costs})
        return record.model_copy(
            update={"impact": impact, "environment": self.environment or record.environment}
        )

    def subject(self, record: BugRecord) -> str:
        """What was taken out; else whom it hits, as far as known."""
        if self.clear:
            return f"no {', no '.join(name.replace('_', ' ') for name in self.clear)} any more"
        return record.impact.users or record.impact.affects or "updated"


class Communicate(Action):
    """Record that somebody was told something."""

    verb: ClassVar[str] = "communicate"
    example: ClassVar[str] = "whom=Support team how=briefing call"

    whom: Line
    """Who was told."""
    how: Line
    """Through what: channel, e-mail, call, status page."""
    message: Line | None = None
    """What they were told."""

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Add it to those told."""
        told = Communication(
            at=context.at, by=context.actor, whom=self.whom, how=self.how, message=self.message
        )
        return record.model_copy(update={"communication": (*record.communication, told)})

    def subject(self, record: BugRecord) -> str:
        """Who was told, and through what."""
        del record
        return f"told {self.whom} by {self.how}"


class LinkRelated(Action):
    """Link another bug, ticket or change."""

    verb: ClassVar[str] = "link"
    example: ClassVar[str] = "kind=follow_up ref=CR-130"
    closed_too: ClassVar[bool] = True

    kind: RelatedKind
    """How it relates."""
    ref: Line
    """Its id."""
    title: Line | None = None
    """What it is about."""
    link: Line | None = None
    """Its address."""

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Add the link."""
        del context
        item = Related(kind=self.kind, ref=self.ref, title=self.title, link=self.link)
        return record.model_copy(update={"related": grown(record.related, (item,))})

    def subject(self, record: BugRecord) -> str:
        """The other thing, and how it relates."""
        del record
        return f"linked {self.ref} ({self.kind.words.lower()})"
