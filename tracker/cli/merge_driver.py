"""Merge records by field when git merges branches."""

from pathlib import Path

import click

from tracker.cli.session import Session
from tracker.operations.merge_driver import install, merge_into_ours

CONFLICT = 1
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("merge-driver")
@click.argument("base", type=_FILE, required=False)
@click.argument("ours", type=_FILE, required=False)
@click.argument("theirs", type=_FILE, required=False)
@click.argument("path", required=False)
@click.option("--install", "wanted", is_flag=True, help="Make git use it in this clone.")
@click.pass_obj
def merge_driver(
    session: Session,
    base: Path | None,
    ours: Path | None,
    theirs: Path | None,
    path: str | None,
    *,
    wanted: bool,
) -> None:
    """Merge a record by field: git calls this with its %O %A %B %P.

    Different fields, timeline entries, action items and list items of both branches are all kept.
    A field that both changed in different ways is left between git's markers, and the exit code
    is 1.
    """
    if wanted:
        for sentence in install(Path(session.repository or ".")):
            click.echo(sentence)
        return
    if base is None or ours is None or theirs is None or path is None:
        message = "Give the four arguments that git gives, or --install."
        raise click.UsageError(message)
    merged = merge_into_ours(base, ours, theirs, path)
    for note in merged.notes:
        click.echo(note, err=True)
    for conflict in merged.conflicts:
        click.echo(f"{path}: {conflict}", err=True)
    if merged.conflicts:
        raise click.exceptions.Exit(CONFLICT)
