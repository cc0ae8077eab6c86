"""Tell how long things took, and how often they went well."""

import json
from datetime import datetime, timedelta
from typing import Final

import click
from rich.table import Table

from tracker.cli.session import Session, print_table
from tracker.clock import now
from tracker.model.duration import in_words
from tracker.workflow.metrics import Kind, Metric, Slice, Unit

_MONTHS: Final = 6


@click.command()
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Only bugs that were reported on this day (UTC) or later: 2026-01-31.",
)
@click.option("--json", "as_json", is_flag=True, help="Print every number with its sources.")
@click.pass_obj
def metrics(session: Session, *, since: datetime | None, as_json: bool) -> None:
    """Tell how long things took, which targets were met, and what is left to do.

    Numbers are told for all bugs, for each severity and for the newest six months of the report.
    With --json, for every month, each number with its definition and the ids that it was made
    from. Severities are the current ones, and targets those of the policy as it is now.
    """
    library = session.library()
    day = since.date() if since else None
    found = library.metrics(now(), since=day)
    slices = found.slices
    if as_json:
        told = {"since": day.isoformat() if day else None, "slices": [_row(s) for s in slices]}
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        _print(tuple(each for each in slices if each.kind is not Kind.MONTH))
        click.echo()
        _print(tuple(each for each in slices if each.kind is Kind.MONTH)[-_MONTHS:])
    for problem in found.problems:
        click.echo(str(problem), err=True)


def _print(slices: tuple[Slice, ...]) -> None:
    if not slices:
        return
    table = Table(box=None, pad_edge=False)
    table.add_column("Number", no_wrap=True)
    for each in slices:
        table.add_column(_heading(each), justify="right")
    for row in zip(*(each.metrics for each in slices), strict=True):
        table.add_row(row[0].name.replace("_", " "), *(_words(metric) for metric in row))
    print_table(table)


def _heading(found: Slice) -> str:
    return {"all": "All", "none": "No severity"}.get(found.name, found.name)


def _words(metric: Metric) -> str:
    if metric.value is None:
        return "–"
    if metric.unit is Unit.SECONDS:
        return in_words(timedelta(seconds=metric.value))
    if metric.unit is Unit.SHARE:
        return f"{metric.value:.0%} ({len(metric.hits)}/{len(metric.rows)})".replace("%", " %")
    return f"{metric.value:.0f}"


def _row(found: Slice) -> dict[str, object]:
    return {
        "by": found.kind,
        "name": found.name,
        "metrics": [_number(metric) for metric in found.metrics],
    }


def _number(metric: Metric) -> dict[str, object]:
    told: dict[str, object] = {
        "name": metric.name,
        "value": metric.value,
        "unit": metric.unit,
        "definition": metric.definition,
        "rows": metric.rows,
    }
    return {**told, "hits": metric.hits} if metric.unit is Unit.SHARE else told
