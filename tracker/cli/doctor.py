"""Check an installation."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from importlib.metadata import entry_points
from typing import Any

import click
from rich.markup import escape
from rich.table import Table

from tracker.cli.session import Session, print_table
from tracker.library import data_folder
from tracker.model.diagnosis import Diagnosis, Health, problem
from tracker.operations.examine import Installation, examine
from tracker.settings import Settings, SettingsError, read_settings

PROBLEMS = 1
_COLOURS = {Health.OK: "green", Health.WARNING: "yellow", Health.PROBLEM: "bold red"}


@click.command()
@click.option("--online", is_flag=True, help="Ask Slack, too, whether it knows the bot.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.pass_obj
def doctor(session: Session, *, online: bool, as_json: bool) -> int:
    """Check this installation, part by part, and say what to do about what does not work.

    Looks at Python, git, the repository and its records, the data directory, the ledger, the site
    and Slack's tokens, which are never shown. Changes nothing but the data directory's own clone.
    """
    given: dict[str, Any] = {"repository": session.repository} if session.repository else {}
    try:
        found = tuple(_findings(read_settings(**given), online=online))
    except SettingsError as error:
        found = (problem("Settings", str(error)),)
    if as_json:
        click.echo(json.dumps([asdict(each) for each in found], indent=2, ensure_ascii=False))
    else:
        _print(found)
    return PROBLEMS if any(each.health is Health.PROBLEM for each in found) else 0


def _findings(settings: Settings, *, online: bool) -> Iterator[Diagnosis]:
    yield from examine(
        Installation(
            repository=settings.repository,
            branch=settings.branch,
            data_folder=partial(data_folder, settings),
            database_url=settings.database_url,
        )
    )
    for point in entry_points(group="bugbook.doctor"):
        yield from point.load()(settings, online=online)


def _print(found: tuple[Diagnosis, ...]) -> None:
    table = Table(box=None, pad_edge=False, show_header=False)
    for each in found:
        colour = _COLOURS[each.health]
        table.add_row(f"[{colour}]{each.health}[/{colour}]", each.part, escape(each.sentence))
    print_table(table)
