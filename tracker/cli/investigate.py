"""Gather evidence on a bug."""

import uuid
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import IO

import click
from pydantic import TypeAdapter, ValidationError
from rich.markup import escape

from tracker.assembly import Gathered, Inquiry, Log, Request
from tracker.cli.outcome import tell_outcome
from tracker.cli.session import WHO_ACTS, Session, console, tell_unlike_work_tree
from tracker.model.investigation import InvestigationStep
from tracker.model.part import Moment
from tracker.model.private_text import taken_out
from tracker.operations.log_patterns import MOST_LINES


class _Time(click.ParamType[datetime]):
    """A moment with its offset."""

    name = "time"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Read RFC 3339, as records write it."""
        try:
            return TypeAdapter[datetime](Moment).validate_python(value)
        except ValidationError:
            self.fail("write a time with its offset: `2026-03-02T09:00:00Z`.", param, ctx)


@click.command()
@click.argument("bug", metavar="ID")
@click.option(
    "--log",
    "log_file",
    type=click.File(encoding="utf-8", errors="replace"),
    help="Find the patterns of this log; - reads standard input.",
)
@click.option("--since", type=_Time(), metavar="TIME", help="When it began, if not as recorded.")
@click.option(
    "--as",
    "named",
    metavar="PERSON",
    help=WHO_ACTS,
)
@click.option("--dry-run", "dry", is_flag=True, help="Show what is found, and record nothing.")
@click.pass_obj
def investigate(
    session: Session,
    bug: str,
    *,
    log_file: IO[str] | None,
    since: datetime | None,
    named: str | None,
    dry: bool,
) -> None:
    """Gather evidence and record it with the bug, in one commit.

    Looks for similar bugs, for commits and places in the code of the bug's components, and for what
    its logs repeat, and adds the debug commands of the policy. What the record holds already is not
    added again.
    """
    log = _log(log_file)
    tracker = session.tracker()
    try:
        tracker.refresh()
        record = tracker.load(bug)
        inquiry = Inquiry(
            record=record, folder=Path(session.repository or "."), log=log, since=since
        )
        gathered = tracker.investigate(inquiry)
        _tell(gathered)
        if gathered.plan is not None and not dry:
            request = Request(
                id=f"cli-{uuid.uuid4().hex}",
                bug=record.id,
                action=gathered.plan,
                actor=session.actor(named),
            )
            tell_outcome(tracker, request, tracker.act(request), before=record.status)
            tell_unlike_work_tree(tracker)
    finally:
        tracker.close()


def _log(file: IO[str] | None) -> Log | None:
    if file is None:
        return None
    lines = tuple(line.rstrip("\n") for line in islice(file, MOST_LINES + 1))
    return Log(name=Path(file.name).name, lines=lines)


def _tell(gathered: Gathered) -> None:
    for step in gathered.plan.steps if gathered.plan else ():
        _print(step)
    for remark in gathered.remarks:
        click.echo(remark, err=True)
    if gathered.secrets:
        click.echo(taken_out(gathered.secrets), err=True)
    if gathered.plan is None:
        click.echo("Nothing was found that the record does not hold already.")


def _print(step: InvestigationStep) -> None:
    out = console()
    out.print(f"[bold]{escape(step.title)}[/bold]")
    for line in (step.findings or step.command or "").splitlines():
        out.print(f"  {escape(line)}")
    out.print()
