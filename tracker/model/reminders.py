"""What the bot reminds people of, how often, and when it tells the week."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from tracker.model.part import Duration, Line, Part
from tracker.model.quiet_hours import TimeOfDay, Weekday


class Reminders(Part):
    """How often people are reminded; when, the quiet hours say."""

    again_after: Duration = timedelta(days=1)
    """When something that is overdue is told again."""
    most: Annotated[int, Field(ge=1, le=50)] = 5
    """How often at most one thing is told, the first time included."""
    lead_within: Duration = timedelta(minutes=10)
    """From the triage of a bug that has a room of its own to an assignee or commander."""
    before_due: Duration = timedelta(days=1)
    """How long before a post-mortem or an action item is due it is told."""
    longest_snooze: Duration = timedelta(days=7)
    """How long reminders of one bug may rest at a time."""


class WeeklyDigest(Part):
    """The week in numbers, told once a week."""

    weekday: Weekday | None = Weekday.MONDAY
    """On which day; none for no digest."""
    at: TimeOfDay = "09:00"
    """When, in the time zone of the quiet hours."""
    channel: Line | None = None
    """Where, when that is not the incidents channel."""
