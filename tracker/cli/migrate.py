"""Bring records to the newest version of their format."""

import click

from tracker.cli.records_root import records_root
from tracker.cli.session import Session
from tracker.operations.migrate import Migration
from tracker.operations.migrate import migrate as bring_forward

_PROBLEMS = 1


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what would be changed, and change nothing.")
@click.pass_obj
def migrate(session: Session, *, dry_run: bool) -> int:
    """Bring the records in the working tree to the version of the format that is written here.

    Comments and layout stay. All records are changed or, when the version of one is unknown, none;
    nothing is committed.
    """
    done = bring_forward(records_root(session), dry_run=dry_run)
    for problem in done.problems:
        click.echo(str(problem), err=True)
    for path in () if done.problems else done.changed:
        click.echo(path)
    click.echo(_summary(done, dry_run=dry_run))
    return _PROBLEMS if done.problems else 0


def _summary(done: Migration, *, dry_run: bool) -> str:
    if done.problems:
        broken = len({problem.place.path for problem in done.problems})
        return f"Nothing was changed: {_records(broken)} must be corrected first."
    if not done.changed:
        has = f"the repository has {_records(len(done.current))}"
        return f"Nothing to do: {has}, and version {done.target} of the format is the newest."
    said = "To be brought" if dry_run else "Brought"
    told = f"{said} to version {done.target}: {_records(len(done.changed))}. "
    kept = f"Of that version already: {_records(len(done.current))}."
    return told + kept + ("" if dry_run else " Run `bugbook check`, then commit.")


def _records(count: int) -> str:
    return "1 record" if count == 1 else f"{count:,} records"
