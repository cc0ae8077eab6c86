"""List incidents, or show the bugs of one."""

import json
from dataclasses import asdict
from datetime import datetime

import click
from rich.markup import escape
from rich.table import Table

from tracker.cli.session import Session, console, print_table
from tracker.workflow.incidents import Incident, incidents


@click.command()
@click.argument("wanted", metavar="[ID]", default="")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_obj
def incident(session: Session, wanted: str, *, as_json: bool) -> None:
    """List incidents, the newest first, or the one with this ID: its bugs, commander and times."""
    bugs = session.library().in_incidents()
    found = [each for each in incidents(bugs.records) if not wanted or each.id == wanted.upper()]
    for problem in bugs.problems:
        click.echo(str(problem), err=True)
    if wanted and not found:
        message = f"There is no {wanted.upper()}: list all with `bugbook incident`."
        raise click.ClickException(message)
    if as_json:
        click.echo(json.dumps([asdict(each) for each in found], indent=2, default=_plain))
    else:
        _print(found)


def _print(found: list[Incident]) -> None:
    if not found:
        console().print("No incident is declared. Declare one with `bugbook hotfix declare`.")
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("Incident", "Severity", "Bugs", "Commander", "Declared", "Mitigated"):
        table.add_column(heading, no_wrap=heading == "Incident", min_width=8)
    for each in found:
        table.add_row(
            each.id,
            str(each.severity or "–"),
            ", ".join(each.bugs),
            escape(each.commander.name) if each.commander else "–",
            *(_time(at) for at in (each.declared, each.mitigated)),
        )
    print_table(table)


def _time(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else "–"


def _plain(value: object) -> str:
    """Times as in the records, people as `Name <e-mail>`."""
    return value.isoformat() if isinstance(value, datetime) else str(value)
