"""What a record says twice must agree: severity with its changes, resolution with its status."""

from collections.abc import Iterator

from tracker.model.documents import ResolutionKind
from tracker.model.explanation import Location
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.model.severity import Severity
from tracker.model.status import Status
from tracker.model.triage import Triage
from tracker.workflow.decision import Reason
from tracker.workflow.matrix import computed_severity
from tracker.workflow.trail import ENDINGS, Finding, trail


def severity_faults(record: BugRecord) -> Iterator[Finding]:
    """A severity that was not given by a triage that says why."""
    triage = record.triage
    if triage is None:
        if record.severity is not None:
            sentence = f"{record.severity} was given without a triage: use `bugbook triage`."
            yield _found("severity", sentence, ("severity",))
        return
    last = triage.changes[-1].after if triage.changes else None
    if record.severity is not last:
        sentence = (
            f"The severity is {_named(record.severity)}, and `triage.changes` ends with "
            f"{_named(last)}: use `bugbook triage`, which records the change and its reason."
        )
        yield _found("severity", sentence, ("severity",))
    if triage.chosen is not last:
        sentence = f"`chosen` is not what `changes` ends with, {_named(last)}: correct it."
        yield _found("severity", sentence, ("triage", "chosen"))
    yield from _change_faults(record.id, triage)


def triage_faults(old: BugRecord | None, new: BugRecord, policy: Policy) -> Iterator[Finding]:
    """A triage since the old version that is not what the policy's decision matrix gives."""
    triage = new.triage
    if triage is None or (old is not None and old.triage == triage):
        return
    computed = computed_severity(triage.answers, policy)
    if triage.computed is not computed:
        sentence = f"The decision matrix gives {computed} for these answers: correct `computed`."
        yield _found("severity", sentence, ("triage", "computed"))
    if triage.changes and triage.chosen is not computed and not triage.changes[-1].reason:
        sentence = f"The matrix gives {computed}, you chose {triage.chosen}: give a reason."
        where = ("triage", "changes", len(triage.changes) - 1)
        yield _found("severity-reason", sentence, where)


def resolution_faults(record: BugRecord) -> Iterator[Finding]:
    """A closed bug says how it ended, and an open one does not."""
    resolution, closed = record.resolution, record.status is Status.CLOSED
    if resolution is None:
        if closed:
            sentence = f"{record.id} is closed without a resolution: say how it ended."
            yield _found("resolution", sentence, ("status",))
        return
    if not closed:
        sentence = f"{record.id} is open and has a resolution: reopen takes it back, remove it."
        yield _found("resolution", sentence, ("resolution",))
    endings = [ENDINGS[step.entry.action] for step in trail(record) if step.entry.action in ENDINGS]
    if closed and endings and endings[-1] is not resolution.kind:
        sentence = f"The timeline closes the bug as `{endings[-1]}`: correct `kind`."
        yield _found("resolution", sentence, ("resolution", "kind"))
    if resolution.kind is ResolutionKind.DUPLICATE and resolution.duplicate_of is None:
        sentence = "A duplicate names the other bug: add `duplicate_of`."
        yield _found("resolution", sentence, ("resolution",))


def origin_faults(record: BugRecord, policy: Policy) -> Iterator[Finding]:
    """A policy that there is not yet, or two incidents at once."""
    if record.policy is not None and record.policy > policy.version:
        sentence = (
            f"The record was judged by policy {record.policy}, and the policy is version "
            f"{policy.version}: correct one of them."
        )
        yield _found("policy", sentence, ("policy",))
    hotfix = record.hotfix
    if hotfix is not None and record.incident not in {None, hotfix.incident}:
        sentence = f"{record.id} has declared {hotfix.incident} itself: remove `incident`."
        yield _found("incident", sentence, ("incident",))


def _change_faults(bug: str, triage: Triage) -> Iterator[Finding]:
    before: Severity | None = None
    for index, change in enumerate(triage.changes):
        where = ("triage", "changes", index)
        if change.before is not before:
            sentence = f"The severity before this change was {_named(before)}: correct `before`."
            yield _found("severity", sentence, (*where, "before"))
        if index and not change.reason:
            sentence = f"{bug} is triaged already: give a reason for the change."
            yield _found("severity-reason", sentence, where)
        before = change.after


def _named(severity: Severity | None) -> str:
    return str(severity) if severity else "none"


def _found(gate: str, sentence: str, where: Location) -> Finding:
    return Finding(reason=Reason(gate=gate, sentence=sentence), where=where)
