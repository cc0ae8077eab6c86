"""Check records before they are merged."""

import time
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import click

from tracker.checks.check_tree import Upkeep, check_tree
from tracker.checks.formats.annotations import annotations
from tracker.checks.formats.json_report import json_report
from tracker.checks.formats.sarif_report import sarif_report
from tracker.checks.report import Report, summary
from tracker.cli.records_root import RECORDS, records_root
from tracker.cli.session import Session, console
from tracker.clock import now
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
@click.option(
    "--no-cache", is_flag=True, help="Judge every record, also those that were found good before."
)
@click.option("--now", "at", metavar="TIME", help="Check as of this time (RFC 3339).")
@click.pass_obj
def check(
    session: Session,
    paths: tuple[Path, ...],
    *,
    base: str | None,
    form: str,
    at: str | None,
    no_cache: bool,
) -> int:
    """Check the records in the working tree, which stays as it is; no network is needed.

    Without PATH, all of `bugs` is checked. With --base, history must only have grown, and each
    change of state must be one that the command would have been allowed to make. New records are
    compared with the remote's branches as they were fetched last.

    Which records were good is remembered in the folder of git: only what changed is judged again.

    Exit code 0: no problems. 1: problems were found. 2: the check was asked for in a wrong way.
    """
    began = time.perf_counter()
    root = records_root(session)
    try:
        names = [_below(root, path) for path in paths]
        upkeep = Upkeep(verdicts=not no_cache, secret_rules=_secret_rules)
        moment = _time(at) or now()
        report = check_tree(root, now=moment, base=base, paths=names, upkeep=upkeep)
    except TroubleError as error:
        raise click.UsageError(str(error)) from error
    _tell(report, form, time.perf_counter() - began)
    return PROBLEMS if report.problems else 0


def _secret_rules() -> Path:
    from tracker.library import secret_rules_folder

    return secret_rules_folder()


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
    if typed is None:
        return None
    from pydantic import TypeAdapter, ValidationError

    from tracker.model.part import Moment

    try:
        moment: datetime = TypeAdapter(Moment).validate_python(typed)
    except ValidationError as error:
        message = f"`{typed}` is no time: write one such as `2024-12-31T12:15:00Z`."
        raise click.UsageError(message) from error
    return moment


def _tell(report: Report, form: str, seconds: float) -> None:
    """Print the problems; where a program reads them, the summary goes beside them."""
    match form:
        case "text" if report.problems:
            _print(report)
        case "text":
            pass
        case "github":
            for annotation in annotations(report):
                click.echo(annotation)
        case "json":
            click.echo(json_report(report, seconds))
        case _:
            click.echo(sarif_report(report, version("bugbook")))
    click.echo(summary(report, seconds), err=form != "text")


def _print(report: Report) -> None:
    from tracker.checks.formats.text_report import text_report

    out = console()
    for line in text_report(report):
        out.print(line, soft_wrap=True)
