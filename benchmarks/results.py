"""Show results on the terminal, and keep them beside the code."""

import json
import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

import pygit2
from rich.console import Console
from rich.table import Table

from benchmarks.samples import Samples
from benchmarks.section import Section
from tracker import clock

RESULTS = Path(__file__).with_name("RESULTS.md")
HISTORY = Path(__file__).with_name("history.jsonl")
HEADINGS = ("What", "Runs", "Median", "99 %", "Target", "Met", "Peer ÷ ours")
_PACKAGES = ("pydantic", "slack-bolt", "SQLAlchemy", "mkdocs", "mkdocs-material")


def show(section: Section) -> None:
    """Print one table."""
    table = Table(*HEADINGS, title=section.title)
    for found in section.samples:
        table.add_row(*_row(found))
    console = Console()
    console.print(table)
    for sentence in section.missing:
        console.print(sentence)


def keep(sections: Mapping[str, Section]) -> None:
    """Append this run to the history, and write the newest of each section to `RESULTS.md`."""
    conditions = _conditions()
    with HISTORY.open("a", encoding="utf-8") as history:
        for name, section in sections.items():
            told = {"section": name, "conditions": conditions, **_values(section)}
            history.write(json.dumps(told, ensure_ascii=False) + "\n")
    RESULTS.write_text(_page(_newest()), "utf-8")


def _values(section: Section) -> dict[str, object]:
    return {
        "title": section.title,
        "about": section.about,
        "missing": section.missing,
        "rows": [_row(found) for found in section.samples],
    }


def _row(found: Samples) -> tuple[str, ...]:
    met = {True: "yes", False: "**no**", None: "–"}
    return (
        found.name,
        f"{len(found.values)}",
        found.unit.text(found.middle),
        found.unit.text(found.slow) if len(found.values) > 1 else "–",
        found.targets or "–",
        met[found.met],
        "–" if found.better is None else f"{found.better:.1f}",
    )


def _newest() -> Sequence[Mapping[str, object]]:
    """The last run of each section, in the order in which sections were first measured."""
    newest: dict[str, Mapping[str, object]] = {}
    for line in HISTORY.read_text("utf-8").splitlines():
        told = json.loads(line)
        newest[told["section"]] = told
    return tuple(newest.values())


def _page(runs: Sequence[Mapping[str, object]]) -> str:
    lines = ["# Results", "", "Written by `make bench`; earlier runs are in `history.jsonl`.", ""]
    for run in runs:
        lines += [f"## {run['title']}", "", f"{run['about']}", ""]
        lines += _table(run["rows"])
        lines += [f"{sentence}\n" for sentence in _items(run["missing"])]
        lines += [" · ".join(f"{name} {said}" for name, said in _pairs(run["conditions"])), ""]
    return "\n".join(lines)


def _table(rows: object) -> list[str]:
    written = ["| " + " | ".join(map(str, row)) + " |" for row in (HEADINGS, *_items(rows))]
    return [written[0], "| --- " * len(HEADINGS) + "|", *written[1:], ""]


def _items(value: object) -> Sequence[Sequence[object]]:
    return value if isinstance(value, list) else ()


def _pairs(value: object) -> Sequence[tuple[object, object]]:
    return tuple(value.items()) if isinstance(value, dict) else ()


def _conditions() -> dict[str, str]:
    said = subprocess.run(["git", "--version"], capture_output=True, check=True, text=True)
    return {
        "measured": f"{clock.now():%Y-%m-%d %H:%M %Z}",
        "on": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"load {os.getloadavg()[0]:.1f} at the end",
        "Python": platform.python_version(),
        "git": said.stdout.removeprefix("git version ").strip(),
        "pygit2": f"{version('pygit2')} (libgit2 {pygit2.LIBGIT2_VERSION})",
        **{name: version(name) for name in _PACKAGES},
    }
