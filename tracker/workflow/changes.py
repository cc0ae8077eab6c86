"""What became different between two versions of a record: what announcements are made of."""

from dataclasses import dataclass
from enum import StrEnum

from tracker.model.record import BugRecord
from tracker.model.severity import Severity
from tracker.model.timeline import TimelineEntry


class ChangeKind(StrEnum):
    """What a change is about, which decides who hears of it."""

    REPORTED = "reported"
    STATUS = "status"
    SEVERITY = "severity"
    ASSIGNMENT = "assignment"
    DEPLOYMENT = "deployment"
    HOTFIX = "hotfix"
    TIMELINE = "timeline"
    UPDATE = "update"


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing that became different."""

    kind: ChangeKind
    sentence: str
    entry: TimelineEntry | None = None

    def is_loud(self, severity: Severity | None) -> bool:
        """Whether a channel hears it: severity, status and assignment of P0 and P1 only."""
        quiet = (ChangeKind.HOTFIX, ChangeKind.TIMELINE, ChangeKind.UPDATE)
        return severity in (Severity.P0, Severity.P1) and self.kind not in quiet


def changes(old: BugRecord | None, new: BugRecord) -> tuple[Change, ...]:
    """What a reader of ``old`` has to be told of ``new``, in the order it was written."""
    known = {entry.key for entry in old.timeline} if old else set()
    found = [
        Change(kind=_kind(entry), sentence=entry.text, entry=entry)
        for entry in new.timeline
        if entry.key not in known
    ]
    if old is not None:
        found.extend(_unexplained(old, new, found))
        found.extend(_updates(old, new))
    return tuple(found)


def _unexplained(old: BugRecord, new: BugRecord, found: list[Change]) -> list[Change]:
    """Changes made by hand, without a timeline entry that tells them."""
    told = {change.kind for change in found}
    pairs = (
        (ChangeKind.STATUS, old.status, new.status, f"Now {new.status.words}."),
        (
            ChangeKind.SEVERITY,
            old.severity,
            new.severity,
            f"Severity is now {new.severity}." if new.severity else "No severity any more.",
        ),
        (
            ChangeKind.ASSIGNMENT,
            old.assignment and old.assignment.assignee,
            new.assignment and new.assignment.assignee,
            f"Assigned to {new.assignment.assignee.name}." if new.assignment else "Unassigned.",
        ),
    )
    moved = any(change.entry is not None and change.entry.to is not None for change in found)
    return [
        Change(kind=kind, sentence=f"{sentence[:-1]}{_undone_by(found)}.")
        for kind, before, after, sentence in pairs
        if before != after and kind not in told and not (kind is ChangeKind.STATUS and moved)
    ]


def _undone_by(found: list[Change]) -> str:
    """Who took a move back, with which its facts are gone; nothing for an edit by hand."""
    undone = [each.entry.by.name for each in found if each.entry and each.entry.undoes]
    return f", as {undone[0]} undid it" if undone else ""


def _updates(old: BugRecord, new: BugRecord) -> list[Change]:
    """What stakeholders were told; that somebody was told, without what, is no news."""
    return [
        Change(kind=ChangeKind.UPDATE, sentence=told.message)
        for told in new.communication
        if told not in old.communication and told.message
    ]


_KINDS = {
    "report": ChangeKind.REPORTED,
    "triage": ChangeKind.SEVERITY,
    "assign": ChangeKind.ASSIGNMENT,
    "deploy": ChangeKind.DEPLOYMENT,
    "hotfix-deploy": ChangeKind.DEPLOYMENT,
}


def _kind(entry: TimelineEntry) -> ChangeKind:
    if entry.action in _KINDS:
        return _KINDS[entry.action]
    if entry.to is not None:
        return ChangeKind.STATUS
    return ChangeKind.HOTFIX if entry.action.startswith("hotfix-") else ChangeKind.TIMELINE
