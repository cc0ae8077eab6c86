"""What can be done next with a bug, as buttons."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from bot.blocks.elements import Block, actions, button, option, overflow
from bot.blocks.words import verb_words
from tracker.model.deployment import HotfixStep
from tracker.model.person import Person
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.model.status import Status
from tracker.workflow.context import Context
from tracker.workflow.decision import Reason
from tracker.workflow.next_moves import NextMove, next_hotfix_step, next_moves, next_on_track
from tracker.workflow.transitions import TRANSITIONS

MOVE: Final = "move:"
"""Begins the action id of every button that starts a command: `move:triage`."""
MENU: Final = "more"
"""The action id of the menu; its options are worth `roll-back BUG-0042`."""

_RARE: Final = ("roll-back", "mark-duplicate", "wont-fix")
_ROW: Final = 5

# The state that a step of the hotfix track drives (workflow §3); other steps change none.
_DRIVEN: Final = MappingProxyType(
    {
        HotfixStep.IMPLEMENT: "submit-fix",
        HotfixStep.REVIEW: "approve",
        HotfixStep.DEPLOY: "deploy",
    }
)


@dataclass(frozen=True, kw_only=True)
class Choices:
    """Commands that make sense now, the usual one first."""

    usual: tuple[str, ...]
    rare: tuple[str, ...]
    move: str
    """The usual move of the state."""
    missing: tuple[Reason, ...]
    """What that move needs and its own form cannot give."""
    ready: frozenset[str] = frozenset()
    """The usual ones that nothing stands against; the others only tell what is missing."""

    @property
    def first(self) -> str:
        """What to do first; there is always something."""
        return self.usual[0]


def pressed(action: Mapping[str, Any]) -> tuple[str, str]:
    """The verb and the bug's id of a pressed button or of the menu, as Slack sends it."""
    chosen = action.get("selected_option")
    if chosen is not None:
        verb, _, bug_id = str(chosen["value"]).partition(" ")
        return verb, bug_id
    return str(action["action_id"]).removeprefix(MOVE), str(action["value"])


def move_button(verb: str, bug_id: str, *, primary: bool = False) -> Block:
    """A button that starts a command for a bug."""
    return button(verb_words(verb), f"{MOVE}{verb}", bug_id, "primary" if primary else None)


def remedy_buttons(reasons: Iterable[Reason], bug_id: str) -> list[Block | None]:
    """For each reason the button of its remedy, where none before it has the same."""
    shown: set[str] = set()
    found: list[Block | None] = []
    for reason in reasons:
        is_new = bool(reason.remedy and bug_id) and reason.remedy not in shown
        found.append(move_button(reason.remedy, bug_id) if reason.remedy and is_new else None)
        shown.add(reason.remedy or "")
    return found


def choices(
    record: BugRecord, policy: Policy, now: datetime, reader: Person | None = None
) -> Choices:
    """The hotfix step that waits, the moves of the state, and what their conditions ask for.

    What can be done now comes first, and what would be refused last. A `reader` is offered no
    approval of their own fix; without one, everybody reads.
    """
    context = Context(actor=record.reported.by, policy=policy, now=now, at=now)
    moves = next_moves(record, context)
    driven = _driven_by_hotfix(record)
    usual = [move for move in moves if move.verb not in (*_RARE, *driven)]
    refused = tuple(move.verb for move in usual if _is_refused(move, record, reader))
    missing = tuple(reason for reason in moves[0].unmet if reason.remedy != moves[0].verb)
    onward, *others = (move.verb for move in moves)
    step = _hotfix_verbs(record, policy)
    due = next_on_track(record, context)
    held = any(move.verb in driven and _is_refused(move, record, None) for move in moves)
    ready = (
        *((due,) if due else () if held else step),
        *(move.verb for move in usual[:1] if onward == move.verb not in refused),
        *(reason.remedy for reason in missing if reason.remedy),
    )
    aside = [move.verb for move in usual if move.verb in others and move.verb not in refused]
    notes = ["note"] if record.status.is_open else []
    rest = [*notes, *aside] if held or onward in refused else [*aside, *notes]
    return Choices(
        usual=tuple(dict.fromkeys((*ready, *rest, *step, *refused))),
        rare=tuple(move.verb for move in moves if move.verb in _RARE),
        move=moves[0].verb,
        missing=missing,
        ready=frozenset(ready),
    )


def _is_refused(move: NextMove, record: BugRecord, reader: Person | None) -> bool:
    """Whether no entry in the move's own form can meet what it needs."""
    own = record.fix is not None and reader is not None and record.fix.submitted_by == reader
    others = any(reason.remedy != move.verb for reason in move.unmet)
    return others or (move.verb == "approve" and own)


def move_rows(
    record: BugRecord, policy: Policy, now: datetime, reader: Person | None = None
) -> list[Block]:
    """The buttons, in rows that a phone can show, with rare and final moves behind the menu."""
    offered = choices(record, policy, now, reader)
    elements = [
        move_button(verb, record.id, primary=place == 0 and verb in offered.ready)
        for place, verb in enumerate(offered.usual[: 2 * _ROW - 1])
    ]
    if offered.rare:
        edits = (verb for verb in _edits(record) if verb not in offered.usual)
        elements.append(_menu(record.id, (*offered.rare, *edits)))
    return [actions(elements[place : place + _ROW]) for place in range(0, len(elements), _ROW)]


def _menu(bug_id: str, verbs: Iterable[str]) -> Block:
    return overflow(MENU, [option(verb_words(verb), f"{verb} {bug_id}") for verb in verbs])


def _edits(record: BugRecord) -> tuple[str, ...]:
    return ("mitigate", "action") if record.status is not Status.VERIFIED else ("action",)


def waiting_step(record: BugRecord) -> str | None:
    """The command of the hotfix step that waits, where the bug's state allows it."""
    step = next_hotfix_step(record)
    if step is None or not record.status.is_open:
        return None
    driven = _DRIVEN.get(step)
    legal = driven is None or driven in TRANSITIONS[record.status]
    return f"hotfix-{step.value}" if legal else None


def _hotfix_verbs(record: BugRecord, policy: Policy) -> tuple[str, ...]:
    if record.hotfix is not None:
        step = waiting_step(record)
        return () if step is None else (step,)
    fixing = record.status.is_open and record.status not in (Status.DEPLOYED, Status.VERIFIED)
    always = record.severity is not None and policy.rule(record.severity).hotfix == "always"
    return ("hotfix-declare",) if fixing and always else ()


def _driven_by_hotfix(record: BugRecord) -> tuple[str, ...]:
    """Moves that the waiting step of the track makes, so that nobody passes the track by."""
    step = next_hotfix_step(record)
    return (_DRIVEN[step],) if step is not None and step in _DRIVEN else ()
