"""Numbers over months as lines, drawn at build time; the same numbers stand in a table below."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from generator.page_models.inline import Cell

_WIDTH: Final = 640
_HEIGHT: Final = 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 58, 12, 12, 26
_LABELS: Final = 12  # months that are named below the chart
_SPANS: Final = (
    (60, "1 min"),
    (600, "10 min"),
    (3_600, "1 h"),
    (21_600, "6 h"),
    (86_400, "1 d"),
    (604_800, "7 d"),
    (2_592_000, "30 d"),
)
"""Seconds that the scale of a duration names; each step is about six times the last."""

Scale = Literal["count", "share", "seconds"]


@dataclass(frozen=True, kw_only=True)
class Point:
    """A number of one month, in pixels, and in words."""

    x: float
    y: float
    words: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """The numbers of one kind; `tone` is the suffix of its colour and marker: ``p0``, ``all``."""

    tone: str
    words: str
    path: str
    """The `d` of an SVG path, with a gap where a month has no number."""
    points: tuple[Point, ...]


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A name on an axis, at its place in pixels."""

    at: float
    words: str


@dataclass(frozen=True, kw_only=True)
class MonthChart:
    """Lines over months, and the same as a table."""

    caption: str
    lines: tuple[Line, ...]
    months: tuple[Mark, ...]
    values: tuple[Mark, ...]
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    width: int = _WIDTH
    height: int = _HEIGHT
    left: int = _LEFT
    right: int = _WIDTH - _RIGHT
    kind: Literal["month_chart"] = "month_chart"


@dataclass(frozen=True, kw_only=True)
class Series:
    """One number for each month, `None` where there is none, and the same in words."""

    tone: str
    words: str
    numbers: tuple[float | None, ...]
    told: tuple[str, ...]


def month_chart(
    caption: str, months: Sequence[str], series: Sequence[Series], scale: Scale
) -> MonthChart | None:
    """The chart; `None` where no month has a number."""
    known = [number for each in series for number in each.numbers if number is not None]
    if not known:
        return None
    axis = _axis(known, scale)
    step = (_WIDTH - _LEFT - _RIGHT) / max(1, len(months))
    xs = [_LEFT + step * (index + 0.5) for index in range(len(months))]
    every = math.ceil(len(months) / _LABELS)
    return MonthChart(
        caption=caption,
        lines=tuple(_line(each, xs, months, axis) for each in series),
        months=tuple(
            Mark(at=round(x, 1), words=month)
            for index, (x, month) in enumerate(zip(xs, months, strict=True))
            if index % every == 0
        ),
        values=axis.marks,
        headers=("Month", *(each.words for each in series)),
        rows=tuple(
            ((month,), *((each.told[index],) for each in series))
            for index, month in enumerate(months)
        ),
    )


@dataclass(frozen=True, kw_only=True)
class _Axis:
    low: float
    high: float
    logarithmic: bool
    marks: tuple[Mark, ...] = ()

    def y(self, number: float) -> float:
        """The height of a number, in pixels from the top."""
        value = math.log(max(number, self.low)) if self.logarithmic else number
        low = math.log(self.low) if self.logarithmic else self.low
        high = math.log(self.high) if self.logarithmic else self.high
        share = (value - low) / (high - low)
        return round(_HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM), 1)


def _axis(known: list[float], scale: Scale) -> _Axis:
    if scale == "seconds":
        return _durations(known)
    if scale == "share":
        named = [(number / 4, f"{25 * number} %") for number in range(5)]
        axis = _Axis(low=0, high=1, logarithmic=False)
    else:
        top = _round_up(max(known))
        named = [(top * part / 4, f"{top * part / 4:g}") for part in range(5)]
        axis = _Axis(low=0, high=top, logarithmic=False)
    return _marked(axis, named)


def _durations(known: list[float]) -> _Axis:
    """From the named span below the shortest to the one above the longest."""
    below = [seconds for seconds, _ in _SPANS if seconds <= min(known)]
    above = [seconds for seconds, _ in _SPANS if seconds >= max(known)]
    low = below[-1] if below else 1
    high = above[0] if above else math.ceil(max(known))
    axis = _Axis(low=low, high=max(high, low * 6), logarithmic=True)
    return _marked(axis, [(at, words) for at, words in _SPANS if axis.low <= at <= axis.high])


def _marked(axis: _Axis, named: Sequence[tuple[float, str]]) -> _Axis:
    return _Axis(
        low=axis.low,
        high=axis.high,
        logarithmic=axis.logarithmic,
        marks=tuple(Mark(at=axis.y(number), words=words) for number, words in named),
    )


def _round_up(number: float) -> int:
    """The next number of the row 4, 8, 20, 40, 80, 200 and so on: it parts into four whole ones."""
    size = 1
    while True:
        for first in (4, 8, 20):
            if first * size >= number:
                return first * size
        size *= 10


def _line(series: Series, xs: list[float], months: Sequence[str], axis: _Axis) -> Line:
    points: list[Point] = []
    path = ""
    gap = True
    for x, number, words, month in zip(xs, series.numbers, series.told, months, strict=True):
        if number is None:
            gap = True
            continue
        point = Point(x=round(x, 1), y=axis.y(number), words=f"{month}, {series.words}: {words}")
        path += f"{'M' if gap else 'L'}{point.x} {point.y}"
        points.append(point)
        gap = False
    return Line(tone=series.tone, words=series.words, path=path, points=tuple(points))
