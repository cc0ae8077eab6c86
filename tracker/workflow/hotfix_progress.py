"""How far a hotfix has come: the steps that count, and those that the lifecycle has behind it."""

from types import MappingProxyType
from typing import Final

from tracker.model.deployment import HotfixStep, StepTaken
from tracker.model.record import BugRecord
from tracker.model.status import Status
from tracker.workflow.as_of import stepped
from tracker.workflow.history import lasting
from tracker.workflow.telling import positions

_KEPT: Final = frozenset({HotfixStep.DECLARE, HotfixStep.BRANCH})
_BACK: Final = frozenset({Status.INVESTIGATING, Status.IN_PROGRESS})
_BEHIND_FROM: Final = MappingProxyType(
    {
        HotfixStep.BRANCH: Status.CODE_REVIEW,
        HotfixStep.IMPLEMENT: Status.CODE_REVIEW,
        HotfixStep.TEST: Status.LOAD_TEST,
        HotfixStep.REVIEW: Status.TESTING,
        HotfixStep.DEPLOY: Status.DEPLOYED,
        HotfixStep.MONITOR: Status.VERIFIED,
    }
)
"""The state from which on nothing is left for a step to do, whichever command led there."""


def hotfix_steps(record: BugRecord) -> tuple[HotfixStep, ...]:
    """Steps taken that still count: a way back to the fix voids all after the branch.

    That is a roll back (workflow §3), and as well a review, a test or a reopening that leads back.
    """
    return tuple(taken.step for taken, _ in counted_steps(record))


def counted_steps(record: BugRecord) -> tuple[tuple[StepTaken, int | None], ...]:
    """The steps that still count, each with the position of the entry that tells of it."""
    if record.hotfix is None:
        return ()
    back = _last_way_back(record)
    return tuple(
        (taken, position)
        for taken, position in positions(record.timeline, record.hotfix.steps, stepped)
        if taken.step in _KEPT or back is None or _is_after(record, taken, position, back)
    )


def next_step(record: BugRecord, status: Status) -> HotfixStep | None:
    """The first step that is neither taken nor behind the state; ``None`` without a track."""
    if record.hotfix is None:
        return None
    taken = hotfix_steps(record)
    return next(
        (step for step in HotfixStep if step not in taken and not is_behind(step, status)), None
    )


def is_behind(step: HotfixStep, status: Status) -> bool:
    """Whether an open bug stands past what a step is for.

    An incident may be declared late, and moves may be made without the track: what is done then
    is not asked for again.
    """
    first = _BEHIND_FROM.get(step)
    order = list(Status)
    return first is not None and status.is_open and order.index(status) >= order.index(first)


def _last_way_back(record: BugRecord) -> int | None:
    lasts = {entry.key for entry in lasting(record.timeline)}
    ways = (
        position
        for position, entry in enumerate(record.timeline)
        if entry.to in _BACK and entry.key in lasts
    )
    return max(ways, default=None)


def _is_after(record: BugRecord, taken: StepTaken, position: int | None, back: int) -> bool:
    return taken.at > record.timeline[back].at if position is None else position > back
