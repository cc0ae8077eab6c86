"""Review: approve the fix, or send it back."""

from collections.abc import Iterable
from typing import ClassVar

from tracker.model.fix import Review, ReviewVerdict
from tracker.model.part import Line, Prose
from tracker.model.record import BugRecord
from tracker.workflow.action import Action, Move
from tracker.workflow.concessions import binding
from tracker.workflow.context import Context
from tracker.workflow.decision import Reason
from tracker.workflow.gates.fix import approvals_suffice, nobody_approves_their_own_fix
from tracker.workflow.transitions import TRANSITIONS


class ApproveFix(Action):
    """Approve the fix; it goes on to testing once the severity's approvals are there."""

    verb: ClassVar[str] = "approve"
    example: ClassVar[str] = "Looks right, minimal change"

    comment: Prose | None = None
    """What you checked."""
    link: Line | None = None
    """Where the review is."""

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Add an approving review."""
        return _reviewed(record, context, ReviewVerdict.APPROVED, self.comment, self.link)

    def conditions(self, record: BugRecord, context: Context) -> Iterable[Reason]:
        """Nobody approves their own fix."""
        return self.obstacles(record, context)

    @classmethod
    def obstacles(cls, record: BugRecord, context: Context) -> Iterable[Reason]:
        """Nobody approves their own fix, and only a fix in review is looked at."""
        yield from super().obstacles(record, context)
        if "approve" in TRANSITIONS[record.status]:
            reviewed = _reviewed(record, context, ReviewVerdict.APPROVED, None, None)
            yield from binding(nobody_approves_their_own_fix(reviewed, context), reviewed, context)

    def moves(self, record: BugRecord, context: Context) -> tuple[str, ...]:
        """On to testing, unless another approval is still needed."""
        in_review = "approve" in TRANSITIONS[record.status]
        return () if in_review and _missing(record, context) else (self.verb,)

    def event(self, record: BugRecord, context: Context) -> str:
        """Who approved, and which approval is still needed."""
        missing = (reason.sentence for reason in _missing(record, context))
        said = (self.comment,) if self.comment else ()
        return " ".join((f"Approved by {context.actor.name}.", *missing, *said))

    def subject(self, record: BugRecord) -> str:
        """The reviewer's name."""
        return f"by {record.reviews[-1].by.name}" if record.reviews else ""


class RequestChanges(Move):
    """Send the fix back with a reason."""

    verb: ClassVar[str] = "request-changes"
    example: ClassVar[str] = "The old client is not covered by a test"

    reason: Prose
    """What has to change."""
    link: Line | None = None
    """Where the review is."""

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Add a review that asks for changes."""
        return _reviewed(record, context, ReviewVerdict.CHANGES_REQUESTED, self.reason, self.link)

    def event(self, record: BugRecord, context: Context) -> str:
        """The reason."""
        del record, context
        return f"Changes requested: {self.reason}"

    def subject(self, record: BugRecord) -> str:
        """The reason's first line."""
        del record
        return self.reason.splitlines()[0]


def _missing(record: BugRecord, context: Context) -> tuple[Reason, ...]:
    return binding(approvals_suffice(record, context), record, context)


def _reviewed(
    record: BugRecord,
    context: Context,
    verdict: ReviewVerdict,
    comment: str | None,
    link: str | None,
) -> BugRecord:
    review = Review(
        at=context.at,
        by=context.actor,
        senior=context.policy.holds(context.actor, "senior"),
        verdict=verdict,
        comment=comment,
        link=link,
    )
    return record.model_copy(update={"reviews": (*record.reviews, review)})
