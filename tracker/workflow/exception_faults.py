"""Waivers and undone moves of edited files, judged as the commands are."""

from collections.abc import Iterator

from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.workflow.actions.exceptions import may_not_undo, may_not_waive
from tracker.workflow.decision import Reason
from tracker.workflow.history import QUOTE, UNDO
from tracker.workflow.trail import Finding

_MESSAGES = (QUOTE, "retract")
_OTHER = "A message can only take back what was quoted of it: use `undo` for a move."


def waiver_faults(old: BugRecord | None, new: BugRecord, policy: Policy) -> Iterator[Finding]:
    """New waivers that the policy does not allow, or that the timeline does not tell."""
    known = old.waivers if old else ()
    told = {(entry.at, entry.by) for entry in new.timeline if entry.action == "waive"}
    for index, waiver in enumerate(new.waivers):
        if waiver in known:
            continue
        where = ("waivers", index)
        for reason in may_not_waive(waiver.gate, waiver.by, policy):
            yield Finding(reason=reason, where=where)
        if (waiver.at, waiver.by) not in told:
            sentence = f"The timeline does not tell that `{waiver.gate}` was waived: use `waive`."
            yield Finding(reason=Reason(gate="waiver", sentence=sentence), where=where)


def undo_faults(old: BugRecord | None, new: BugRecord, policy: Policy) -> Iterator[Finding]:
    """New entries that take back something else than the newest move, or that may not."""
    known = {entry.key for entry in old.timeline} if old else set()
    for position, entry in enumerate(new.timeline):
        if entry.key in known or (entry.action != UNDO and not entry.undoes):
            continue
        where = ("timeline", position, "undoes")
        if entry.action in _MESSAGES:
            if not set(entry.undoes) <= _quotes(new, position, entry.source):
                yield Finding(reason=Reason(gate=UNDO, sentence=_OTHER), where=where)
            continue
        undone = new.timeline[max(position - len(entry.undoes), 0) : position]
        if entry.action != UNDO or tuple(each.key for each in undone) != entry.undoes:
            sentence = "Only the newest move can be undone, and only by `undo`: use that command."
            yield Finding(reason=Reason(gate=UNDO, sentence=sentence), where=where)
        elif undone and (reason := may_not_undo(undone[0], entry.by, policy)):
            yield Finding(reason=reason, where=("timeline", position, "by"))


def _quotes(record: BugRecord, before: int, source: str | None) -> set[str]:
    """The keys of what was quoted of a message until then."""
    return {
        entry.key
        for entry in record.timeline[:before]
        if entry.action == QUOTE and entry.source == source
    }
