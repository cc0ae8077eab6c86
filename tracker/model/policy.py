"""The values that a team sets in ``bugs/policy.yaml``; every default comes from workflow §1-3."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from tracker.model.attachments import AttachmentLimits
from tracker.model.bug_id import IdStyle
from tracker.model.checklists import Checklists
from tracker.model.deployment import HotfixStep
from tracker.model.escalation import EscalationStep, Stakeholder
from tracker.model.fix import Strategy, Suite
from tracker.model.guidance import Guidance
from tracker.model.matrix import MatrixQuestion, Question
from tracker.model.part import Duration, Line, Part, Verbatim
from tracker.model.person import Person
from tracker.model.policy_defaults import (
    CATEGORIES,
    COMMANDS,
    MATRIX,
    PATTERNS,
    SEVERITIES,
    STRATEGIES,
    WAIVERS,
)
from tracker.model.quiet_hours import QuietHours
from tracker.model.reminders import Reminders, WeeklyDigest
from tracker.model.severity import Severity


class SeverityRule(Part):
    """What one severity means and asks for."""

    name: Line
    """Critical, High…"""
    means: Line
    """When a bug has this severity."""
    respond_within: Duration
    """From report to triage."""
    fix_within: Duration | None = None
    """From report to verified; no target when left out."""
    approvals: Annotated[int, Field(ge=1, le=10)] = 1
    """Approving reviews before the fix may be tested."""
    senior_approval: bool = False
    """Whether one of them must come from a senior."""
    review_within: Duration | None = None
    """Target for an expedited review of a hotfix."""
    monitor_for: Duration = timedelta(0)
    """How long to watch production after the deployment."""
    suites: tuple[Suite, ...] = (Suite.REGRESSION,)
    """Test suites that must have passed before the load test."""
    load_test_waivable: bool = False
    """Whether the load test may be waived with a reason."""
    staging_smoke_test: bool = False
    """Whether a smoke test on staging must be recorded before the deployment."""
    backup: bool = False
    """Whether a backup must be named."""
    checks: tuple[Line, ...] = ("immediate",)
    """Post-deployment checklists that must be done: `immediate`, `short_term`."""
    error_rate: bool = False
    """Whether the error rate before and after must be recorded."""
    release_notes: Literal["before", "after", "optional"] = "optional"
    """Release notes: `before` the deployment, `after` it, or `optional`."""
    release_notes_within: Duration | None = None
    """Target for release notes that are written after the deployment."""
    postmortem: bool = False
    """Whether a post-mortem must be published."""
    hotfix: Literal["always", "by_choice", "with_reason"] = "with_reason"
    """Whether the bug is hotfixed `always`, `by_choice`, or only `with_reason`."""
    escalation: tuple[EscalationStep, ...] = ()
    """Who is called, one after the other, while nobody takes the bug."""
    stakeholders: tuple[Stakeholder, ...] = ()
    """Who else has to hear of it."""
    channel: Line | None = None
    """Where its bugs are told, when that is not the incidents channel."""
    incident_channel: Line | None = None
    """The name of a channel of its own; `${bug}`, `${incident}` and `${slug}` are filled in."""
    invite: tuple[Line, ...] = ()
    """Roles whose members are invited to that channel, beside the people of the bug."""
    status_update_every: Duration | None = None
    """How often stakeholders hear how it stands while it is not mitigated."""
    postmortem_within: Duration | None = None
    """From verified to the published post-mortem."""


class Category(Part):
    """A kind of bug and the classes it is made of."""

    name: Line
    """Its name."""
    classes: tuple[Line, ...] = ()
    """Typical bugs of this kind."""


class StrategyAdvice(Part):
    """When a fix strategy is right, and what it costs."""

    when: tuple[Line, ...] = ()
    """When to use it."""
    pros: tuple[Line, ...] = ()
    """What speaks for it."""
    cons: tuple[Line, ...] = ()
    """What speaks against it."""


class Component(Part):
    """A part of the product."""

    name: Line
    """Its name, as records use it."""
    owner: Person | None = None
    """Who looks after it."""
    repository: Line | None = None
    """Where its code is: a folder, which an investigation searches, or an address to look at."""
    debug_commands: tuple[Verbatim, ...] = ()
    """Commands that show how it is doing."""


class Channels(Part):
    """Slack channels, by name without the number sign or by id."""

    incidents: Line = "incidents"
    """Where bugs are reported and told."""
    releases: Line = "releases"
    """Where deployments are told."""


class Secrets(Part):
    """What the search for secrets and personal data leaves alone."""

    allowed: tuple[Verbatim, ...] = ()
    """Texts that look like secrets and are none, such as test cards; kept as typed."""


class Policy(Part):
    """Every number, list and name that the rules use."""

    version: int = 1
    """Counts the team's changes to its policy."""
    ids: tuple[IdStyle, ...] = (IdStyle(),)
    """Kinds of bug numbers; new bugs take the first."""
    severities: dict[Severity, SeverityRule] = Field(
        default_factory=lambda: {
            Severity(level): SeverityRule.model_validate(rule) for level, rule in SEVERITIES.items()
        }
    )
    """What each severity means and asks for."""
    at_risk_from: Annotated[float, Field(gt=0, lt=1)] = 0.75
    """Share of a target's time after which it is at risk."""
    matrix: dict[Question, MatrixQuestion] = Field(
        default_factory=lambda: {
            Question(name): MatrixQuestion.model_validate(question)
            for name, question in MATRIX.items()
        }
    )
    """The decision matrix; the first question that is answered with yes and decides, decides."""
    categories: tuple[Category, ...] = Field(
        default_factory=lambda: tuple(Category.model_validate(item) for item in CATEGORIES)
    )
    """Kinds of bugs."""
    patterns: tuple[Line, ...] = PATTERNS
    """Known bug patterns."""
    strategies: dict[Strategy, StrategyAdvice] = Field(
        default_factory=lambda: {
            Strategy(name): StrategyAdvice.model_validate(advice)
            for name, advice in STRATEGIES.items()
        }
    )
    """Fix strategies and when to use each."""
    components: tuple[Component, ...] = ()
    """Parts of the product."""
    roles: dict[str, tuple[Person, ...]] = Field(default_factory=dict)
    """Who holds which role; a role without members is held by everybody."""
    user_groups: dict[str, tuple[Line, ...]] = Field(
        default_factory=dict, examples=[{"senior": ["backend-seniors"]}]
    )
    """Slack user groups, by handle or id, whose members hold a role when they act in Slack."""
    permissions: dict[str, str] = Field(default_factory=dict)
    """Which role a command asks for."""
    waivers: dict[str, str] = Field(default_factory=lambda: dict(WAIVERS))
    """Conditions that may be waived for one bug, and the role that may do it."""
    relaxations: dict[str, Line] = Field(
        default_factory=dict, examples=[{"staging": "There is no staging environment yet."}]
    )
    """Conditions that are not applied to any bug, and why; every page that it touches says so."""
    quiet_hours: QuietHours = QuietHours()
    """When reminders wait."""
    reminders: Reminders = Reminders()
    """What people are reminded of, and how often."""
    weekly_digest: WeeklyDigest = WeeklyDigest()
    """When the week is told in numbers."""
    incident_roles: tuple[Line, ...] = ("commander", "communications", "scribe")
    """Roles that people take in an incident's channel; each is held by one person."""
    timeline_reaction: Line = "pushpin"
    """The reaction, by its name without colons, that puts a message into the timeline."""
    attachments: AttachmentLimits = AttachmentLimits()
    """Which files are kept beside a record."""
    channels: Channels = Channels()
    """Slack channels."""
    commands: dict[HotfixStep, tuple[Verbatim, ...]] = Field(
        default_factory=lambda: {HotfixStep(step): lines for step, lines in COMMANDS.items()}
    )
    """Commands for each hotfix step; `${branch}` and the like are filled in."""
    checklists: Checklists = Checklists()
    """Default checklists."""
    guidance: Guidance = Guidance()
    """What people read before they decide."""
    internal_fields: tuple[Line, ...] = Field(
        default=(), examples=[["impact.cost", "investigation", "actions[].owner"]]
    )
    """Fields of records, whole sections too, that a site for the public leaves out everywhere."""
    secrets: Secrets = Secrets()
    """Secrets and personal data are taken out of all text, but for what is allowed here."""

    def rule(self, severity: Severity | None) -> SeverityRule:
        """What a severity asks for; a bug without one is held to P3."""
        return self.severities[severity or Severity.P3]

    def holds(self, person: Person, role: str) -> bool:
        """Whether a person has a role; a role without members is held by everybody."""
        members = self.roles.get(role, ())
        everybody = not members and not self.user_groups.get(role)
        return everybody or person in members

    def holders(self, role: str) -> str:
        """Who has a role, in words."""
        named = [person.name for person in self.roles.get(role, ())]
        groups = self.user_groups.get(role, ())
        return ", ".join((*named, *(f"a member of the Slack group {group}" for group in groups)))

    def holding(self, person: Person, roles: tuple[str, ...]) -> "Policy":
        """The same policy for a person who was seen in the user groups of these roles."""
        backed = {
            role: (*self.roles.get(role, ()), person) for role in roles if role in self.user_groups
        }
        return self.model_copy(update={"roles": {**self.roles, **backed}}) if backed else self
