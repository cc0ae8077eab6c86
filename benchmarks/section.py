"""One table of the results: samples of one kind, and how they were taken."""

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.samples import Samples

Told = Callable[[str], None]
"""Takes a sentence of progress."""


@dataclass(frozen=True, kw_only=True)
class Section:
    """Samples in the order of their rows, those of peers among them."""

    title: str
    about: str
    samples: tuple[Samples, ...]
    missing: tuple[str, ...] = ()
    """A sentence for each peer or figure that could not be had, with the reason."""

    @property
    def met(self) -> bool:
        """Whether no target is missed."""
        return all(found.met is not False for found in self.samples)
