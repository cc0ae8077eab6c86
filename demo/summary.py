"""What a person sees first and last: where everything is, and how it went."""

from collections.abc import Mapping, Sequence
from statistics import median

from rich.box import SIMPLE
from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from demo.player import Timing

MILLISECONDS = 1000


def show_addresses(console: Console, addresses: Mapping[str, str]) -> None:
    """The addresses in a frame; each can be copied whole."""
    text = Text()
    for name, address in addresses.items():
        text.append(f"{name:<12}", style="bold")
        text.append(f"{address}\n", style="cyan" if "://" in address else "")
    text.rstrip()
    console.print(Panel(text, expand=False, border_style="dim"), soft_wrap=True)


def show_results(console: Console, rows: Mapping[str, str]) -> None:
    """A table of what was made."""
    table = Table(box=SIMPLE, show_header=False)
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    for name, value in rows.items():
        table.add_row(name, value)
    console.print(table)


def speed(timings: Sequence[Timing]) -> str:
    """Median times of all steps in words."""
    acknowledged = median(timing.acknowledged for timing in timings) * MILLISECONDS
    done = median(timing.done for timing in timings) * MILLISECONDS
    return f"acknowledged in {acknowledged:.0f} ms, done in {done:.0f} ms (medians)"
