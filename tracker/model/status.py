"""Where a bug stands in its life (workflow §2)."""

from enum import StrEnum


class Phase(StrEnum):
    """The five phases that people are shown."""

    TRIAGE = "Triage"
    ROOT_CAUSE = "Root cause"
    FIX = "Fix"
    DEPLOYMENT = "Deployment"
    POSTMORTEM = "Post-mortem"

    @property
    def number(self) -> int:
        """1 to 5."""
        return list(Phase).index(self) + 1


class Status(StrEnum):
    """The states of the lifecycle; the order is that of a life without detours."""

    REPORTED = "reported"
    TRIAGED = "triaged"
    INVESTIGATING = "investigating"
    IN_PROGRESS = "in_progress"
    CODE_REVIEW = "code_review"
    TESTING = "testing"
    LOAD_TEST = "load_test"
    DEPLOYED = "deployed"
    VERIFIED = "verified"
    CLOSED = "closed"

    @property
    def words(self) -> str:
        """The state as people read it: ``code review``."""
        return self.value.replace("_", " ")

    @property
    def is_open(self) -> bool:
        """Whether anything may still happen without reopening."""
        return self is not Status.CLOSED

    @property
    def phase(self) -> Phase:
        """The phase that this state belongs to."""
        return _PHASES[self]


_PHASES = {
    Status.REPORTED: Phase.TRIAGE,
    Status.TRIAGED: Phase.TRIAGE,
    Status.INVESTIGATING: Phase.ROOT_CAUSE,
    Status.IN_PROGRESS: Phase.FIX,
    Status.CODE_REVIEW: Phase.FIX,
    Status.TESTING: Phase.FIX,
    Status.LOAD_TEST: Phase.DEPLOYMENT,
    Status.DEPLOYED: Phase.DEPLOYMENT,
    Status.VERIFIED: Phase.POSTMORTEM,
    Status.CLOSED: Phase.POSTMORTEM,
}
