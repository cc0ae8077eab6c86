"""Steps of the hotfix track in edited files, judged as the commands are."""

from collections.abc import Container, Iterator

from tracker.model.deployment import HotfixStep
from tracker.model.record import BugRecord
from tracker.model.timeline import TimelineEntry
from tracker.workflow.as_of import as_of, stepped
from tracker.workflow.decision import Reason
from tracker.workflow.history import lasting
from tracker.workflow.hotfix_order import out_of_order, taken_already
from tracker.workflow.telling import positions
from tracker.workflow.trail import Finding


def hotfix_faults(
    old: BugRecord | None, new: BugRecord, fresh: Container[int]
) -> Iterator[Finding]:
    """New steps that are out of order or taken already, and entries at these positions without one.

    A step that no entry tells is a fault of the timeline.
    """
    known = list(old.hotfix.steps) if old and old.hotfix else []
    taken = new.hotfix.steps if new.hotfix else ()
    told = list(positions(new.timeline, taken, stepped))
    for index, (step, position) in enumerate(told):
        if step in known:
            known.remove(step)  # a copy of it is another step
        elif position is not None:
            for reason in _against(new, index, position):
                yield Finding(reason=reason, where=("hotfix", "steps", index, "step"))
    yield from _untaken(new, {position for _, position in told}, fresh)


def _against(record: BugRecord, index: int, position: int) -> Iterator[Reason]:
    """What spoke against a step when it was taken."""
    if record.hotfix is None:
        return
    taken, entry = record.hotfix.steps[index], record.timeline[position]
    hotfix = record.hotfix.model_copy(update={"steps": record.hotfix.steps[:index]})
    timeline = record.timeline[:position]
    then = record.model_copy(update={"hotfix": hotfix, "timeline": timeline})
    yield from out_of_order(then, taken.step)
    said = (taken.detail,) if taken.step is HotfixStep.BACKPORT else ()
    yield from taken_already(then, taken.step, entry.text, *said)


def _untaken(
    record: BugRecord, told: Container[int | None], fresh: Container[int]
) -> Iterator[Finding]:
    """Steps that the timeline tells and the track does not; one that was undone left it."""
    lasts = {entry.key for entry in lasting(record.timeline)}
    for position, entry in enumerate(record.timeline):
        step = _step_of(entry)
        if step is None or position not in fresh or position in told or entry.key not in lasts:
            continue
        before = as_of(record, position).model_copy(update={"timeline": record.timeline[:position]})
        sentence = (
            f"The hotfix track has no step `{step}` at this time: use `bugbook hotfix {step}`."
        )
        reasons = (*out_of_order(before, step), *taken_already(before, step, entry.text))
        for reason in reasons or (Reason(gate="hotfix-step", sentence=sentence),):
            yield Finding(reason=reason, where=("timeline", position, "action"))


def _step_of(entry: TimelineEntry) -> HotfixStep | None:
    prefix, _, name = entry.action.partition("-")
    return HotfixStep(name) if prefix == "hotfix" and name in set(HotfixStep) else None
