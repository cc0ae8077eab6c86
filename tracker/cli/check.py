"""Check records before they are merged."""

import time
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import click
from pydantic import TypeAdapter, ValidationError

from tracker.checks.check_tree import check_tree
from tracker.checks.formats.annotations import annotations
from tracker.checks.formats.json_report import json_report
from tracker.checks.formats.sarif_report import sarif_report
from tracker.checks.formats.text_report import text_report
from tracker.checks.report import Report, summary
from tracker.cli.records_root import RECORDS, records_root
from tracker.cli.session import Session, console
from tracker.clock import now
from tracker.model.part import Moment
from tracker.model.trouble import TroubleError

PROBLEMS = 1
_FORMATS = ("text", "github", "json", "sarif")


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option(
    "--base",
    metavar="REV",
    help="Judge what changed since the branch left this revision: origin/main, HEAD.",
)
@click.option(
    "--format", "form", type=click.Choice(_FORMATS), default="text", help="How to tell problems."
)
@click.option("--now", "at", metavar="TIME", help="Check as of this time (RFC 3339).")
@click.pass_obj
def check(
    session: Session, paths: tuple[Path, ...], *, base: str | None, form: str, at: str | None
) -> int:
    """Check the records in the working tree; nothing is written, and no network is needed.

    Without PATH, all of `bugs` is checked. With --base, history must only have grown, and each
    change of state must be one that the command would have been allowed to make.

    Exit code 0: no problems. 1: problems were found. 2: the check was asked for in a wrong way.
    """
    began = time.perf_counter()
    root = records_root(session)
    try:
        names = [_below(root, path) for path in paths]
        report = check_tree(root, now=_time(at) or now(), base=base, paths=names)
    except TroubleError as error:
        raise click.UsageError(str(error)) from error
    _tell(report, form, time.perf_counter() - began)
    return PROBLEMS if report.problems else 0


def _below(root: Path, path: Path) -> str:
    """The path as problems name it; what is not there was mistyped."""
    if not path.exists():
        message = f"There is no file {path}: correct the path."
        raise click.UsageError(message)
    full = path.absolute().parent.resolve() / path.name
    if not full.is_relative_to(root.resolve() / RECORDS):
        message = f"{path} is not in `{RECORDS}`, and only records are checked: leave it out."
        raise click.UsageError(message)
    return full.relative_to(root.resolve()).as_posix()


def _time(typed: str | None) -> datetime | None:
    try:
        return None if typed is None else TypeAdapter(Moment).validate_python(typed)
    except ValidationError as error:
        message = f"`{typed}` is no time: write one such as `2024-12-31T12:15:00Z`."
        raise click.UsageError(message) from error


def _tell(report: Report, form: str, seconds: float) -> None:
    """Print the problems; where a program reads them, the summary goes beside them."""
    match form:
        case "text":
            out = console()
            for line in text_report(report):
                out.print(line, soft_wrap=True)
        case "github":
            for annotation in annotations(report):
                click.echo(annotation)
        case "json":
            click.echo(json_report(report, seconds))
        case _:
            click.echo(sarif_report(report, version("bugbook")))
    click.echo(summary(report, seconds), err=form != "text")
