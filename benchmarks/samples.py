"""Numbers that were measured, and what is said of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from statistics import median, quantiles
from typing import Self

PERCENT = 100


class Unit(Enum):
    """What is counted, and how it is written: factor, digits, symbol."""

    SECONDS = (1, 2, " s")
    MILLISECONDS = (1000, 0, " ms")
    """Values are in seconds; only the writing differs."""
    MEGABYTES = (1e-6, 1, " MB")
    """Values are in bytes."""
    KILOBYTES = (1e-3, 0, " kB")
    """Values are in bytes."""
    COUNT = (1, 0, "")
    RATE = (1, 1, "/s")
    TIMES = (1, 2, "×")

    def text(self, value: float) -> str:
        """Write a value."""
        factor, digits, symbol = self.value
        return f"{value * factor:,.{digits}f}{symbol}"


@dataclass(frozen=True, kw_only=True)
class Samples:
    """Many runs of one thing, or one number; less is better unless it has a least value."""

    name: str
    values: Sequence[float]
    unit: Unit = Unit.MILLISECONDS
    most: float | None = None
    """The most that the median may be."""
    most_p99: float | None = None
    """The most that the 99th percentile may be."""
    least: float | None = None
    """The least that the median may be."""
    peer: Self | None = None
    """What does comparable work, measured in the same run."""
    times_better: float | None = None
    """The least that the peer's median must be of ours: 5 for five times faster, 0.5 for half."""

    @property
    def middle(self) -> float:
        """The median."""
        return median(self.values)

    @property
    def slow(self) -> float:
        """The 99th percentile."""
        if len(self.values) == 1:
            return self.values[0]
        return quantiles(self.values, n=PERCENT, method="inclusive")[98]

    @property
    def better(self) -> float | None:
        """How many times our median goes into the peer's."""
        return self.peer.middle / self.middle if self.peer and self.middle else None

    @property
    def met(self) -> bool | None:
        """Whether all targets are met; None without one."""
        answers = [
            self.most is None or self.middle <= self.most,
            self.most_p99 is None or self.slow <= self.most_p99,
            self.least is None or self.middle >= self.least,
            self.times_better is None
            or (self.better is not None and self.better >= self.times_better),
        ]
        return all(answers) if self.targets else None

    @property
    def targets(self) -> str:
        """The targets in words."""
        said = []
        if self.most is not None:
            said.append(f"≤ {self.unit.text(self.most)}")
        if self.most_p99 is not None:
            said.append(f"99 % ≤ {self.unit.text(self.most_p99)}")
        if self.least is not None:
            said.append(f"≥ {self.unit.text(self.least)}")
        if self.times_better is not None and self.peer is not None:
            said.append(f"≥ {self.times_better:g}× {self.peer.name}")
        return ", ".join(said)
