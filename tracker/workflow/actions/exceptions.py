"""Exceptions to the usual way: waive a condition, take a move back, join an incident."""

import difflib
from collections.abc import Iterable
from itertools import chain
from typing import ClassVar

from tracker.model.bug_id import IncidentId
from tracker.model.part import Key, Line
from tracker.model.person import Person
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.model.timeline import TimelineEntry
from tracker.model.waiver import Waiver
from tracker.workflow.action import Action
from tracker.workflow.concessions import current_waivers
from tracker.workflow.context import Context
from tracker.workflow.decision import Reason
from tracker.workflow.gates.names import GATES
from tracker.workflow.history import UNDO

_MAKER = "lead"


class WaiveGate(Action):
    """Waive one condition for this bug, with the reason; the policy says which, and who may."""

    verb: ClassVar[str] = "waive"
    example: ClassVar[str] = "gate=staging reason=Staging is down until Monday"

    gate: Line
    """The condition's name, as a refusal tells it: `staging`, `backup`…"""
    reason: Line
    """Why it is not asked for."""

    def conditions(self, record: BugRecord, context: Context) -> Iterable[Reason]:
        """The policy allows it, the actor has the role, and it is not waived already."""
        yield from may_not_waive(self.gate, context.actor, context.policy)
        if any(waiver.gate == self.gate for waiver in current_waivers(record)):
            sentence = f"`{self.gate}` is waived for {record.id} already: go on with the move."
            yield Reason(gate="waiver", sentence=sentence, field="gate")

    @classmethod
    def obstacles(cls, record: BugRecord, context: Context) -> Iterable[Reason]:
        """The policy lets the actor waive anything at all."""
        del record
        gates = context.policy.waivers
        refused = [tuple(may_not_waive(gate, context.actor, context.policy)) for gate in gates]
        return chain(*refused) if all(refused) else ()

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Add the waiver."""
        waiver = Waiver(gate=self.gate, reason=self.reason, at=context.at, by=context.actor)
        return record.model_copy(update={"waivers": (*record.waivers, waiver)})

    def event(self, record: BugRecord, context: Context) -> str:
        """What is not asked for, and why."""
        del record, context
        return f"Waived {GATES.get(self.gate, self.gate)}: {self.reason}"

    def subject(self, record: BugRecord) -> str:
        """The condition."""
        del record
        return self.gate


def may_not_waive(gate: str, person: Person, policy: Policy) -> Iterable[Reason]:
    """Why somebody may not waive a condition, whatever the bug."""
    role = policy.waivers.get(gate)
    if role is None:
        near = difflib.get_close_matches(gate, policy.waivers, n=1)
        known = ", ".join(f"`{name}`" for name in policy.waivers) or "none"
        hint = f"did you mean `{near[0]}`?" if near else f"these may be: {known}."
        sentence = f"The policy does not let anybody waive `{gate}`: {hint}"
        yield Reason(gate="waiver", sentence=sentence, field="gate")
    elif not policy.holds(person, role):
        sentence = (
            f"Waiving `{gate}` is for the role `{role.replace('_', ' ')}`, which {person.name} "
            f"does not have: ask one of {policy.holders(role)}."
        )
        yield Reason(gate="role", sentence=sentence)


class UndoMove(Action):
    """Take the last move back, as long as nothing happened since: a new commit, both stay told."""

    verb: ClassVar[str] = UNDO
    example: ClassVar[str] = "That was another bug"
    closed_too: ClassVar[bool] = True

    reason: Line
    """Why the move was a mistake."""

    def conditions(self, record: BugRecord, context: Context) -> Iterable[Reason]:
        """The newest change is a move, and the actor made it or is a lead."""
        return self.obstacles(record, context)

    @classmethod
    def obstacles(cls, record: BugRecord, context: Context) -> Iterable[Reason]:
        """All of its conditions: nothing that is entered changes them."""
        entries = _newest(record, context)
        moves = [entry for entry in entries if entry.to is not None]
        if sentence := _nothing_to_undo(record, entries):
            yield Reason(gate=UNDO, sentence=sentence)
        elif reason := may_not_undo(moves[0], context.actor, context.policy):
            yield reason

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """The record as it was before the move, status included, with the whole timeline."""
        before = context.known.before
        if before is None:
            return record
        return before.model_copy(update={"timeline": record.timeline})

    def undoes(self, record: BugRecord, context: Context) -> tuple[Key, ...]:
        """The entries that the newest change added."""
        return tuple(entry.key for entry in _newest(record, context))

    def event(self, record: BugRecord, context: Context) -> str:
        """Which move was taken back, and why."""
        return f"Undone: `{_newest(record, context)[0].action}`. {self.reason}"

    def subject(self, record: BugRecord) -> str:
        """The state that the bug is in again."""
        return f"back to {record.status.words}"


def may_not_undo(move: TimelineEntry, person: Person, policy: Policy) -> Reason | None:
    """Why somebody may not take a move back: they neither made it nor are a lead."""
    if person == move.by or policy.holds(person, _MAKER):
        return None
    sentence = (
        f"`{move.action}` is undone by {move.by.name}, who did it, or by the role `{_MAKER}`: "
        "ask one of them."
    )
    return Reason(gate="role", sentence=sentence)


def _newest(record: BugRecord, context: Context) -> tuple[TimelineEntry, ...]:
    """What the newest change of the record added to its timeline."""
    before = context.known.before
    known = {entry.key for entry in before.timeline} if before else set()
    return tuple(entry for entry in record.timeline if before and entry.key not in known)


def _nothing_to_undo(record: BugRecord, entries: tuple[TimelineEntry, ...]) -> str | None:
    if not any(entry.to is not None for entry in entries):
        return (
            f"The newest change of {record.id} is no move that can be taken back: only the last "
            "move can be, as long as nothing was recorded after it."
        )
    if any(entry.undoes for entry in entries):
        return f"{record.id} was set back already: make the move again instead of undoing that."
    if len({(entry.at, entry.by.email) for entry in entries}) > 1:
        return (
            f"The newest change of {record.id} made several moves at once: "
            "go on from where it stands."
        )
    return None


class JoinIncident(Action):
    """Make the bug part of an incident that another bug declared."""

    verb: ClassVar[str] = "join-incident"
    example: ClassVar[str] = "INC-2026-0007"
    closed_too: ClassVar[bool] = True

    incident: IncidentId
    """The incident's number."""

    def conditions(self, record: BugRecord, context: Context) -> Iterable[Reason]:
        """The incident exists, as far as that is known, and the bug has not declared another."""
        known = context.known.incidents
        if record.hotfix is not None:
            yield from self.obstacles(record, context)
        elif known is not None and self.incident not in known:
            near = difflib.get_close_matches(self.incident, sorted(known), n=1)
            hint = f"did you mean {near[0]}?" if near else "declare it for the bug it began with."
            sentence = f"There is no {self.incident}: {hint}"
            yield Reason(gate="incident", sentence=sentence, remedy=self.verb, field="incident")

    @classmethod
    def obstacles(cls, record: BugRecord, context: Context) -> Iterable[Reason]:
        """The bug has declared no incident itself."""
        del context
        if record.hotfix is not None:
            sentence = f"{record.id} has declared {record.hotfix.incident} itself: let others join."
            yield Reason(gate="incident", sentence=sentence, field="incident")

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Set the incident."""
        del context
        return record.model_copy(update={"incident": self.incident})

    def event(self, record: BugRecord, context: Context) -> str:
        """The incident."""
        del record, context
        return f"Part of {self.incident}."

    def subject(self, record: BugRecord) -> str:
        """The incident."""
        del record
        return self.incident
