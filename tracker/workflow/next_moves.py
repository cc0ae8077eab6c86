"""What may happen next, and what is missing for it."""

from dataclasses import dataclass
from typing import Final

from tracker.model.deployment import HotfixStep
from tracker.model.record import BugRecord
from tracker.model.status import Status
from tracker.workflow.context import Context
from tracker.workflow.current_fix import current_approvals
from tracker.workflow.decision import Reason
from tracker.workflow.hotfix_progress import next_step
from tracker.workflow.hotfix_track import STEP_OF, on_track
from tracker.workflow.transitions import TRANSITIONS, allowed

_UNTIL_DEPLOYED: Final = frozenset(STEP_OF.values())
_OF_PEOPLE: Final = frozenset({"role", "own-fix"})
"""Gates that somebody else passes."""
_APPROVALS: Final = frozenset({"approve", "hotfix-review"})
_SENIOR: Final = "senior"


@dataclass(frozen=True, kw_only=True)
class NextMove:
    """A move that the state allows, with the conditions that the record does not meet yet."""

    verb: str
    to: Status
    unmet: tuple[Reason, ...]


def next_moves(record: BugRecord, context: Context) -> tuple[NextMove, ...]:
    """The moves of the record's state, the usual one first; gates are judged on it as it is."""
    return tuple(
        NextMove(verb=verb, to=transition.to, unmet=transition.unmet(record, context))
        for verb, transition in TRANSITIONS[record.status].items()
    )


def next_hotfix_step(record: BugRecord) -> HotfixStep | None:
    """The step that the track waits for; ``None`` without a track or at its end."""
    return next_step(record, record.status)


def next_on_track(record: BugRecord, context: Context) -> str | None:
    """The command that the hotfix track waits for now: the rules accept it from somebody.

    That is the next step, or what has to come before it: the cause, release notes, a test.
    ``None`` without a track, at its end, and while only time can help.
    """
    step = next_hotfix_step(record)
    if step is None or not record.status.is_open:
        return None
    return leading_to(record, _wanted(record, step), context, whoever=True)


def leading_to(
    record: BugRecord, verb: str, context: Context, *, whoever: bool = False
) -> str | None:
    """The command itself, or what has to come before it, as far as the rules accept it now.

    From who asks, or from `whoever` may; ``None`` where only others or time can help.
    """
    from tracker.workflow.obstacles import obstacles  # with the models of all commands

    looked_at: set[str] = set()
    wanted: str | None = verb
    while wanted is not None and wanted not in looked_at:
        looked_at.add(wanted)
        found = obstacles(record, wanted, context)
        reasons = [reason for reason in found if not (whoever and reason.gate in _OF_PEOPLE)]
        if not reasons:
            return wanted
        wanted = next((reason.remedy for reason in reasons if reason.remedy), None)
    return None


def still_in_review(record: BugRecord, context: Context) -> str:
    """What an approval that was just given leaves open, and who may give it; empty otherwise."""
    newest = record.timeline[-1].action if record.timeline else None
    if record.status is not Status.CODE_REVIEW or newest not in _APPROVALS:
        return ""
    unmet = TRANSITIONS[record.status]["approve"].unmet(record, context)
    seniors = context.policy.holders(_SENIOR)
    asked = any(reason.gate == "senior-approval" for reason in unmet)
    told = [reason.sentence for reason in unmet]
    if asked and seniors:
        told.append(f"Seniors are {seniors}.")
    so_far = ", ".join(dict.fromkeys(review.by.name for review in current_approvals(record)))
    stands = f"{record.id} still stands in code review, approved so far by {so_far}."
    return " ".join((stands, *told)) if unmet else ""


def _wanted(record: BugRecord, step: HotfixStep) -> str:
    """The step, where the state allows the move that it makes; else the state's own move."""
    usual = allowed(record.status)[0]
    before_review = step is HotfixStep.TEST and usual == "approve"
    if before_review or step not in _UNTIL_DEPLOYED:
        return f"hotfix-{step}"
    return on_track(record, usual)
