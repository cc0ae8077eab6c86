"""What is written for others: release notes, post-mortem, and who was told."""

from datetime import date
from enum import StrEnum

from tracker.model.changelog import ChangeLine
from tracker.model.checklist import ChecklistItem
from tracker.model.part import Key, Line, Moment, Part, Prose
from tracker.model.person import Person


class DocumentKind(StrEnum):
    """Documents that are published and approved."""

    RELEASE_NOTES = "release_notes"
    POSTMORTEM = "postmortem"

    @property
    def words(self) -> str:
        """The document as people call it."""
        return {"release_notes": "release notes", "postmortem": "post-mortem"}[self.value]


class Publication(Part):
    """One published revision of a document."""

    version: Line
    """1.0 for the first, then 1.1, 1.2…"""
    at: Moment
    """When it was published."""
    by: Person
    """Who published it."""


class ReleaseNotes(Part):
    """What users and colleagues are told about the fix."""

    version: Line | None = None
    """The version of the product that carries the fix."""
    summary: Prose
    """The bug and the fix in a few sentences."""
    symptom: Line | None = None
    """What people saw."""
    components: tuple[Line, ...] = ()
    """Components that are affected."""
    deployment_type: Line | None = None
    """Emergency hotfix, fast-track or next release."""
    success_criteria: tuple[ChecklistItem, ...] = ()
    """What shows that the fix works."""
    prevention_now: tuple[Line, ...] = ()
    """What was done at once to prevent a repeat."""
    prevention_later: tuple[Line, ...] = ()
    """What will be done."""
    documentation: tuple[ChecklistItem, ...] = ()
    """Documents that were written or updated."""
    changelog: tuple[ChangeLine, ...] = ()
    """What the changelog says of this version."""
    published: tuple[Publication, ...] = ()
    """Published revisions, oldest first."""


class PreventionKind(StrEnum):
    """Where a prevention measure takes hold."""

    TESTING = "testing"
    PROCESS = "process"
    DEPLOYMENT = "deployment"
    MONITORING = "monitoring"
    CODE = "code"
    DOCUMENTATION = "documentation"


class Prevention(Part):
    """One measure against a repeat."""

    kind: PreventionKind
    """Where it takes hold."""
    text: Line
    """What is done."""


class Postmortem(Part):
    """What we learn from the incident."""

    summary: Prose | None = None
    """What happened, for somebody who was not there."""
    ended: Moment | None = None
    """When the incident was over."""
    went_well: tuple[Line, ...] = ()
    """What went well."""
    went_wrong: tuple[Line, ...] = ()
    """What went wrong."""
    prevention: tuple[Prevention, ...] = ()
    """Measures against a repeat, by kind."""
    lessons: tuple[Line, ...] = ()
    """What we learned."""
    meeting: Moment | None = None
    """When the team went through it."""
    shared_with: tuple[Line, ...] = ()
    """Who the lessons were shared with."""
    published: tuple[Publication, ...] = ()
    """Published revisions, oldest first."""


class Horizon(StrEnum):
    """By when an action item is meant to be done."""

    IMMEDIATE = "immediate"
    SHORT_TERM = "short_term"
    LONG_TERM = "long_term"

    @property
    def words(self) -> str:
        """The horizon with its span, as the post-mortem template names it."""
        return {
            "immediate": "Immediate (this week)",
            "short_term": "Short-term (this month)",
            "long_term": "Long-term (this quarter)",
        }[self.value]


class ActionItem(Part):
    """Something to do so that it does not happen again."""

    key: Key
    """Keeps this item apart from others through merges."""
    text: Line
    """What is to be done."""
    horizon: Horizon
    """By when, roughly."""
    owner: Person | None = None
    """Who does it."""
    due: date | None = None
    """The due date."""
    added_at: Moment | None = None
    """When it was written down: a closing before that did not have to wait for its owner."""
    done_at: Moment | None = None
    """When it was done."""
    link: Line | None = None
    """Its ticket."""


class Communication(Part):
    """Somebody who was told something."""

    at: Moment
    """When."""
    by: Person
    """Who told them."""
    whom: Line
    """Who was told."""
    how: Line
    """Through what: channel, e-mail, call, status page."""
    message: Line | None = None
    """What they were told."""


class DocumentApproval(Part):
    """A person's consent to a document."""

    document: DocumentKind
    """Which document."""
    role: Line
    """In what role: Engineering Lead, On-call Engineer…"""
    by: Person
    """Who approved."""
    at: Moment
    """When."""


class RelatedKind(StrEnum):
    """How another thing relates to this bug."""

    SIMILAR = "similar"
    DUPLICATE = "duplicate"
    ENHANCEMENT = "enhancement"
    FOLLOW_UP = "follow_up"
    CAUSED_BY = "caused_by"

    @property
    def words(self) -> str:
        """The relation as the release notes name it."""
        return {
            "similar": "Similar past issue",
            "duplicate": "Duplicate",
            "enhancement": "Related enhancement",
            "follow_up": "Follow-up work",
            "caused_by": "Caused by",
        }[self.value]


class Related(Part):
    """Another bug, ticket or change."""

    kind: RelatedKind
    """How it relates."""
    ref: Line
    """Its id: a bug of this repository, or another system's ticket."""
    title: Line | None = None
    """What it is about."""
    link: Line | None = None
    """Its address."""


class ResolutionKind(StrEnum):
    """How a bug ended."""

    FIXED = "fixed"
    NOT_REPRODUCED = "not_reproduced"
    DUPLICATE = "duplicate"
    WONT_FIX = "wont_fix"
    NO_DEPLOYMENT = "no_deployment"


class Resolution(Part):
    """How and why the bug was closed."""

    kind: ResolutionKind
    """How it ended."""
    at: Moment
    """When it was closed."""
    by: Person
    """Who closed it."""
    reason: Prose | None = None
    """Why."""
    duplicate_of: Line | None = None
    """The bug that this one repeats."""
