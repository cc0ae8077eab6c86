"""Who is told of a bug, and who is called when nobody takes it (seed 003, escalation path)."""

from enum import StrEnum

from tracker.model.part import Duration, Line, Part


class Until(StrEnum):
    """What makes a step of the escalation path needless."""

    TRIAGED = "triaged"
    ASSIGNED = "assigned"
    MITIGATED = "mitigated"
    RESOLVED = "resolved"


class EscalationStep(Part):
    """One step: who is called, when, and unless what has happened by then."""

    to: Line
    """Who is called: on-call engineer, Engineering Lead…"""
    after: Duration
    """From the report, from a later change of the severity, or from the reopening."""
    unless: Until = Until.MITIGATED
    """What must not have happened yet: `triaged`, `assigned`, `mitigated` or `resolved`."""
    business_critical: bool = False
    """Whether only a bug that is critical for the business gets that far."""
    role: Line | None = None
    """The role whose members are called, where the policy names them."""


class Stakeholder(Part):
    """Somebody outside the team who has to hear of a bug."""

    who: Line
    """Product team, support team, users…"""
    how: Line
    """E-mail, call, status page…"""
    channel: Line | None = None
    """The Slack channel in which they read status updates, where they have one."""
