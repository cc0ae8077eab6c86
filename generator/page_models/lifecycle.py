"""The lifecycle as a drawing: states in columns by phase, edges from the transition table."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from typing import Literal

from generator.page_models.inline import sentence_case
from generator.page_models.lifecycle_routes import (
    HEIGHT,
    NODE_HEIGHT,
    NODE_WIDTH,
    WIDTH,
    column_x,
    corner,
    route,
)
from tracker.model.record import BugRecord
from tracker.model.status import Phase, Status
from tracker.model.timeline import in_order
from tracker.workflow.history import lasting
from tracker.workflow.transitions import TRANSITIONS

_LEAVING = frozenset({"mark-duplicate", "wont-fix"})
"""Moves that every open state allows: drawn only where they were taken."""


@dataclass(frozen=True, kw_only=True)
class StateBox:
    """A state in the drawing; x and y are its upper left corner, in pixels."""

    status: Status
    words: str
    reached: str
    """When it was reached, short; empty when it was not."""
    words_y: int
    """The baseline of the name: in the middle, or above the time."""
    x: int
    y: int
    role: Literal["passed", "current", "ahead"]
    width: int = NODE_WIDTH
    height: int = NODE_HEIGHT


@dataclass(frozen=True, kw_only=True)
class Edge:
    """An arrow of the drawing, as the `d` of an SVG path."""

    path: str
    words: str
    detour: bool
    taken: int


@dataclass(frozen=True, kw_only=True)
class PhaseColumn:
    """A phase's heading above its column."""

    words: str
    x: int
    role: Literal["passed", "current", "ahead"]


@dataclass(frozen=True, kw_only=True)
class Lifecycle:
    """The whole drawing, and the same in words."""

    width: int
    height: int
    phases: tuple[PhaseColumn, ...]
    states: tuple[StateBox, ...]
    edges: tuple[Edge, ...]
    words: str
    detours: tuple[str, ...]
    told: str = "Path so far"
    """What the words tell."""
    kind: Literal["lifecycle"] = "lifecycle"


@dataclass(frozen=True, kw_only=True)
class _Step:
    """A state that was reached, when, and by which command."""

    status: Status
    at: datetime | None
    action: str


def lifecycle(record: BugRecord) -> Lifecycle:
    """The drawing of one bug's life so far."""
    trail = _trail(record)
    taken = _taken(trail)
    reached = {step.status: step.at for step in reversed(trail) if step.at is not None}
    states = tuple(_box(status, record.status, reached) for status in Status)
    edges = tuple(sorted(_edges(taken), key=lambda edge: (edge.taken > 0, not edge.detour)))
    return Lifecycle(
        width=WIDTH,
        height=HEIGHT,
        phases=tuple(_column(phase, record.status.phase) for phase in Phase),
        states=states,
        edges=edges,
        words=" → ".join(sentence_case(step.status.words) for step in trail),
        detours=tuple(
            f"{edge.words}, {edge.taken} times" if edge.taken > 1 else edge.words
            for edge in edges
            if edge.detour and edge.taken
        ),
    )


def lifecycle_map() -> Lifecycle:
    """The drawing of every life: all states, and the moves between them that lead on or back."""
    boxes = (_box(status, None, {}) for status in Status)
    columns = (_column(phase, phase) for phase in Phase)
    edges = tuple(sorted(_edges(Counter()), key=lambda edge: not edge.detour))
    return Lifecycle(
        width=WIDTH,
        height=HEIGHT,
        phases=tuple(replace(column, role="passed") for column in columns),
        states=tuple(replace(box, role="passed") for box in boxes),
        edges=edges,
        told="The usual way",
        words=" → ".join(sentence_case(status.words) for status in Status),
        detours=(),
    )


def _trail(record: BugRecord) -> tuple[_Step, ...]:
    """The states that the bug went through, from the timeline; it ends where the bug stands."""
    trail = [
        _Step(status=entry.to, at=entry.at, action=entry.action)
        for entry in in_order(lasting(record.timeline))
        if entry.to is not None
    ]
    if not trail or trail[0].status is not Status.REPORTED:
        trail.insert(0, _Step(status=Status.REPORTED, at=record.reported.at, action="report"))
    if trail[-1].status is not record.status:
        trail.append(_Step(status=record.status, at=None, action=""))
    return tuple(trail)


def _taken(trail: tuple[_Step, ...]) -> Counter[tuple[Status, str]]:
    """How often each row of the table was gone through, by its state and its verb.

    The timeline names the command, which for a hotfix step is not the verb of its row.
    """
    taken: Counter[tuple[Status, str]] = Counter()
    for before, step in pairwise(trail):
        row = TRANSITIONS[before.status]
        fitting = [verb for verb, transition in row.items() if transition.to is step.status]
        verb = step.action if step.action in fitting else next(iter(fitting), step.action)
        taken[before.status, verb] += 1
    return taken


def _box(status: Status, current: Status | None, reached: dict[Status, datetime]) -> StateBox:
    x, y = corner(status)
    at = reached.get(status)
    role: Literal["passed", "current", "ahead"] = "ahead" if at is None else "passed"
    return StateBox(
        status=status,
        words=sentence_case(status.words),
        reached=f"{at.astimezone(UTC):%d %b, %H:%M}" if at else "",
        words_y=y + (19 if at else 27),
        x=x,
        y=y,
        role="current" if status is current else role,
    )


@cache
def _column(phase: Phase, current: Phase) -> PhaseColumn:
    role: Literal["passed", "current", "ahead"] = "ahead"
    if phase.number < current.number:
        role = "passed"
    elif phase is current:
        role = "current"
    return PhaseColumn(words=f"{phase.number} {phase.value}", x=column_x(phase), role=role)


def _edges(taken: Counter[tuple[Status, str]]) -> list[Edge]:
    return [
        _edge(source, verb, transition.to, taken[source, verb])
        for source, row in TRANSITIONS.items()
        if source is not None
        for verb, transition in row.items()
        if verb not in _LEAVING or taken[source, verb]
    ]


@cache
def _edge(source: Status, verb: str, target: Status, count: int) -> Edge:
    usual = list(Status)
    detour = usual.index(target) != usual.index(source) + 1
    words = f"{sentence_case(source.words)} → {target.words} ({verb.replace('-', ' ')})"
    return Edge(path=route(source, target), words=words, detour=detour, taken=count)
