"""One table of the results: samples of one kind, and how they were taken."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.samples import Samples

Told = Callable[[str], None]
"""Takes a sentence of progress."""


class ProgramChangedError(Exception):
    """The code was edited while it was measured; its text says what to do."""


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


def measured_steadily(
    measure: Callable[[Path, Told], Section], folder: Path, tell: Told, program: Callable[[], str]
) -> Section:
    """Measure one program, told by `program`, from the first sample to the last.

    A build with nothing changed makes every page anew for one edited line of code, so that samples
    of both are not samples of one thing.

    Raises:
        ProgramChangedError: the program is another one than before.
    """
    before = program()
    section = measure(folder, tell)
    if program() != before:
        message = (
            "The code changed while it was measured, so nothing of this is kept. "
            "Measure again in a clone that nobody edits meanwhile."
        )
        raise ProgramChangedError(message)
    return section
