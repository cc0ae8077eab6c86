"""Which step of the hotfix track makes which move of the table (workflow §3)."""

from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from tracker.model.deployment import HotfixStep, StepTaken
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.model.status import Status
from tracker.workflow.context import Context
from tracker.workflow.decision import Reason
from tracker.workflow.gates.names import GATES
from tracker.workflow.hotfix_progress import counted_steps, hotfix_steps, is_behind
from tracker.workflow.trail import made_already
from tracker.workflow.transitions import TRANSITIONS

STEP_OF: Final = MappingProxyType(
    {
        "submit-fix": HotfixStep.IMPLEMENT,
        "pass-tests": HotfixStep.TEST,
        "approve": HotfixStep.REVIEW,
        "deploy": HotfixStep.DEPLOY,
    }
)
"""The steps that make these moves."""
_MOVE_OF: Final = MappingProxyType({f"hotfix-{step}": move for move, step in STEP_OF.items()})
_DETAIL: Final = 300  # characters of a line
_TESTS: Final = frozenset({"regression-test", "load-test", "staging"})
_TESTED: Final = frozenset({Status.CODE_REVIEW, Status.TESTING, Status.LOAD_TEST})
_ALWAYS: Final = "approvals"
"""That somebody has to review is the step itself."""


def on_track(record: BugRecord, verb: str) -> str:
    """The command of the step that makes a move, where the bug has a track."""
    step = STEP_OF.get(verb)
    return verb if step is None or record.hotfix is None else f"hotfix-{step}"


def role_for(verb: str, policy: Policy) -> str | None:
    """The role that a command is for; a step is for that of its move unless it has its own."""
    own = policy.permissions.get(verb)
    return own if own is not None else policy.permissions.get(_MOVE_OF.get(verb, verb))


def steps_done(record: BugRecord) -> dict[HotfixStep, StepTaken]:
    """The newest of each step that counts; a move that `/bug` made is as good as its step."""
    done = {}
    for move, step in STEP_OF.items():
        if (made := made_already(record, move)) is not None:
            said = made.text.splitlines()[0][:_DETAIL] if made.text else None
            done[step] = StepTaken(step=step, at=made.at, by=made.by, detail=said)
    return {**done, **{taken.step: taken for taken, _ in counted_steps(record)}}


def is_complete(record: BugRecord, step: HotfixStep, context: Context) -> bool:
    """Whether a step that was taken suffices: a review may wait for another approval."""
    return is_behind(step, record.status) or not asked_by(record, step, context)


def asked_by(record: BugRecord, step: HotfixStep, context: Context) -> tuple[Reason, ...]:
    """What the move that a step makes still needs, wherever the bug stands now."""
    moves = {made: move for move, made in STEP_OF.items()}
    return tuple(
        reason
        for row in TRANSITIONS.values()
        for move, transition in row.items()
        if move == moves.get(step)
        for reason in transition.unmet(record, context)
    )


def needed(record: BugRecord, due: str | None, context: Context) -> tuple[Reason, ...]:
    """What the waiting step's form asks for, and the tests that the way to production still asks.

    `due` is the command that the track waits for.
    """
    step = next((step for step in HotfixStep if due == f"hotfix-{step}"), None)
    asked = asked_by(record, step, context) if step is not None else ()
    tests = [reason for _, reasons in _tests(record, context) for reason in reasons]
    found = dict.fromkeys((*asked, *tests))
    return tuple(reason for reason in found if reason.gate != _ALWAYS)


def missing_tests(record: BugRecord, context: Context) -> str:
    """One sentence with the kinds of tests that a hotfix still needs until it is deployed."""
    told = [
        f"to {move}: {', '.join(dict.fromkeys(GATES[reason.gate] for reason in reasons))}"
        for move, reasons in _tests(record, context)
        if reasons
    ]
    return f"Tests still needed {'; '.join(told)}." if told else ""


def _tests(record: BugRecord, context: Context) -> Iterator[tuple[str, tuple[Reason, ...]]]:
    """The tests that are missing once there were some, by the move that asks for them."""
    if record.status not in _TESTED or HotfixStep.TEST not in hotfix_steps(record):
        return
    for move, step in (("leave testing", HotfixStep.TEST), ("deploy", HotfixStep.DEPLOY)):
        yield (
            move,
            tuple(
                reason
                for reason in asked_by(record, step, context)
                if reason.gate in _TESTS or reason.gate.startswith("suite-")
            ),
        )
