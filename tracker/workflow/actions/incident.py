"""Around an incident: who has which role, and reminders that rest."""

import difflib
from collections.abc import Iterable
from operator import attrgetter
from typing import ClassVar

from tracker.model.duration import in_words
from tracker.model.incident_role import RoleTaken, Snooze
from tracker.model.moment import moment_in_words
from tracker.model.part import Line, Moment
from tracker.model.person import Person
from tracker.model.record import BugRecord
from tracker.workflow.action import Action, renewed
from tracker.workflow.context import Context
from tracker.workflow.decision import Reason

COMMANDER = "commander"
"""The role that the hotfix track names as well."""


class TakeRole(Action):
    """Take a role in the incident, or give it to somebody."""

    verb: ClassVar[str] = "take-role"
    example: ClassVar[str] = "commander"

    role: Line
    """The role, from the policy's incident roles."""
    person: Person | None = None
    """Who takes it; you, when left out."""

    def conditions(self, record: BugRecord, context: Context) -> Iterable[Reason]:
        """The policy knows the role, and somebody else has it or nobody."""
        known = context.policy.incident_roles
        if self.role not in known:
            near = difflib.get_close_matches(self.role, known, n=1)
            hint = f"did you mean `{near[0]}`?" if near else f"choose one of {', '.join(known)}."
            sentence = f"`{self.role}` is no role in an incident: {hint}"
            yield Reason(gate="incident-role", sentence=sentence, field="role")
        holder = holder_of(record, self.role)
        if holder is not None and holder == (self.person or context.actor):
            sentence = f"{holder.name} is {self.role} of {record.id} already."
            yield Reason(gate="incident-role", sentence=sentence, field="person")

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Replace whoever had it; the track's commander is the same person."""
        person = self.person or context.actor
        taken = RoleTaken(role=self.role, person=person, at=context.at)
        hotfix = record.hotfix
        if hotfix is not None and self.role == COMMANDER:
            hotfix = hotfix.model_copy(update={"commander": person})
        responders = renewed(record.responders, (taken,), attrgetter("role"))
        return record.model_copy(update={"responders": responders, "hotfix": hotfix})

    def event(self, record: BugRecord, context: Context) -> str:
        """Who has which role."""
        del record
        return f"{(self.person or context.actor).name} is {self.role}."

    def subject(self, record: BugRecord) -> str:
        """Which role."""
        del record
        return self.role


class SnoozeReminders(Action):
    """Let the reminders of a bug rest for a while; escalations go on."""

    verb: ClassVar[str] = "snooze"
    example: ClassVar[str] = "until=2026-12-01 09:00 reason=Waiting for the vendor"
    closed_too: ClassVar[bool] = True

    until: Moment
    """When they go on."""
    reason: Line | None = None
    """Why."""

    def conditions(self, record: BugRecord, context: Context) -> Iterable[Reason]:
        """The moment lies ahead, and not further than the policy allows."""
        del record
        longest = context.policy.reminders.longest_snooze
        if self.until <= context.at:
            sentence = f"{moment_in_words(self.until)} is over already: give a later time."
            yield Reason(gate="snooze", sentence=sentence, field="until")
        elif self.until - context.at > longest:
            sentence = f"Reminders rest for {in_words(longest)} at most: give an earlier time."
            yield Reason(gate="snooze", sentence=sentence, field="until")

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Set until when they rest."""
        snooze = Snooze(until=self.until, at=context.at, by=context.actor, reason=self.reason)
        return record.model_copy(update={"snooze": snooze})

    def event(self, record: BugRecord, context: Context) -> str:
        """Until when, and why."""
        del record, context
        until = f"Reminders rest until {self.until:%Y-%m-%d %H:%M %Z}."
        return f"{until} {self.reason}" if self.reason else until

    def subject(self, record: BugRecord) -> str:
        """Until when."""
        del record
        return f"until {self.until:%Y-%m-%d %H:%M %Z}"


def holder_of(record: BugRecord, role: str) -> Person | None:
    """Who has a role in the incident; the track's commander, where nobody took that role anew."""
    taken = next((taken.person for taken in record.responders if taken.role == role), None)
    if taken is None and role == COMMANDER and record.hotfix is not None:
        return record.hotfix.commander
    return taken
