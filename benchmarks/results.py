"""Show results on the terminal, and keep them beside the code."""

import os
import platform
import subprocess
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import pygit2
from rich.console import Console
from rich.table import Table

from benchmarks.samples import Samples
from benchmarks.section import Section
from tracker import clock

RESULTS = Path(__file__).with_name("RESULTS.md")
HEADINGS = ("What", "Runs", "Median", "95 %", "Target", "Met", "Ratio to the peer")
MILLISECONDS = 1000


def show(sections: Sequence[Section], slack: str) -> None:
    """Print the tables and write them to `RESULTS.md` with all that they depend on."""
    for section in sections:
        table = Table(*HEADINGS, title=section.title)
        for row in _rows(section):
            table.add_row(*row)
        Console().print(table)
    RESULTS.write_text(_page(sections, slack), "utf-8")


def _rows(section: Section) -> list[tuple[str, ...]]:
    peer = section.samples[-1] if section.peered else None
    return [_row(found, peer) for found in section.samples]


def _row(found: Samples, peer: Samples | None) -> tuple[str, ...]:
    target = "–" if found.target is None else f"< {_milliseconds(found.target)}"
    return (
        found.name,
        str(len(found.seconds)),
        _milliseconds(found.middle),
        _milliseconds(found.slow) if len(found.seconds) > 1 else "–",
        target,
        "–" if found.target is None else ("yes" if found.met else "no"),
        f"{found.middle / peer.middle:.1f}" if peer and found.compared else "–",
    )


def _page(sections: Sequence[Section], slack: str) -> str:
    lines = ["# Results", "", "Written by `make bench`.", ""]
    for section in sections:
        rows = ["| " + " | ".join(row) + " |" for row in (HEADINGS, *_rows(section))]
        rows.insert(1, "| --- " * len(HEADINGS) + "|")
        lines += [f"## {section.title}", "", section.about, "", *rows, ""]
    about = [f"- {name}: {value}" for name, value in _conditions(slack).items()]
    return "\n".join((*lines, "## Conditions", "", *about, ""))


def _conditions(slack: str) -> dict[str, str]:
    said = subprocess.run(["git", "--version"], capture_output=True, check=True, text=True)
    return {
        "Date": f"{clock.now():%Y-%m-%d %H:%M %Z}",
        "Machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"load {os.getloadavg()[0]:.1f} at the end",
        "Python": platform.python_version(),
        "git": said.stdout.removeprefix("git version ").strip(),
        "pygit2": f"{version('pygit2')} with libgit2 {pygit2.LIBGIT2_VERSION}",
        "slack-bolt": version("slack-bolt"),
        "Slack": slack,
    }


def _milliseconds(seconds: float) -> str:
    return f"{seconds * MILLISECONDS:.0f} ms"
