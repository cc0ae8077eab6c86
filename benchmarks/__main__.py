"""`python -m benchmarks [SECTION …]`: measure, print, write down; exit 1 for a missed target."""

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

import click

from benchmarks.bot_memory import weighed_bot
from benchmarks.chaos import counted_chaos
from benchmarks.chat_actions import clocked_actions
from benchmarks.commit_path import clocked_commits, clocked_growth
from benchmarks.creation import clocked_creation
from benchmarks.crowd import clocked_crowd
from benchmarks.index_speed import clocked_index
from benchmarks.real_yaml import clocked_reading
from benchmarks.results import keep, show
from benchmarks.section import ProgramChangedError, Section, Told, measured_steadily
from benchmarks.site_build import clocked_site
from benchmarks.tree_check import clocked_check
from generator.last_build import program

SECTIONS: Final[Mapping[str, Callable[[Path, Told], Section]]] = MappingProxyType(
    {
        "chaos": counted_chaos,
        "chat": clocked_actions,
        "check": clocked_check,
        "commit": clocked_commits,
        "create": clocked_creation,
        "crowd": clocked_crowd,
        "growth": clocked_growth,
        "index": clocked_index,
        "memory": weighed_bot,
        "site-100": clocked_site(100),
        "site-1000": clocked_site(1_000),
        "site-10000": clocked_site(10_000),
        "yaml": clocked_reading,
    }
)


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(tuple(SECTIONS)), metavar="[SECTION]…")
def main(names: tuple[str, ...]) -> None:
    """Measure everything, or the named sections only."""
    measured, is_whole = {}, True
    for name in names or SECTIONS:
        try:
            with tempfile.TemporaryDirectory(prefix="bugbook-bench-") as scratch:
                measured[name] = measured_steadily(SECTIONS[name], Path(scratch), _tell, program)
        except ProgramChangedError as error:
            is_whole = False
            _tell(f"{name}: {error}")
        else:
            show(measured[name])
    keep(measured)
    if not (is_whole and all(section.met for section in measured.values())):
        raise SystemExit(1)


def _tell(sentence: str) -> None:
    click.echo(sentence, err=True)


if __name__ == "__main__":
    main()
