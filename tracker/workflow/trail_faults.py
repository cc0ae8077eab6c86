"""What is wrong with the moves that a timeline tells: rows that the table does not have."""

import difflib
from collections.abc import Iterator

from tracker.model.record import BugRecord
from tracker.model.timeline import TimelineEntry
from tracker.workflow.decision import Reason
from tracker.workflow.standing import bug_is_open, illegal, moves_are_in_order
from tracker.workflow.trail import Finding, Step, trail
from tracker.workflow.transitions import MOVES
from tracker.workflow.verbs import VERBS


def trail_faults(record: BugRecord) -> Iterator[Finding]:
    """Moves that are no rows of the table or not in order, and commands that nobody knows."""
    previous: TimelineEntry | None = None
    for step in trail(record):
        yield from _row_faults(record, step)
        at = ("timeline", step.position, "at")
        for reason in moves_are_in_order(previous, step.entry.action, step.entry.at):
            yield Finding(reason=reason, where=at)
        if previous is None or step.entry.at >= previous.at:
            previous = step.entry
    yield from _entry_faults(record)


def _row_faults(record: BugRecord, step: Step) -> Iterator[Finding]:
    entry, where = step.entry, ("timeline", step.position)
    if step.row is None and step.before is not None:
        then = record.model_copy(update={"timeline": record.timeline[: step.position]})
        closed = bug_is_open(then, step.before, entry.action, closed_too=False)
        reason = next(iter(closed), None) or illegal(then, step.before, entry.action)
        yield Finding(reason=reason, where=(*where, "action"))
    elif step.row is not None and step.row.to is not entry.to:
        sentence = f"`{entry.action}` leads to `{step.row.to}`, not to `{entry.to}`: correct `to`."
        yield Finding(reason=Reason(gate="state", sentence=sentence), where=(*where, "to"))


def _entry_faults(record: BugRecord) -> Iterator[Finding]:
    known = {*VERBS, *MOVES}
    keys: set[str] = set()
    for position, entry in enumerate(record.timeline):
        if entry.key in keys:
            sentence = f"The key `{entry.key}` stands above already: give this entry another one."
            reason = Reason(gate="key", sentence=sentence)
            yield Finding(reason=reason, where=("timeline", position, "key"))
        keys.add(entry.key)
        if entry.to is None and entry.action not in known:
            near = difflib.get_close_matches(entry.action, known, n=1)
            hint = f"did you mean `{near[0]}`?" if near else "write `note` for what people did."
            reason = Reason(gate="command", sentence=f"`{entry.action}` is no command: {hint}")
            yield Finding(reason=reason, where=("timeline", position, "action"))
