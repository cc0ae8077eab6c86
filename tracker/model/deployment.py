"""The fix on its way to users, and what was watched afterwards."""

from enum import StrEnum
from typing import Final

from tracker.model.bug_id import IncidentId
from tracker.model.checklist import ChecklistItem
from tracker.model.part import Line, Moment, Part, Verbatim
from tracker.model.person import Person

MAIN: Final = "origin/main"
"""Where a hotfix starts when nobody says what production runs."""


class Deployment(Part):
    """One deployment of the fix."""

    at: Moment
    """When it was done."""
    by: Person
    """Who deployed."""
    stage: Line = "production"
    """Where to: production, staging."""
    version: Line
    """What was deployed: a version, tag or image."""
    target: Line | None = None
    """The service or stack that was updated."""
    method: Line | None = None
    """How: emergency hotfix, fast-track, next release."""
    command: Verbatim | None = None
    """The command that did it."""
    steps: tuple[Line, ...] = ()
    """Steps of the deployment, with how long each took or was allowed."""
    rolled_back_at: Moment | None = None
    """When it was rolled back, if it was."""
    rolled_back_because: Line | None = None
    """What was seen that led to it."""


class MonitoringSample(Part):
    """One metric, before the fix and at some moment after it."""

    metric: Line
    """What is measured."""
    before: Line | None = None
    """Its value while the bug was there."""
    after: Line
    """Its value at this moment."""
    at: Moment | None = None
    """When it was read."""


class Monitoring(Part):
    """What was watched after the deployment."""

    samples: tuple[MonitoringSample, ...] = ()
    """Metrics; the error rate before and after is required to verify."""
    immediate: tuple[ChecklistItem, ...] = ()
    """Checks within 15 minutes."""
    short_term: tuple[ChecklistItem, ...] = ()
    """Checks within 2 hours."""
    long_term: tuple[ChecklistItem, ...] = ()
    """Checks within 24 hours."""


class HotfixStep(StrEnum):
    """The eight steps, in order (workflow §3)."""

    DECLARE = "declare"
    BRANCH = "branch"
    IMPLEMENT = "implement"
    TEST = "test"
    REVIEW = "review"
    DEPLOY = "deploy"
    MONITOR = "monitor"
    BACKPORT = "backport"


class StepTaken(Part):
    """A step of the hotfix track that was taken."""

    step: HotfixStep
    """Which step."""
    at: Moment
    """When."""
    by: Person
    """Who took it."""
    detail: Line | None = None
    """What was done."""
    command: Verbatim | None = None
    """The commands that were run."""


class Hotfix(Part):
    """The hotfix track of a bug."""

    incident: IncidentId
    """The incident that was declared."""
    commander: Person
    """Who leads the response."""
    channel: Line | None = None
    """The incident's channel."""
    stakeholders: tuple[Line, ...] = ()
    """Who was told."""
    reason: Line | None = None
    """Why a bug below P1 is hotfixed."""
    base: Line | None = None
    """The production ref that the branch starts from: a tag, a commit or a branch of the remote."""
    branch: Line | None = None
    """The hotfix branch: `hotfix/<slug>`."""
    steps: tuple[StepTaken, ...] = ()
    """Steps taken, in order; a rolled-back hotfix takes some twice."""
    checklist: tuple[ChecklistItem, ...] = ()
    """The hotfix checklist."""
    backport: Line | None = None
    """The pull request or commit that brought the fix to main."""
