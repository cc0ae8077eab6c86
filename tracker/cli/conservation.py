"""Prove that a merge lost nothing."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from tracker.cli.session import Session
from tracker.operations.conservation import Conservation
from tracker.operations.conservation import conservation as look

LOST = 1


@click.command()
@click.argument("revisions", metavar="[REV]", default="HEAD")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@click.pass_obj
def conservation(session: Session, revisions: str, *, as_json: bool) -> None:
    """Prove that a merge lost nothing: REV is a merge commit (HEAD), or a range `OLD..NEW` of them.

    Every record, timeline entry, action item, approval, test, review and communication of both
    parents has to be there still. The exit code is 1 when something was lost.
    """
    found = look(Path(session.repository or "."), revisions)
    if as_json:
        click.echo(json.dumps(asdict(found), indent=2, ensure_ascii=False))
    else:
        _tell(found)
    if found.losses:
        raise click.exceptions.Exit(LOST)


def _tell(found: Conservation) -> None:
    for loss in found.losses:
        click.echo(str(loss), err=True)
    if not found.merges:
        click.echo("There is no merge: nothing can have been lost by one.")
    elif not found.losses:
        click.echo(f"Nothing was lost. Merges looked at: {len(found.merges)}.")
