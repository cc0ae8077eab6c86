"""Close a bug, or open it again."""

import difflib
from collections.abc import Iterable
from typing import ClassVar

from tracker.model.bug_id import TypedId
from tracker.model.documents import Related, RelatedKind, Resolution, ResolutionKind
from tracker.model.part import Prose
from tracker.model.record import BugRecord
from tracker.workflow.action import Move, grown
from tracker.workflow.context import Context
from tracker.workflow.decision import Reason


class CloseBug(Move):
    """Close a verified bug, once its documents and follow-ups are done."""

    verb: ClassVar[str] = "close"
    example: ClassVar[str] = ""

    note: Prose | None = None
    """Anything that a later reader should know."""

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Set the resolution."""
        resolution = Resolution(
            kind=ResolutionKind.FIXED, at=context.at, by=context.actor, reason=self.note
        )
        return record.model_copy(update={"resolution": resolution})

    def event(self, record: BugRecord, context: Context) -> str:
        """That it is closed."""
        del record, context
        return f"Closed: {self.note}" if self.note else "Closed."


class MarkDuplicate(Move):
    """Close a bug that repeats another one."""

    verb: ClassVar[str] = "mark-duplicate"
    example: ClassVar[str] = "BUG-0007"

    duplicate_of: TypedId
    """The other bug."""

    def conditions(self, record: BugRecord, context: Context) -> Iterable[Reason]:
        """A bug cannot repeat itself, and the other bug exists, as far as that is known."""
        known = context.known.bugs
        if self.duplicate_of == record.id:
            yield Reason(
                gate="duplicate",
                sentence=f"{record.id} cannot be a duplicate of itself: name the other bug.",
                field="duplicate_of",
            )
        elif known is not None and self.duplicate_of not in known:
            near = difflib.get_close_matches(self.duplicate_of, sorted(known - {record.id}), n=1)
            hint = f"did you mean {near[0]}?" if near else "correct the number, or report it first."
            yield Reason(
                gate="duplicate",
                sentence=f"There is no {self.duplicate_of}: {hint}",
                field="duplicate_of",
            )

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Set the resolution and link the other bug."""
        resolution = Resolution(
            kind=ResolutionKind.DUPLICATE,
            at=context.at,
            by=context.actor,
            duplicate_of=self.duplicate_of,
        )
        link = Related(kind=RelatedKind.DUPLICATE, ref=self.duplicate_of)
        return record.model_copy(
            update={"resolution": resolution, "related": grown(record.related, (link,))}
        )

    def of(self, bug: str) -> "MarkDuplicate":
        """The same with the id of the bug that was meant."""
        return self.model_copy(update={"duplicate_of": bug})

    def event(self, record: BugRecord, context: Context) -> str:
        """The other bug."""
        del record, context
        return f"Closed as a duplicate of {self.duplicate_of}."

    def subject(self, record: BugRecord) -> str:
        """The other bug."""
        del record
        return self.duplicate_of


class WontFix(Move):
    """Close a bug that will not be fixed, with the reason."""

    verb: ClassVar[str] = "wont-fix"
    example: ClassVar[str] = "The portal is switched off next month"

    reason: Prose
    """Why it will not be fixed."""

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Set the resolution."""
        resolution = Resolution(
            kind=ResolutionKind.WONT_FIX, at=context.at, by=context.actor, reason=self.reason
        )
        return record.model_copy(update={"resolution": resolution})

    def event(self, record: BugRecord, context: Context) -> str:
        """The reason."""
        del record, context
        return f"Will not be fixed: {self.reason}"

    def subject(self, record: BugRecord) -> str:
        """The reason's first line."""
        del record
        return self.reason.splitlines()[0]


class ReopenBug(Move):
    """Open a closed bug again: back to looking for the cause."""

    verb: ClassVar[str] = "reopen"
    example: ClassVar[str] = "Customers see the error again"

    reason: Prose
    """Why."""

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Take the resolution back."""
        del context
        return record.model_copy(update={"resolution": None})

    def event(self, record: BugRecord, context: Context) -> str:
        """The reason."""
        del record, context
        return f"Reopened: {self.reason}"

    def subject(self, record: BugRecord) -> str:
        """The reason's first line."""
        del record
        return self.reason.splitlines()[0]
