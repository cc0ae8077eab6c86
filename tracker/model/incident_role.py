"""Who answers an incident in which role, and when its reminders rest."""

from tracker.model.part import Line, Moment, Part
from tracker.model.person import Person


class RoleTaken(Part):
    """A role in an incident that somebody took; whoever takes it later replaces them."""

    role: Line
    """The role, one of the policy's: commander, communications, scribe…"""
    person: Person
    """Who has it."""
    at: Moment
    """Since when."""


class Snooze(Part):
    """Reminders that rest until a moment; escalations never do."""

    until: Moment
    """When they go on."""
    at: Moment
    """When they were put to rest."""
    by: Person
    """Who did it."""
    reason: Line | None = None
    """Why."""
