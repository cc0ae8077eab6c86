"""Facts of the hotfix track in edited files: each change is one that a step or a command tells."""

from collections.abc import Iterator

from tracker.model.deployment import Hotfix, HotfixStep
from tracker.model.record import BugRecord
from tracker.model.timeline import TimelineEntry
from tracker.workflow.actions.incident import COMMANDER
from tracker.workflow.decision import Reason
from tracker.workflow.hotfix_order import out_of_order
from tracker.workflow.trail import Finding

_BRANCH = (HotfixStep.BRANCH, "branch", "base")
_BACKPORT = (HotfixStep.BACKPORT, "backport")


def track_faults(
    old: BugRecord | None, new: BugRecord, fresh: tuple[TimelineEntry, ...]
) -> Iterator[Finding]:
    """Incident, commander, branch and backport that are others now, and that nothing new tells."""
    before, after = old.hotfix if old else None, new.hotfix
    if old is None or before is None or after is None:
        return
    if after.incident != before.incident:
        declared = f"{before.incident} is declared for {new.id} already: restore `incident`."
        yield _found(next(iter(_reasons(old, HotfixStep.DECLARE)), declared), "incident")
    if after.commander != before.commander and not _is_taken(new, after, fresh):
        sentence = f"The timeline does not tell that {after.commander.name} is {COMMANDER}: use "
        yield _found(f"{sentence}`bugbook take-role`, which records it.", "commander")
    for step, *fields in (_BRANCH, _BACKPORT):
        taken = (each for each in after.steps if each.step is step and each not in before.steps)
        told = {each.detail for each in taken}
        for field in fields:
            value = getattr(after, field)
            if value == getattr(before, field) or (told and (field == "base" or value in told)):
                continue
            sentence = f"The hotfix track has no step `{step}` that says so: use "
            over = next(iter(_reasons(new, step)), None)
            yield _found(over or f"{sentence}`bugbook hotfix {step}`.", field)


def _is_taken(record: BugRecord, hotfix: Hotfix, fresh: tuple[TimelineEntry, ...]) -> bool:
    times = {entry.at for entry in fresh if entry.action == "take-role"}
    return any(
        taken.role == COMMANDER and taken.person == hotfix.commander and taken.at in times
        for taken in record.responders
    )


def _reasons(record: BugRecord, step: HotfixStep) -> Iterator[str]:
    return (reason.sentence for reason in out_of_order(record, step))


def _found(sentence: str, field: str) -> Finding:
    return Finding(reason=Reason(gate="hotfix-track", sentence=sentence), where=("hotfix", field))
