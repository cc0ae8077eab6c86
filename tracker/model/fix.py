"""The fix, and the evidence that it works."""

from enum import StrEnum

from tracker.model.deployment_plan import DeploymentPlan
from tracker.model.excerpt import Excerpt
from tracker.model.part import Key, Line, Moment, Part, Prose, Verbatim
from tracker.model.person import Person


class Strategy(StrEnum):
    """Ways to fix a bug (workflow §3); the policy holds when to use each."""

    ROLLBACK = "rollback"
    BACKWARD_COMPATIBLE = "backward_compatible"
    HOTFIX = "hotfix"
    FEATURE_FLAG = "feature_flag"
    CONFIG_CHANGE = "config_change"
    PROPER_FIX = "proper_fix"

    @property
    def words(self) -> str:
        """The strategy as people read it."""
        return self.value.replace("_", " ")


class Risk(Part):
    """The four risk questions."""

    what_can_go_wrong: Line
    """What can go wrong with this fix?"""
    side_effects: Line | None = None
    """What else changes?"""
    other_services: Line | None = None
    """Which other services are touched?"""
    can_be_rolled_back: bool = True
    """Can it be rolled back?"""


class Design(Part):
    """What was considered before the change was made."""

    small_change: Line | None = None
    """Can it be fixed with a small change?"""
    root_cause_addressed: Line | None = None
    """Does the fix address the root cause?"""
    edge_cases: tuple[Line, ...] = ()
    """Edge cases that were considered."""
    tests_needed: tuple[Line, ...] = ()
    """Tests that are needed to verify the fix."""


class FixState(StrEnum):
    """How far the proper fix is."""

    PLANNED = "planned"
    IN_REVIEW = "in_review"
    MERGED = "merged"
    DEPLOYED = "deployed"

    @property
    def words(self) -> str:
        """The state as people read it."""
        return self.value.replace("_", " ")


class ChangedFile(Part):
    """A file that the fix touches."""

    path: Line
    """Path in its repository."""
    lines: int | None = None
    """How many lines changed."""
    functions: tuple[Line, ...] = ()
    """Functions or methods that changed."""


class RollbackPlan(Part):
    """How to go back when the fix makes things worse."""

    steps: tuple[Line, ...]
    """What to do, in order."""
    version: Line | None = None
    """The version to go back to."""
    command: Verbatim | None = None
    """The command that does it."""
    duration: Line | None = None
    """How long it takes."""
    data_loss: Line | None = None
    """What is lost by it."""
    triggers: tuple[Line, ...] = ()
    """What makes us do it."""


class Fix(Part):
    """What is changed to make the bug go away."""

    strategy: Strategy
    """How it is fixed."""
    strategy_reason: Line | None = None
    """Why that way."""
    summary: Prose | None = None
    """What was changed, for people who use the product."""
    steps: tuple[Line, ...] = ()
    """The solution, step by step."""
    branch: Line | None = None
    """The branch that holds it."""
    pull_request: Line | None = None
    """The pull request, as a title or address."""
    commits: tuple[Verbatim, ...] = ()
    """Commits: the hash, or the whole message."""
    files: tuple[ChangedFile, ...] = ()
    """Files it touches."""
    code: Verbatim | None = None
    """The heart of the change, before and after."""
    code_language: Line | None = None
    """The language of that code, for colours."""
    excerpts: tuple[Excerpt, ...] = ()
    """More of the change, place by place."""
    regression_test: Line | None = None
    """The test that fails without the fix."""
    risk: Risk | None = None
    """Answers to the risk questions."""
    design: Design | None = None
    """Answers to the design questions."""
    manual_checks: tuple[Line, ...] = ()
    """What has to be tried by hand; done once a manual test of that name has passed."""
    deployment_plan: DeploymentPlan | None = None
    """How it is meant to reach users."""
    rollback_plan: RollbackPlan | None = None
    """How to go back."""
    breaking_changes: tuple[Line, ...] = ()
    """What breaks for users of the fix; empty when nothing does."""
    compatibility: tuple[Line, ...] = ()
    """What keeps working, and what users have to do."""
    proper_fix: Prose | None = None
    """The later, proper fix, where this one is only immediate."""
    proper_changes: tuple[Excerpt, ...] = ()
    """What the proper fix changes, place by place."""
    proper_pull_request: Line | None = None
    """The pull request of the proper fix."""
    proper_state: FixState | None = None
    """How far the proper fix is."""
    prevents: tuple[Line, ...] = ()
    """What else cannot happen any more once the fix is there."""
    technical_debt: Prose | None = None
    """Debt that the fix leaves behind."""
    submitted_at: Moment | None = None
    """When it was ready for review."""
    submitted_by: Person | None = None
    """Who wrote it."""


class Suite(StrEnum):
    """Kinds of tests that count as evidence."""

    UNIT = "unit"
    INTEGRATION = "integration"
    REGRESSION = "regression"
    MANUAL = "manual"
    COMPATIBILITY = "compatibility"
    SMOKE = "smoke"
    LOAD = "load"
    SECURITY = "security"
    MIGRATION = "migration"
    MONITORING = "monitoring"
    ACCEPTANCE = "acceptance"


class Result(StrEnum):
    """How a test ended."""

    PASSED = "passed"
    FAILED = "failed"
    WAIVED = "waived"


class Evidence(Part):
    """One test run, or the reason why there was none."""

    key: Key | None = None
    """Keeps this run apart from others through merges; given by the tracker."""
    suite: Suite
    """Which kind of test it is."""
    name: Line
    """What was tested."""
    command: Verbatim | None = None
    """How it was run."""
    code: Verbatim | None = None
    """The test itself."""
    stage: Line | None = None
    """Where it was run: development, staging, production."""
    result: Result
    """How it ended."""
    failed_before_fix: bool = False
    """Whether it was seen failing before the fix."""
    after_deployment: bool = False
    """Whether it was run after the deployment."""
    detail: Line | None = None
    """Numbers, or why it was waived."""
    link: Line | None = None
    """Where its output is."""
    at: Moment | None = None
    """When it was run."""
    by: Person | None = None
    """Who ran it."""


class ReviewVerdict(StrEnum):
    """What a reviewer decided."""

    APPROVED = "approved"
    CHANGES_REQUESTED = "changes_requested"


class Review(Part):
    """One review of the fix."""

    at: Moment
    """When it was given."""
    by: Person
    """The reviewer."""
    senior: bool = False
    """Whether the reviewer held the senior role at that time."""
    verdict: ReviewVerdict
    """What was decided."""
    comment: Prose | None = None
    """What the reviewer wrote."""
    link: Line | None = None
    """Where the review is."""
