"""Test: record runs, and whether the bug is gone."""

from typing import ClassVar

from tracker.model.fix import Evidence
from tracker.model.part import Prose
from tracker.model.record import BugRecord
from tracker.workflow.action import Action, Move
from tracker.workflow.context import Context
from tracker.workflow.evidence import with_evidence


class PassTests(Move):
    """Record that the tests pass, among them the regression test that failed before the fix."""

    verb: ClassVar[str] = "pass-tests"
    example: ClassVar[str] = "tests=regression | test_old_app | passed | failed before"

    tests: tuple[Evidence, ...] = ()
    """Test runs, beside those recorded already."""

    @classmethod
    def meets(cls, record: BugRecord, context: Context) -> frozenset[str]:
        """A run that failed may have passed meanwhile."""
        del record, context
        return frozenset({"failing-test"})

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Add the runs."""
        return with_evidence(record, context, self.tests)

    def event(self, record: BugRecord, context: Context) -> str:
        """How many runs there are."""
        del record, context
        named = ", ".join(run.name for run in self.tests)
        return f"Tests passed: {named}." if named else "Tests passed."

    def subject(self, record: BugRecord) -> str:
        """What was run."""
        del record
        return ", ".join(run.name for run in self.tests)


class FailTests(Move):
    """The bug persists: back to the fix."""

    verb: ClassVar[str] = "fail-tests"
    example: ClassVar[str] = "Old app still gets Invalid signature"

    reason: Prose
    """What failed."""
    tests: tuple[Evidence, ...] = ()
    """The runs that failed."""

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Add the runs."""
        return with_evidence(record, context, self.tests)

    def event(self, record: BugRecord, context: Context) -> str:
        """What failed."""
        del record, context
        return f"Bug persists: {self.reason}"

    def subject(self, record: BugRecord) -> str:
        """What failed."""
        del record
        return self.reason.splitlines()[0]


class Regress(FailTests):
    """The load test shows a regression: back to the fix."""

    verb: ClassVar[str] = "regress"
    example: ClassVar[str] = "p99 doubled under load"

    def event(self, record: BugRecord, context: Context) -> str:
        """What regressed."""
        del record, context
        return f"Regression under load: {self.reason}"


class AddEvidence(Action):
    """Record test runs: load test, smoke tests, anything that shows the fix works or does not."""

    verb: ClassVar[str] = "evidence"
    example: ClassVar[str] = "tests=load | 1,000 requests a second | passed"

    tests: tuple[Evidence, ...]
    """The runs; a waived one gives its reason as detail."""

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Add the runs."""
        return with_evidence(record, context, self.tests)

    def event(self, record: BugRecord, context: Context) -> str:
        """Each run with its result."""
        del record, context
        return "Evidence: " + "; ".join(f"{run.name} {run.result}" for run in self.tests) + "."

    def subject(self, record: BugRecord) -> str:
        """What was run."""
        del record
        return ", ".join(run.name for run in self.tests)
