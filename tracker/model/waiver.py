"""Conditions that were not applied to a bug, and why."""

from tracker.model.part import Line, Moment, Part
from tracker.model.person import Person


class Waiver(Part):
    """One condition that a person waived for one bug; it holds until the bug is reopened."""

    gate: Line
    """The condition's name: `staging`, `backup`…"""
    reason: Line
    """Why it was not asked for."""
    at: Moment
    """When it was waived."""
    by: Person
    """Who waived it."""


class Relaxation(Part):
    """One condition that the policy does not apply, and that a move of this bug did not meet."""

    gate: Line
    """The condition's name."""
    reason: Line
    """Why the team does not apply it, as the policy said then."""
    move: Line
    """The move that went on without it."""
    at: Moment
    """When that was."""
