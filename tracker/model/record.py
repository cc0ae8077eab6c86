"""The bug record: one YAML file, from the first report to the post-mortem."""

from typing import Annotated, Any, Literal

from pydantic import Field

from tracker.model.bug_id import BugId, IncidentId
from tracker.model.deployment import Deployment, Hotfix, Monitoring
from tracker.model.documents import (
    ActionItem,
    Communication,
    DocumentApproval,
    Postmortem,
    Related,
    ReleaseNotes,
    Resolution,
)
from tracker.model.fix import Evidence, Fix, Review
from tracker.model.incident_role import RoleTaken, Snooze
from tracker.model.investigation import Investigation, RootCause
from tracker.model.part import Part
from tracker.model.report import Environment, Impact, Report, Reported
from tracker.model.severity import Severity
from tracker.model.status import Status
from tracker.model.timeline import TimelineEntry
from tracker.model.triage import Assignment, Triage
from tracker.model.waiver import Relaxation, Waiver

Title = Annotated[str, Field(min_length=3, max_length=150, pattern=r"^[^\n]*$")]
"""A bug's title: one line, short enough for a modal and a table."""


class BugRecord(Part):
    """Everything known about one bug; empty sections are left out of the file."""

    schema_version: Literal[1] = Field(alias="schema")
    """Version of this format."""
    id: BugId
    """The bug's number; also the file's name."""
    title: Title
    """What is broken, in one line."""
    status: Status
    """Where it stands in its life."""
    severity: Severity | None = None
    """How bad it is; set by triage."""
    formerly: tuple[BugId, ...] = ()
    """Numbers it had before; they keep leading here."""
    policy: int | None = None
    """Version of the policy that its newest move was judged by."""
    incident: IncidentId | None = None
    """The incident that it belongs to, where another bug declared it."""
    reported: Reported
    """Who raised it."""
    environment: Environment = Environment()
    """Where it was seen."""
    impact: Impact = Impact()
    """What it does to users and the business."""
    report: Report
    """The bug as the reporter sees it."""
    triage: Triage | None = None
    """The severity assessment."""
    assignment: Assignment | None = None
    """Who takes it."""
    responders: tuple[RoleTaken, ...] = ()
    """Who has which role in its incident."""
    snooze: Snooze | None = None
    """Until when its reminders rest."""
    timeline: tuple[TimelineEntry, ...] = ()
    """What happened; entries are added, never taken away."""
    investigation: Investigation = Investigation()
    """Evidence on the way to the cause."""
    root_cause: RootCause | None = None
    """Why it exists."""
    fix: Fix | None = None
    """What makes it go away."""
    tests: tuple[Evidence, ...] = ()
    """Test runs, before and after the deployment."""
    reviews: tuple[Review, ...] = ()
    """Reviews of the fix."""
    hotfix: Hotfix | None = None
    """The hotfix track, where there is one."""
    deployments: tuple[Deployment, ...] = ()
    """Deployments of the fix."""
    monitoring: Monitoring = Monitoring()
    """What was watched after the deployment."""
    release_notes: ReleaseNotes | None = None
    """What users and colleagues are told."""
    postmortem: Postmortem | None = None
    """What we learn."""
    actions: tuple[ActionItem, ...] = ()
    """Action items."""
    communication: tuple[Communication, ...] = ()
    """Who was told what."""
    approvals: tuple[DocumentApproval, ...] = ()
    """Consent to documents."""
    related: tuple[Related, ...] = ()
    """Other bugs, tickets and changes."""
    waivers: tuple[Waiver, ...] = ()
    """Conditions that somebody waived for it."""
    relaxations: tuple[Relaxation, ...] = ()
    """Conditions that the policy did not apply, where it did not meet them."""
    resolution: Resolution | None = None
    """How it ended."""


SECTIONS: tuple[str, ...] = tuple(
    field.alias or name for name, field in BugRecord.model_fields.items()
)
"""The keys of a record in the order in which files hold them."""


def to_mapping(record: BugRecord) -> dict[str, Any]:
    """The record as plain values for YAML or JSON: empty sections left out, order kept."""
    return record.model_dump(mode="json", by_alias=True, exclude_defaults=True)
