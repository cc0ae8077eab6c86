"""Investigate: gather what is known, name the root cause, or give up reproducing."""

from operator import attrgetter
from typing import ClassVar, Literal, TypeAlias

from tracker.model.documents import Resolution, ResolutionKind
from tracker.model.excerpt import Excerpt
from tracker.model.fix import Fix, Strategy
from tracker.model.investigation import (
    Diagnosis,
    Hypothesis,
    Investigation,
    InvestigationStep,
    Reproduction,
    RootCause,
)
from tracker.model.part import Line, Prose
from tracker.model.record import BugRecord
from tracker.workflow.action import Move, grown, renewed
from tracker.workflow.context import Context
from tracker.workflow.revision import Revision

_Clearable: TypeAlias = Literal[
    "conclusion", "failing_test", "diagnosis.conditions", "diagnosis.regression",
    "diagnosis.configuration", "diagnosis.environments", "diagnosis.workaround",
]  # fmt: skip


class PlanInvestigation(Revision):
    """Write down what is known, what is not, hypotheses, and what was looked at."""

    verb: ClassVar[str] = "plan"
    example: ClassVar[str] = "known=Only production fails"

    reproductions: tuple[Reproduction, ...] = ()
    """Attempts to see the bug happen."""
    conclusion: Prose | None = None
    """What the attempts say."""
    known: tuple[Line, ...] = ()
    """What is certain."""
    unknown: tuple[Line, ...] = ()
    """What is still open."""
    hypotheses: tuple[Hypothesis, ...] = ()
    """Possible causes; one of the same statement is replaced."""
    steps: tuple[InvestigationStep, ...] = ()
    """What was looked at."""
    diagnosis: Diagnosis | None = None
    """Answers to the first questions; those that are left out stay as they were."""
    code: tuple[Excerpt, ...] = ()
    """Code and configuration that have to do with the bug; one of the same place is replaced."""
    fix_plan: tuple[Line, ...] = ()
    """What the fix is going to do, step by step."""
    failing_test: Line | None = None
    """The test that has to fail before the fix."""
    clear: tuple[_Clearable, ...] = ()
    """Fields to empty; what is left out stays as it was."""

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Add to the investigation; what became known is no longer unknown."""
        del context
        old = record.investigation.model_copy(update=self.cleared(Investigation))
        investigation = Investigation(
            diagnosis=self._diagnosis(old.diagnosis),
            reproductions=grown(old.reproductions, self.reproductions),
            conclusion=self.conclusion or old.conclusion,
            known=grown(old.known, self.known),
            unknown=tuple(
                item for item in grown(old.unknown, self.unknown) if item not in self.known
            ),
            hypotheses=renewed(old.hypotheses, self.hypotheses, attrgetter("statement")),
            steps=grown(old.steps, self.steps),
            code=renewed(old.code, self.code, attrgetter("place")),
            fix_plan=grown(old.fix_plan, self.fix_plan),
            failing_test=self.failing_test or old.failing_test,
        )
        return record.model_copy(update={"investigation": investigation})

    def subject(self, record: BugRecord) -> str:
        """What was added."""
        del record
        return self.conclusion.splitlines()[0] if self.conclusion else "investigation"

    def _diagnosis(self, old: Diagnosis | None) -> Diagnosis | None:
        said: dict[str, str | None] = {
            name: None for name in Diagnosis.model_fields if f"diagnosis.{name}" in self.clear
        }
        said |= self.diagnosis.model_dump(exclude_none=True) if self.diagnosis else {}
        return (old or Diagnosis()).model_copy(update=said) if said else old


class IdentifyCause(Move):
    """Name the root cause and a preliminary fix strategy."""

    verb: ClassVar[str] = "identify"
    example: ClassVar[str] = (
        "summary=Signatures do not match what=The server signs with SHA512 "
        "why_it_happened=No compatibility check why_not_caught=No test of old apps "
        "reproductions=staging | the old app is refused | yes "
        "strategy=backward_compatible"
    )

    reproductions: tuple[Reproduction, ...] = ()
    """Attempts to see the bug happen, beside those recorded already."""
    summary: Line
    """The problem in one sentence."""
    what: Prose
    """What exactly causes it."""
    chain: tuple[Line, ...] = ()
    """How one thing led to another."""
    why_it_happened: tuple[Line, ...] = ()
    """Why it could happen."""
    why_not_caught: tuple[Line, ...] = ()
    """Why no test, review or alert stopped it."""
    contributing_factors: tuple[Line, ...] = ()
    """What made it worse or more likely."""
    strategy: Strategy | None = None
    """The preliminary fix strategy."""
    strategy_reason: Line | None = None
    """Why that one."""

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Set the root cause and start the fix with its strategy."""
        cause = RootCause(
            summary=self.summary,
            what=self.what,
            chain=self.chain,
            why_it_happened=self.why_it_happened,
            why_not_caught=self.why_not_caught,
            contributing_factors=self.contributing_factors,
            identified_at=context.at,
            identified_by=context.actor,
        )
        investigation = record.investigation.model_copy(
            update={"reproductions": grown(record.investigation.reproductions, self.reproductions)}
        )
        fix = record.fix
        if self.strategy is not None:
            fix = (fix or Fix(strategy=self.strategy)).model_copy(
                update={"strategy": self.strategy, "strategy_reason": self.strategy_reason}
            )
        return record.model_copy(
            update={"root_cause": cause, "investigation": investigation, "fix": fix}
        )

    def event(self, record: BugRecord, context: Context) -> str:
        """The cause in one sentence."""
        del record, context
        return f"Root cause identified: {self.summary}"

    def subject(self, record: BugRecord) -> str:
        """The cause in one sentence."""
        del record
        return self.summary


class CannotReproduce(Move):
    """Close a bug that nobody could see happen, saying where and how it was tried."""

    verb: ClassVar[str] = "cannot-reproduce"
    example: ClassVar[str] = "reproductions=staging | nothing happens | no"

    reproductions: tuple[Reproduction, ...] = ()
    """Where and how it was tried, beside the attempts recorded already."""
    reason: Prose | None = None
    """Anything else that a later reader should know."""

    @classmethod
    def meets(cls, record: BugRecord, context: Context) -> frozenset[str]:
        """It may bring the attempts itself."""
        del record, context
        return frozenset({"reproduction"})

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Add the attempts and the resolution."""
        investigation = record.investigation.model_copy(
            update={"reproductions": grown(record.investigation.reproductions, self.reproductions)}
        )
        resolution = Resolution(
            kind=ResolutionKind.NOT_REPRODUCED,
            at=context.at,
            by=context.actor,
            reason=self.reason,
        )
        return record.model_copy(update={"investigation": investigation, "resolution": resolution})

    def event(self, record: BugRecord, context: Context) -> str:
        """How many attempts were made."""
        del context
        tried = ", ".join(attempt.where for attempt in record.investigation.reproductions)
        return f"Could not be reproduced: tried in {tried}."
