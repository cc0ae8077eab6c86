"""What is due and how it stands: plain values, reckoned without the record or the policy."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tracker.model.moment import in_utc
from tracker.model.severity import Severity


class ClockState(StrEnum):
    """How a target stands."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    BREACHED = "breached"
    MET = "met"
    MISSED = "missed"

    @property
    def words(self) -> str:
        """The state as people read it."""
        return self.value.replace("_", " ")


@dataclass(frozen=True, kw_only=True)
class Spans:
    """How long things took; ``None`` while they have not happened."""

    detect: timedelta | None
    """From the start of the trouble to the first notice of it."""
    acknowledge: timedelta | None
    """From the report to the triage."""
    identify: timedelta | None
    """From the report to the root cause."""
    mitigate: timedelta | None
    """From the report to the first mitigation, or to the verified fix when there was none."""
    resolve: timedelta | None
    """From the report to the verified fix."""
    downtime: timedelta | None
    """From the start of the trouble to the end of the incident."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """Something that is due."""

    name: str
    due: datetime
    done: datetime | None
    state: ClockState
    left: timedelta
    """Time left at ``now``, or at the moment it was done; negative when late."""


@dataclass(frozen=True, kw_only=True)
class Clock:
    """Something that a record has begun; the severity's rule says how long it may take."""

    name: str
    severity: Severity
    """The one in force when it began."""
    since: datetime
    done: datetime | None


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What the policy says of clocks."""

    within: Mapping[Severity, Mapping[str, timedelta]]
    """By severity and the name of a clock; what has no target is left out."""
    at_risk_from: float
    """Share of a target's time after which it is at risk."""
    postmortem: frozenset[Severity]
    """The severities that ask for a post-mortem."""


def targets_of(clocks: Iterable[Clock], limits: Limits, now: datetime) -> tuple[Target, ...]:
    """How the clocks stand that have a target."""
    found = ((clock, limits.within.get(clock.severity, {}).get(clock.name)) for clock in clocks)
    return tuple(_target(clock, span, limits, now) for clock, span in found if span is not None)


def _target(clock: Clock, span: timedelta, limits: Limits, now: datetime) -> Target:
    due, present = in_utc(clock.since) + span, in_utc(now)
    finished = in_utc(clock.done) if clock.done is not None else None
    if finished is not None:
        state = ClockState.MET if finished <= due else ClockState.MISSED
    elif present > due:
        state = ClockState.BREACHED
    elif present - in_utc(clock.since) > limits.at_risk_from * span:
        state = ClockState.AT_RISK
    else:
        state = ClockState.ON_TRACK
    return Target(
        name=clock.name,
        due=shifted(clock.since, span),
        done=clock.done,
        state=state,
        left=due - (finished or present),
    )


def shifted(since: datetime, span: timedelta) -> datetime:
    """A moment that many hours later, in the same zone, whatever the zone's clocks do between."""
    return (in_utc(since) + span).astimezone(since.tzinfo)
