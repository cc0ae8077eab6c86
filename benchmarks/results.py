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
from tracker import clock

RESULTS = Path(__file__).with_name("RESULTS.md")
HEADINGS = ("What", "Runs", "Median", "95 %", "Target", "Met", "Ratio to the peer")
MILLISECONDS = 1000


def show(samples: Sequence[Samples], slack: str) -> None:
    """Print the table and write it to `RESULTS.md` with all that it depends on."""
    rows = [_row(found, samples[-1]) for found in samples]
    table = Table(*HEADINGS, title="Actions in chat, with a local remote")
    for row in rows:
        table.add_row(*row)
    Console().print(table)
    RESULTS.write_text(_page(rows, slack), "utf-8")


def _row(found: Samples, peer: Samples) -> tuple[str, ...]:
    target = "–" if found.target is None else f"< {_milliseconds(found.target)}"
    return (
        found.name,
        str(len(found.seconds)),
        _milliseconds(found.middle),
        _milliseconds(found.slow),
        target,
        "–" if found.target is None else ("yes" if found.met else "no"),
        f"{found.middle / peer.middle:.1f}" if found.compared else "–",
    )


def _page(rows: Sequence[Sequence[str]], slack: str) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in (HEADINGS, *rows)]
    lines.insert(1, "| --- " * len(HEADINGS) + "|")
    about = [f"- {name}: {value}" for name, value in _conditions(slack).items()]
    return "\n".join(
        (
            "# Results",
            "",
            "Written by `make bench`. Each action is a note typed in chat; “done” is the moment at",
            "which the person sees the answer, after the commit was pushed to a bare repository on",
            "the same disk. The peer is plain git, adding a line to the same file, committing and",
            "pushing, right after each action.",
            "",
            *lines,
            "",
            *about,
            "",
        )
    )


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
