"""Seconds that were measured, and what is said of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

PERCENT = 100


@dataclass(frozen=True, kw_only=True)
class Samples:
    """Many runs of one thing; `target` is the most that the median may be, in seconds."""

    name: str
    seconds: Sequence[float]
    target: float | None = None
    compared: bool = True
    """Whether the peer does the same, so that their ratio says something."""

    @property
    def middle(self) -> float:
        """The median."""
        return median(self.seconds)

    @property
    def slow(self) -> float:
        """The 95th percentile."""
        return quantiles(self.seconds, n=PERCENT, method="inclusive")[94]

    @property
    def met(self) -> bool:
        """Whether the target is met; without one it is."""
        return self.target is None or self.middle < self.target
