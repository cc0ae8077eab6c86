"""How bad it is, who says so, and who takes it."""

from tracker.model.part import Line, Moment, Part, Prose
from tracker.model.person import Person
from tracker.model.severity import Severity


class MatrixAnswers(Part):
    """The six questions of the decision matrix (workflow §1)."""

    production_down: bool
    """Is production down?"""
    data_at_risk: bool
    """Is data at risk?"""
    core_feature_broken: bool
    """Is a core feature broken?"""
    all_users_affected: bool
    """Are all users affected?"""
    workaround: bool
    """Is there a workaround?"""
    business_impact: bool
    """Is the business hit?"""
    production_detail: Line | None = None
    """What is known about production."""
    data_detail: Line | None = None
    """What is known about the data."""
    feature_detail: Line | None = None
    """Which feature, and how it is broken."""
    users_detail: Line | None = None
    """Which users."""
    workaround_detail: Line | None = None
    """The workaround, or why there is none."""
    business_detail: Line | None = None
    """What the business loses."""


class SeverityChange(Part):
    """A severity that was set, and the one it replaced."""

    at: Moment
    """From when it holds."""
    by: Person
    """Who set it."""
    before: Severity | None = None
    """The severity until then."""
    after: Severity
    """The severity from then on."""
    reason: Line | None = None
    """Why it was changed, or why it differs from the computed one."""


class Triage(Part):
    """The severity assessment, with every severity the bug has had."""

    answers: MatrixAnswers
    """The answers to the decision matrix."""
    computed: Severity
    """What the matrix makes of the answers."""
    chosen: Severity
    """What a person decided."""
    category: Line
    """What kind of bug it is, from the policy's categories."""
    pattern: Line | None = None
    """Which known bug pattern it follows, from the policy's patterns."""
    initial_findings: Prose | None = None
    """What the first quick look showed."""
    changes: tuple[SeverityChange, ...] = ()
    """Each severity the bug was given, the first one included."""


class Assignment(Part):
    """Who takes the bug."""

    assignee: Person
    """The engineer who fixes it."""
    backup: Person | None = None
    """Who takes over; required for P0 and P1."""
    at: Moment
    """When it was assigned."""
    by: Person
    """Who assigned it."""
    eta: Line | None = None
    """When the fix is expected."""
    notified: tuple[Line, ...] = ()
    """Who was told about the assignment."""
    channel: Line | None = None
    """Where its progress is discussed."""
