"""What one bug gives to numbers about many, whether it is read off its record or the index."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from tracker.model.severity import Severity
from tracker.model.status import Status
from tracker.workflow.target import Clock, ClockState, Limits, Spans, targets_of


class CountedDeployment(Protocol):
    """A deployment, as far as it is counted."""

    @property
    def stage(self) -> str:
        """Where it went."""
        ...

    @property
    def rolled_back_at(self) -> datetime | None:
        """When it was taken back."""
        ...


class CountedAction(Protocol):
    """An action item, as far as it is counted."""

    @property
    def key(self) -> str:
        """Its key."""
        ...

    @property
    def done_at(self) -> datetime | None:
        """When it was done."""
        ...


class Countable(Protocol):
    """A bug, as far as it is counted; a record is one."""

    @property
    def id(self) -> str:
        """Its number."""
        ...

    @property
    def severity(self) -> Severity | None:
        """How bad it is."""
        ...

    @property
    def status(self) -> Status:
        """Where it stands."""
        ...

    @property
    def deployments(self) -> Sequence[CountedDeployment]:
        """All of its deployments."""
        ...

    @property
    def actions(self) -> Sequence[CountedAction]:
        """All of its action items."""
        ...


Bug_co = TypeVar("Bug_co", bound=Countable, covariant=True)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What does not depend on the policy or the moment."""

    month: str
    """The month of the report in UTC: ``2026-03``."""
    spans: Spans
    clocks: tuple[Clock, ...]
    earlier_fixes: tuple[Clock, ...]
    """The clocks of the fixes before each reopening."""
    reopened: bool | None
    """``None`` where the bug was never closed."""
    has_postmortem: bool
    """Whether one is published."""


@dataclass(frozen=True, kw_only=True)
class Counted(Generic[Bug_co]):
    """What one bug gives to the numbers at a moment."""

    bug: Bug_co
    month: str
    """The month of the report in UTC: ``2026-03``."""
    spans: Spans
    targets: tuple[tuple[str, ClockState], ...]
    reopened: bool | None
    """``None`` where the bug was never closed."""
    lacks_postmortem: bool | None
    """``None`` where none is asked for."""


def counted(bug: Bug_co, facts: Facts, limits: Limits, now: datetime) -> Counted[Bug_co]:  # type: ignore[misc]
    """What a bug gives to the numbers at a moment."""
    ended = bug.status in {Status.VERIFIED, Status.CLOSED}
    asked = ended and bug.severity in limits.postmortem
    return Counted(
        bug=bug,
        month=facts.month,
        spans=facts.spans,
        targets=tuple(
            (each.name, each.state)
            for each in targets_of((*facts.earlier_fixes, *facts.clocks), limits, now)
        ),
        reopened=facts.reopened,
        lacks_postmortem=not facts.has_postmortem if asked else None,
    )
