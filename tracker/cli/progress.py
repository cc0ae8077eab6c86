"""Progress of what takes long, on a terminal."""

import sys
from collections.abc import Callable
from typing import Final

_FEW: Final = 400  # files that are read before anybody wonders


def reading_progress() -> Callable[[int, int], None] | None:
    """What hears how many records of how many were read; None where nobody watches."""
    return _tell if sys.stderr.isatty() else None


def _tell(done: int, of: int) -> None:
    if of >= _FEW:
        end = "\n" if done == of else ""
        sys.stderr.write(f"\rReading records for the index: {done:,} of {of:,}{end}")
        sys.stderr.flush()
