"""Numbers drawn as bars; each chart is a table too, so that it reads without the picture."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from generator.page_models.inline import Cell, Value, cell


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar: its label, its number and its length as a share of the longest."""

    label: Cell
    count: int
    percent: int
    tone: str = ""
    """The colour, as the suffix of a class: ``p0``, ``breached``…"""


@dataclass(frozen=True, kw_only=True)
class BarChart:
    """Horizontal bars under a caption."""

    caption: str
    label: str
    """What the bars stand for."""
    unit: str
    """What is counted."""
    bars: tuple[Bar, ...]
    kind: Literal["bar_chart"] = "bar_chart"


def bar_chart(
    caption: str, label: str, counts: Iterable[tuple[Value, int, str]], unit: str = "Bugs"
) -> BarChart | None:
    """A chart of (label, number, tone); ``None`` when there is nothing to count."""
    rows = tuple(counts)
    longest = max((count for _, count, _ in rows), default=0)
    if not longest:
        return None
    bars = tuple(
        Bar(label=cell(name), count=count, percent=round(100 * count / longest), tone=tone)
        for name, count, tone in rows
    )
    return BarChart(caption=caption, label=label, unit=unit, bars=bars)
