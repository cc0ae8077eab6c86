"""How each metric is read off a bug: its definition, and the rows that the bug gives to it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Final, TypeAlias

from tracker.workflow.counted import Countable, Counted
from tracker.workflow.target import ClockState

_SPANS: Final = {
    "detect": "the start of the trouble to the first notice of it",
    "acknowledge": "the report to the triage",
    "identify": "the report to the root cause",
    "mitigate": "the report to the first mitigation, or to the verified fix when there was none",
    "resolve": "the report to the verified fix",
}
_TARGETS: Final = ("Response", "Fix", "Release notes")
_COUNTED: Final = {
    "Fix": " Of a bug that was opened again each fix has to meet its own, the later ones from the"
    " reopening on.",
    "Release notes": " They count from the deployment that runs in production.",
}
_DECIDED: Final = (ClockState.MET, ClockState.MISSED, ClockState.BREACHED)


class Unit(StrEnum):
    """What a number counts."""

    BUGS = "bugs"
    SECONDS = "seconds"
    SHARE = "share"


Told: TypeAlias = Iterator[tuple[str, float]]
"""Rows that one bug gives to a metric: seconds, or 1 and 0 for what counts and what does not."""


@dataclass(frozen=True, kw_only=True)
class Measure:
    """How a metric is read off each bug."""

    name: str
    definition: str
    unit: Unit
    read: Callable[[Counted[Countable]], Told]


def _reported(each: Counted[Countable]) -> Told:
    yield each.bug.id, 1


def _open(each: Counted[Countable]) -> Told:
    if each.bug.status.is_open:
        yield each.bug.id, 1


def _took(span: str, each: Counted[Countable]) -> Told:
    took = getattr(each.spans, span)
    if took is not None:
        yield each.bug.id, took.total_seconds()


def _met(target: str, each: Counted[Countable]) -> Told:
    states = [state for name, state in each.targets if name == target and state in _DECIDED]
    if states:
        yield each.bug.id, all(state is ClockState.MET for state in states)


def _reopened(each: Counted[Countable]) -> Told:
    if each.reopened is not None:
        yield each.bug.id, each.reopened


def _rolled_back(each: Counted[Countable]) -> Told:
    for index, deployment in enumerate(each.bug.deployments):
        if deployment.stage == "production":
            row = f"{each.bug.id}#deployments/{index}"
            yield row, deployment.rolled_back_at is not None


def _postmortems(each: Counted[Countable]) -> Told:
    if each.lacks_postmortem is not None:
        yield each.bug.id, not each.lacks_postmortem


def _actions(each: Counted[Countable]) -> Told:
    for item in each.bug.actions:
        yield f"{each.bug.id}#actions/{item.key}", item.done_at is not None


def _share(name: str, definition: str, read: Callable[[Counted[Countable]], Told]) -> Measure:
    return Measure(name=name, definition=definition, unit=Unit.SHARE, read=read)


MEASURES: Final = (
    Measure(
        name="reported",
        definition="Bugs that were reported.",
        unit=Unit.BUGS,
        read=_reported,
    ),
    Measure(
        name="open",
        definition="Of these, bugs that are not closed.",
        unit=Unit.BUGS,
        read=_open,
    ),
    *(
        Measure(
            name=f"time_to_{name}",
            definition=f"Median time from {meaning}, of the bugs where both are known.",
            unit=Unit.SECONDS,
            read=partial(_took, name),
        )
        for name, meaning in _SPANS.items()
    ),
    *(
        _share(
            f"{name.lower().replace(' ', '_')}_target_met",
            f"Share of {name.lower()} targets that were met, of those that were met, were missed"
            f" or are overdue.{_COUNTED.get(name, '')}",
            partial(_met, name),
        )
        for name in _TARGETS
    ),
    _share(
        "reopen_rate",
        "Share of bugs that were opened again, of those that were closed at least once.",
        _reopened,
    ),
    _share(
        "rollback_rate", "Share of deployments to production that were rolled back.", _rolled_back
    ),
    _share(
        "postmortem_completion",
        "Share of bugs with a published post-mortem, of those that are verified or closed and whose"
        " severity asks for one.",
        _postmortems,
    ),
    _share("action_item_completion", "Share of action items that are done.", _actions),
)
"""Every number, in an order that is always the same."""
