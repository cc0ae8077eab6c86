"""Shows people how far a long build is, on a terminal alone.

Rich takes longer to load than a build takes to find that nobody looks.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.site_writer import Watcher

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


@dataclass(frozen=True)
class _Bars(Watcher):
    bars: "Progress"
    make: "TaskID"
    save: "TaskID"

    def making(self, done: int, of: int) -> None:
        self.bars.update(self.make, completed=done, total=of, visible=True)

    def writing(self, done: int, of: int) -> None:
        self.bars.update(self.save, completed=done, total=of, visible=True)


@contextmanager
def told_progress() -> Iterator[Watcher]:
    """Two bars on standard error, which go away at the end; nothing where no person looks."""
    if not sys.stderr.isatty():
        yield Watcher()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bars:
        make = bars.add_task("Making the pages of bugs", total=None, visible=False)
        save = bars.add_task("Writing them", total=None, visible=False)
        yield _Bars(bars, make, save)
