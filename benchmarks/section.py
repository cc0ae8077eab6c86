"""One table of the results: samples of one kind, and how they were taken."""

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.samples import Samples

Told = Callable[[str], None]
"""Takes a sentence of progress."""


@dataclass(frozen=True, kw_only=True)
class Section:
    """Samples in the order of their rows; with `peered`, the last one is the peer's."""

    title: str
    about: str
    samples: tuple[Samples, ...]
    peered: bool = False

    @property
    def met(self) -> bool:
        """Whether every target is met."""
        return all(found.met for found in self.samples)
