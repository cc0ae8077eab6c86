"""Numbers over months as lines, drawn at build time; the same numbers stand in a table below."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from generator.page_models.inline import Cell

_WIDTH: Final = 640
_HEIGHT: Final = 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 58, 12, 12, 26
_LABELS: Final = 12  # months that are named below the chart
_MOST: Final = 36  # months that fit beside one another
_BESIDE: Final = 3.0  # pixels between the markers of two severities, so that equal ones both show
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
    notes: str
    """How to read it: the kind of its scale, what a gap is, which months are left out."""
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
    """One number for each month, `None` where there is none, and the same in words.

    The one whose tone is ``all`` is drawn wide and beneath the others.
    """

    tone: str
    words: str
    numbers: tuple[float | None, ...]
    told: tuple[str, ...]


def calendar(months: Iterable[str]) -> tuple[str, ...]:
    """Each month from the first of these to the last, as in `2026-03`; of very many the newest."""
    counted = [int(month[:4]) * 12 + int(month[5:7]) - 1 for month in months]
    if not counted:
        return ()
    first = max(min(counted), max(counted) - _MOST + 1)
    return tuple(
        f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(first, max(counted) + 1)
    )


def month_chart(
    caption: str, months: Sequence[str], series: Sequence[Series], scale: Scale, notes: str = ""
) -> MonthChart | None:
    """The chart of months that follow one another; `None` where none of them has a number.

    `notes` are said beside what the scale and the gaps mean.
    """
    known = [number for each in series for number in each.numbers if number is not None]
    if not known:
        return None
    axis = _axis(known, scale)
    step = (_WIDTH - _LEFT - _RIGHT) / max(1, len(months))
    xs = [_LEFT + step * (index + 0.5) for index in range(len(months))]
    every = math.ceil(len(months) / _LABELS)
    return MonthChart(
        caption=caption,
        notes=" ".join(_notes(axis, series, notes)),
        lines=tuple(
            _line(each, [x + aside for x in xs], months, axis)
            for each, aside in zip(series, _asides(series, step), strict=True)
        ),
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


def _notes(axis: "_Axis", series: Sequence[Series], more: str) -> Iterator[str]:
    if axis.logarithmic:
        yield "The scale is logarithmic: the same height is the same factor."
    if any(None in each.numbers for each in series):
        yield "A line has a gap where a month has no number."
    if more:
        yield more


def _asides(series: Sequence[Series], step: float) -> list[float]:
    """How far each line stands beside the middle of its months, in pixels."""
    beside = [each for each in series if each.tone != "all"]
    width = min(_BESIDE, step / max(1, len(beside)))
    middle = (len(beside) - 1) / 2
    return [0.0 if each.tone == "all" else (beside.index(each) - middle) * width for each in series]


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
