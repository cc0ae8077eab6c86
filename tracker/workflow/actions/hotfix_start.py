"""The first half of the hotfix track: declare, branch, implement (workflow §3)."""

from collections.abc import Iterable
from typing import ClassVar

from tracker.model.bug_id import IncidentId, number_of
from tracker.model.checklist import ChecklistItem
from tracker.model.deployment import Hotfix, HotfixStep
from tracker.model.part import Line
from tracker.model.person import Person
from tracker.model.record import BugRecord
from tracker.workflow.actions.fix import FixDetails
from tracker.workflow.actions.hotfix_step import HotfixAction
from tracker.workflow.actions.incident import COMMANDER, holder_of
from tracker.workflow.context import Context
from tracker.workflow.decision import Reason
from tracker.workflow.gates.triage import has_severity
from tracker.workflow.hotfix_commands import hotfix_base


class DeclareIncident(HotfixAction):
    """Declare the incident: its number, its commander, its channel, who is told."""

    verb: ClassVar[str] = "hotfix-declare"
    example: ClassVar[str] = "commander=@lead channel=#inc-2026-0007"
    step: ClassVar[HotfixStep] = HotfixStep.DECLARE

    incident: IncidentId | None = None
    """The incident's number; when left out, that of the bug, or the year's next free one."""
    commander: Person | None = None
    """Who leads the response; who has the role, or you, when left out."""
    channel: Line | None = None
    """The incident's channel."""
    stakeholders: tuple[Line, ...] = ()
    """Who was told."""
    reason: Line | None = None
    """Why a bug below P1 is hotfixed."""

    def conditions(self, record: BugRecord, context: Context) -> Iterable[Reason]:
        """Below P1 a reason is needed."""
        yield from self.obstacles(record, context)
        rule = context.policy.rule(record.severity)
        if record.severity is not None and rule.hotfix == "with_reason" and not self.reason:
            yield Reason(
                gate="hotfix-reason",
                sentence=f"A {record.severity} is hotfixed only with a reason: give it.",
                field="reason",
            )

    @classmethod
    def obstacles(cls, record: BugRecord, context: Context) -> Iterable[Reason]:
        """A severity is needed, and no second declaration."""
        yield from has_severity(record, context)
        yield from super().obstacles(record, context)

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Open the track with its checklist."""
        if record.hotfix is not None:
            return record
        hotfix = Hotfix(
            incident=self.incident or record.incident or free_incident(record.id, context),
            commander=self.commander or holder_of(record, COMMANDER) or context.actor,
            channel=self.channel,
            stakeholders=self.stakeholders,
            reason=self.reason,
            checklist=tuple(ChecklistItem(text=text) for text in context.policy.checklists.hotfix),
        )
        declared = record.model_copy(update={"hotfix": hotfix, "incident": None})
        return self.taken(declared, context)

    def event(self, record: BugRecord, context: Context) -> str:
        """The incident and its commander."""
        del context
        if record.hotfix is None:
            return "Incident declared."
        return f"{record.hotfix.incident} declared, commander {record.hotfix.commander.name}."

    def subject(self, record: BugRecord) -> str:
        """The incident."""
        return record.hotfix.incident if record.hotfix else ""


def free_incident(bug: str, context: Context) -> str:
    """The bug's number as the incident's, or past the year's highest where that is taken."""
    year, taken = f"INC-{context.at.year}-", context.known.incidents or frozenset()
    number = number_of(bug)
    if f"{year}{number:04d}" in taken:
        of_year = (int(name.removeprefix(year)) for name in taken if name.startswith(year))
        number = max(of_year) + 1
    return f"{year}{number:04d}"


class CreateBranch(HotfixAction):
    """Create the hotfix branch from the production ref."""

    verb: ClassVar[str] = "hotfix-branch"
    example: ClassVar[str] = "hotfix/rate-limit-redis-failover base=v2.0.1"
    step: ClassVar[HotfixStep] = HotfixStep.BRANCH

    branch: Line
    """The branch: `hotfix/<slug>`."""
    base: Line | None = None
    """The production ref that it starts from: a tag, a commit or a branch of the remote.

    When left out, the one recorded before, else what production runs, else the main branch.
    """

    def conditions(self, record: BugRecord, context: Context) -> Iterable[Reason]:
        """Hotfix branches say so in their names."""
        yield from super().conditions(record, context)
        if not self.branch.startswith("hotfix/"):
            yield Reason(
                gate="hotfix-branch",
                sentence=f"`{self.branch}` does not begin with `hotfix/`: rename the branch.",
                field="branch",
            )

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Set branch and base."""
        if record.hotfix is None:
            return record
        settled = {"branch": self.branch, "base": self._base(record)}
        hotfix = record.hotfix.model_copy(update=settled)
        return self.taken(record.model_copy(update={"hotfix": hotfix}), context, self.branch)

    def event(self, record: BugRecord, context: Context) -> str:
        """The branch and where it starts."""
        del context
        return f"Branch {self.branch} created from {self._base(record)}."

    def subject(self, record: BugRecord) -> str:
        """The branch."""
        del record
        return self.branch

    def _base(self, record: BugRecord) -> str:
        return self.base or hotfix_base(record)


class ImplementHotfix(HotfixAction, FixDetails):
    """Hand in the minimal fix; the branch is that of the track."""

    verb: ClassVar[str] = "hotfix-implement"
    example: ClassVar[str] = (
        "summary=Both signatures are accepted regression_test=test_old_app "
        "what_can_go_wrong=Nothing known rollback_plan.steps=Deploy v2.0.1"
    )
    step: ClassVar[HotfixStep] = HotfixStep.IMPLEMENT

    def moves(self, record: BugRecord, context: Context) -> tuple[str, ...]:
        """Into review."""
        del record, context
        return ("submit-fix",)

    def conditions(self, record: BugRecord, context: Context) -> Iterable[Reason]:
        """Commits follow the hotfix convention: subject and `Incident:` trailer."""
        yield from super().conditions(record, context)
        incident = record.hotfix.incident if record.hotfix else ""
        for commit in self.commits:
            if "\n" not in commit and " " not in commit:
                continue
            if not commit.startswith("hotfix(") or f"Incident: {incident}" not in commit:
                yield Reason(
                    gate="hotfix-commit",
                    sentence=(
                        f"The commit `{commit.splitlines()[0]}` does not follow the convention: "
                        f"begin with `hotfix(<scope>): ` and end with `Incident: {incident}`."
                    ),
                    field="commits",
                )

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Set the fix and mark the step."""
        handed_in = super().apply(record, context)
        detail = self.commits[0].splitlines()[0] if self.commits else self.summary
        return self.taken(handed_in, context, detail)
