"""Where the lifecycle's states stand and which way its arrows go, in pixels."""

from functools import cache
from typing import Final

from tracker.model.status import Phase, Status

NODE_WIDTH: Final = 126
NODE_HEIGHT: Final = 44
_COLUMN, _ROW, _TOP, _LEFT = 154, 64, 40, 8
_LANE, _LANES_FROM = 14, 226
WIDTH: Final = _LEFT * 2 + _COLUMN * (len(Phase) - 1) + NODE_WIDTH
HEIGHT: Final = _LANES_FROM + 2 * _LANE + 12


def column_x(phase: Phase) -> int:
    """The left edge of a phase's column."""
    return _LEFT + (phase.number - 1) * _COLUMN


@cache
def corner(status: Status) -> tuple[int, int]:
    """The upper left corner of a state's box: its phase's column, in the order of the phase."""
    _, row = _place(status)
    return column_x(status.phase), _TOP + row * _ROW


@cache
def route(source: Status, target: Status) -> str:
    """The arrow's `d`: down a column, to the next one, back beside it, or below everything."""
    (from_column, from_row), (to_column, to_row) = _place(source), _place(target)
    start, end = corner(source), corner(target)
    if from_column == to_column:
        return _down(start, end) if to_row == from_row + 1 else _up(start, end)
    if abs(to_column - from_column) == 1:
        return _across(start, end)
    return _below(start, end)


def _place(status: Status) -> tuple[int, int]:
    """Column and row: the phase, and the position among the phase's states."""
    column = [other for other in Status if other.phase is status.phase]
    return status.phase.number - 1, column.index(status)


def _down(start: tuple[int, int], end: tuple[int, int]) -> str:
    x = start[0] + NODE_WIDTH // 2
    return f"M{x} {start[1] + NODE_HEIGHT}V{end[1] - 3}"


def _up(start: tuple[int, int], end: tuple[int, int]) -> str:
    """Back within a column, bulging to its left."""
    x, middle = start[0], NODE_HEIGHT // 2
    bulge = x - (start[1] - end[1]) // 6 - 4
    return (
        f"M{x} {start[1] + middle}C{bulge} {start[1] + middle - 8} "
        f"{bulge} {end[1] + middle + 16} {x - 3} {end[1] + middle + 6}"
    )


def _across(start: tuple[int, int], end: tuple[int, int]) -> str:
    """To the next column from right to left edge, or back to the one before."""
    middle = NODE_HEIGHT // 2
    if end[0] > start[0]:
        return _curve(start[0] + NODE_WIDTH, start[1] + middle, end[0] - 3, end[1] + middle)
    lift = middle + 10
    return _curve(start[0], start[1] + lift, end[0] + NODE_WIDTH + 3, end[1] + lift)


def _below(start: tuple[int, int], end: tuple[int, int]) -> str:
    """A long way, in a lane below all columns: one lane forward, one back."""
    back = end[0] < start[0]
    lane, shift = _LANES_FROM + (_LANE if back else 0), 12 if back else -12
    x1, x2 = (x + NODE_WIDTH // 2 + shift for x in (start[0], end[0]))
    return f"M{x1} {start[1] + NODE_HEIGHT}V{lane}H{x2}V{end[1] + NODE_HEIGHT + 3}"


def _curve(x1: int, y1: int, x2: int, y2: int) -> str:
    middle = (x1 + x2) // 2
    return f"M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}"
