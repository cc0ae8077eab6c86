"""The lifecycle as a drawing: states in columns by phase, edges from the transition table."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Literal

from generator.page_models.inline import sentence_case
from tracker.model.record import BugRecord
from tracker.model.status import Phase, Status
from tracker.model.timeline import in_order
from tracker.workflow.transitions import TRANSITIONS

_NODE_WIDTH, _NODE_HEIGHT = 126, 44
_COLUMN, _ROW, _TOP, _LEFT = 154, 64, 40, 8
_LANE, _LANES_FROM = 14, 226
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
    width: int = _NODE_WIDTH
    height: int = _NODE_HEIGHT


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


def lifecycle(record: BugRecord) -> Lifecycle:
    """The drawing of one bug's life so far."""
    trail = _trail(record)
    taken = Counter(pairwise(status for status, _ in trail))
    reached = {status: at for status, at in reversed(trail) if at is not None}
    states = tuple(_box(status, record.status, reached) for status in Status)
    edges = tuple(sorted(_edges(taken), key=lambda edge: (edge.taken > 0, not edge.detour)))
    return Lifecycle(
        width=_LEFT * 2 + _COLUMN * (len(Phase) - 1) + _NODE_WIDTH,
        height=_LANES_FROM + 2 * _LANE + 12,
        phases=tuple(_column(phase, record.status.phase) for phase in Phase),
        states=states,
        edges=edges,
        words=" → ".join(sentence_case(status.words) for status, _ in trail),
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
        width=_LEFT * 2 + _COLUMN * (len(Phase) - 1) + _NODE_WIDTH,
        height=_LANES_FROM + 2 * _LANE + 12,
        phases=tuple(replace(column, role="passed") for column in columns),
        states=tuple(replace(box, role="passed") for box in boxes),
        edges=edges,
        told="The usual way",
        words=" → ".join(sentence_case(status.words) for status in Status),
        detours=(),
    )


def _trail(record: BugRecord) -> list[tuple[Status, datetime | None]]:
    """The states that the bug went through, from the timeline; it ends where the bug stands."""
    moves = [(entry.to, entry.at) for entry in in_order(record.timeline) if entry.to is not None]
    trail: list[tuple[Status, datetime | None]] = [*moves]
    if not trail or trail[0][0] is not Status.REPORTED:
        trail.insert(0, (Status.REPORTED, record.reported.at))
    if trail[-1][0] is not record.status:
        trail.append((record.status, None))
    return trail


def _place(status: Status) -> tuple[int, int]:
    """Column and row: the phase, and the position among the phase's states."""
    column = [other for other in Status if other.phase is status.phase]
    return status.phase.number - 1, column.index(status)


def _box(status: Status, current: Status | None, reached: dict[Status, datetime]) -> StateBox:
    column, row = _place(status)
    at = reached.get(status)
    role: Literal["passed", "current", "ahead"] = "ahead" if at is None else "passed"
    return StateBox(
        status=status,
        words=sentence_case(status.words),
        reached=f"{at.astimezone(UTC):%d %b, %H:%M}" if at else "",
        words_y=_TOP + row * _ROW + (19 if at else 27),
        x=_LEFT + column * _COLUMN,
        y=_TOP + row * _ROW,
        role="current" if status is current else role,
    )


def _column(phase: Phase, current: Phase) -> PhaseColumn:
    role: Literal["passed", "current", "ahead"] = "ahead"
    if phase.number < current.number:
        role = "passed"
    elif phase is current:
        role = "current"
    x = _LEFT + (phase.number - 1) * _COLUMN
    return PhaseColumn(words=f"{phase.number} {phase.value}", x=x, role=role)


def _edges(taken: Counter[tuple[Status, Status]]) -> list[Edge]:
    edges = []
    for source, row in TRANSITIONS.items():
        if source is None:
            continue
        for verb, transition in row.items():
            count = taken[source, transition.to]
            if verb in _LEAVING and not (count and _only_leaving(source)):
                continue
            edges.append(_edge(source, verb, transition.to, count))
    return edges


def _only_leaving(source: Status) -> bool:
    """Whether nothing but giving up leads from a state to the end."""
    return not any(
        transition.to is Status.CLOSED and verb not in _LEAVING
        for verb, transition in TRANSITIONS[source].items()
    )


def _edge(source: Status, verb: str, target: Status, count: int) -> Edge:
    usual = list(Status)
    detour = usual.index(target) != usual.index(source) + 1
    words = f"{sentence_case(source.words)} → {target.words} ({verb.replace('-', ' ')})"
    return Edge(path=_path(source, target), words=words, detour=detour, taken=count)


def _path(source: Status, target: Status) -> str:
    """The arrow's route: down a column, to the next one, back beside it, or below everything."""
    (from_column, from_row), (to_column, to_row) = _place(source), _place(target)
    start = (_LEFT + from_column * _COLUMN, _TOP + from_row * _ROW)
    end = (_LEFT + to_column * _COLUMN, _TOP + to_row * _ROW)
    if from_column == to_column:
        return _down(start, end) if to_row == from_row + 1 else _up(start, end)
    if abs(to_column - from_column) == 1:
        return _across(start, end)
    return _below(start, end)


def _down(start: tuple[int, int], end: tuple[int, int]) -> str:
    x = start[0] + _NODE_WIDTH // 2
    return f"M{x} {start[1] + _NODE_HEIGHT}V{end[1] - 3}"


def _up(start: tuple[int, int], end: tuple[int, int]) -> str:
    """Back within a column, bulging to its left."""
    x, middle = start[0], _NODE_HEIGHT // 2
    bulge = x - (start[1] - end[1]) // 6 - 4
    return (
        f"M{x} {start[1] + middle}C{bulge} {start[1] + middle - 8} "
        f"{bulge} {end[1] + middle + 16} {x - 3} {end[1] + middle + 6}"
    )


def _across(start: tuple[int, int], end: tuple[int, int]) -> str:
    """To the next column from right to left edge, or back to the one before."""
    middle = _NODE_HEIGHT // 2
    if end[0] > start[0]:
        return _curve(start[0] + _NODE_WIDTH, start[1] + middle, end[0] - 3, end[1] + middle)
    lift = middle + 10
    return _curve(start[0], start[1] + lift, end[0] + _NODE_WIDTH + 3, end[1] + lift)


def _below(start: tuple[int, int], end: tuple[int, int]) -> str:
    """A long way, in a lane below all columns: one lane forward, one back."""
    back = end[0] < start[0]
    lane, shift = _LANES_FROM + (_LANE if back else 0), 12 if back else -12
    x1, x2 = (x + _NODE_WIDTH // 2 + shift for x in (start[0], end[0]))
    return f"M{x1} {start[1] + _NODE_HEIGHT}V{lane}H{x2}V{end[1] + _NODE_HEIGHT + 3}"


def _curve(x1: int, y1: int, x2: int, y2: int) -> str:
    middle = (x1 + x2) // 2
    return f"M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}"
