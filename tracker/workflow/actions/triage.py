"""Triage and assignment: how bad it is, what kind it is, who takes it."""

from collections.abc import Iterable
from typing import ClassVar

from tracker.model.part import Line, Prose
from tracker.model.person import Person
from tracker.model.record import BugRecord
from tracker.model.severity import Severity
from tracker.model.status import Status
from tracker.model.triage import Assignment, MatrixAnswers, SeverityChange, Triage
from tracker.workflow.action import Action, grown
from tracker.workflow.context import Context
from tracker.workflow.decision import Reason
from tracker.workflow.matrix import computed_severity


class TriageBug(Action):
    """Answer the decision matrix, choose the severity and the category; again to change them."""

    verb: ClassVar[str] = "triage"
    example: ClassVar[str] = "P1 Payments fail too"

    answers: MatrixAnswers | None = None
    """The six answers; those given before hold when a bug is triaged again without them."""
    severity: Severity | None = None
    """The severity; the computed one when left out."""
    category: Line | None = None
    """What kind of bug it is, from the policy's categories."""
    pattern: Line | None = None
    """Which known bug pattern it follows, from the policy's patterns."""
    reason: Line | None = None
    """Why the severity differs from the computed one, or why it changes."""
    initial_findings: Prose | None = None
    """What the first quick look showed."""

    def moves(self, record: BugRecord, context: Context) -> tuple[str, ...]:
        """The first triage is a move; later ones change the severity in place."""
        del context
        return (self.verb,) if record.status is Status.REPORTED else ()

    def conditions(self, record: BugRecord, context: Context) -> Iterable[Reason]:
        """Answers and category are needed once; a deviation and a change need a reason."""
        answers, chosen = self._answers(record), self._chosen(record, context)
        if answers is None:
            yield Reason(
                gate="answers",
                sentence="The decision matrix is not answered: answer its six questions.",
                remedy="triage",
                field="answers",
            )
        elif chosen is not computed_severity(answers, context.policy) and not self.reason:
            yield Reason(
                gate="severity-reason",
                sentence=(
                    f"The matrix gives {computed_severity(answers, context.policy)}, "
                    f"you chose {chosen}: give a reason."
                ),
                remedy="triage",
                field="reason",
            )
        elif record.triage is not None and not self.reason:
            yield Reason(
                gate="severity-reason",
                sentence=f"{record.id} is triaged already{_by_whom(record.triage)}: "
                "give a reason for the change.",
                remedy="triage",
                field="reason",
            )
        if self.category is None and record.triage is None:
            yield Reason(
                gate="category",
                sentence="The category is missing: choose one of the policy's categories.",
                remedy="triage",
                field="category",
            )

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Set severity and triage; keep every severity that the bug has had."""
        answers, chosen = self._answers(record), self._chosen(record, context)
        if answers is None or chosen is None:
            return record
        old = record.triage
        change = SeverityChange(
            at=context.at,
            by=context.actor,
            before=record.severity,
            after=chosen,
            reason=self.reason,
        )
        triage = Triage(
            answers=answers,
            computed=computed_severity(answers, context.policy),
            chosen=chosen,
            category=self.category or (old.category if old else "Other"),
            pattern=self.pattern or (old.pattern if old else None),
            initial_findings=self.initial_findings or (old.initial_findings if old else None),
            changes=(*(old.changes if old else ()), change),
        )
        return record.model_copy(update={"severity": chosen, "triage": triage})

    def event(self, record: BugRecord, context: Context) -> str:
        """The severity, what the matrix says, and the reason."""
        if record.triage is None:
            return "Triaged."
        name = context.policy.rule(record.severity).name
        text = f"Triaged as {record.severity} ({name}), {record.triage.category}."
        if record.triage.computed is not record.severity:
            text += f" The decision matrix gives {record.triage.computed}."
        return f"{text} {self.reason}" if self.reason else text

    def subject(self, record: BugRecord) -> str:
        """The severity."""
        return str(record.severity)

    def _answers(self, record: BugRecord) -> MatrixAnswers | None:
        return self.answers or (record.triage.answers if record.triage else None)

    def _chosen(self, record: BugRecord, context: Context) -> Severity | None:
        answers = self._answers(record)
        return self.severity or (computed_severity(answers, context.policy) if answers else None)


class AssignBug(Action):
    """Give the bug to an engineer, with a backup for P0 and P1; again to hand it over."""

    verb: ClassVar[str] = "assign"
    example: ClassVar[str] = "@engineer backup @senior eta 2h"

    assignee: Person
    """The engineer who fixes it."""
    backup: Person | None = None
    """Who takes over."""
    eta: Line | None = None
    """When the fix is expected."""
    notified: tuple[Line, ...] = ()
    """Who was told."""
    channel: Line | None = None
    """Where its progress is discussed."""

    def moves(self, record: BugRecord, context: Context) -> tuple[str, ...]:
        """The first assignment is a move; later ones hand the bug over."""
        del context
        late = record.status not in (Status.REPORTED, Status.TRIAGED)
        return () if late else (self.verb,)

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Set the assignment; backup and channel of the old one stay when left out."""
        old = record.assignment
        assignment = Assignment(
            assignee=self.assignee,
            backup=self.backup or (old.backup if old else None),
            at=context.at,
            by=context.actor,
            eta=self.eta or (old.eta if old else None),
            notified=grown(old.notified if old else (), self.notified),
            channel=self.channel or (old.channel if old else None),
        )
        return record.model_copy(update={"assignment": assignment})

    def event(self, record: BugRecord, context: Context) -> str:
        """Who takes it, who backs them up, by when."""
        del record, context
        text = f"Assigned to {self.assignee.name}"
        if self.backup:
            text += f", backup {self.backup.name}"
        return f"{text}, ETA {self.eta}." if self.eta else f"{text}."

    def subject(self, record: BugRecord) -> str:
        """The assignee's name."""
        del record
        return self.assignee.name


def _by_whom(triage: Triage) -> str:
    """What was judged last, which somebody with an open form has not seen."""
    if not triage.changes:
        return ""
    last = triage.changes[-1]
    return f", as {last.after} by {last.by.name} at {last.at:%Y-%m-%d %H:%M %Z}"
