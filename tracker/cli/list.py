"""List bugs."""

import json
from textwrap import indent
from typing import TYPE_CHECKING, Final

import click

from tracker.cli.columns import in_columns
from tracker.cli.session import Session
from tracker.model.bug_summary import BugSummary
from tracker.model.severity import Severity
from tracker.model.status import Status
from tracker.workflow.bug_filter import BugFilter
from tracker.workflow.filter_keys import FILTERS, pairs_in_words

if TYPE_CHECKING:
    from tracker.lookup import Listing

_HEADINGS: Final = ("Bug", "Severity", "Status", "Assignee", "Title")
_KNOWN: Final = f"The filters are {', '.join(f'--{name}' for name in FILTERS)}."
_IS_OPEN: Final = {"open": True, "closed": False, "all": None}
_COLOURED: Final = (Severity.P0, Severity.P1)


@click.command("list")
@click.argument("text", nargs=-1)
@click.option(
    "--status",
    multiple=True,
    type=click.Choice([str(status) for status in Status]),
    help="Only bugs in this state. May be given several times.",
)
@click.option(
    "--severity",
    multiple=True,
    type=click.Choice([str(level) for level in Severity]),
    help="Only bugs of this severity. May be given several times.",
)
@click.option(
    "--open", "which", flag_value="open", help="Only open bugs, the default without --status."
)
@click.option("--closed", "which", flag_value="closed", help="Only closed bugs.")
@click.option("--all", "which", flag_value="all", help="Open and closed bugs.")
@click.option("--assignee", default="", metavar="EMAIL", help="Only bugs of this person.")
@click.option("--category", default="", help="Only bugs of this category.")
@click.option("--component", default="", help="Only bugs of this component.")
@click.option(
    "--most",
    type=click.IntRange(min=0),
    default=30,
    show_default=True,
    help="How many to show; 0 for all.",
)
@click.option("--json", "as_json", is_flag=True, help="Print whole records as JSON.")
@click.pass_obj
def list_bugs(
    session: Session,
    text: tuple[str, ...],
    *,
    status: tuple[str, ...],
    severity: tuple[str, ...],
    which: str | None,
    assignee: str,
    category: str,
    component: str,
    most: int,
    as_json: bool,
) -> None:
    """List open bugs, the worst first; TEXT has to be in the title or the description.

    `--closed` and `--all` list others, and so does a `--status`.
    Where more than `--most` fit, the rest is counted: narrow the list, or ask for all.
    """
    said = " ".join(text)
    _refuse_pairs(said)
    wanted = BugFilter(
        statuses=tuple(Status(name) for name in status),
        severities=tuple(Severity(name) for name in severity),
        is_open=_IS_OPEN[which or ("all" if status else "open")],
        assignee=assignee,
        category=category,
        component=component,
        text=said,
    )
    found = (_print_whole if as_json else _print_lines)(session, wanted, most or None)
    if not found.total:
        _tell_pairs(said)
    shown = len(found.bugs)
    if shown < found.total:
        rest = f"{shown} of {found.total} bugs are shown, the worst first: narrow the list, or"
        click.echo(f"{rest} see all with `--most 0`.", err=True)
    for problem in found.problems:
        click.echo(str(problem), err=True)


def _refuse_pairs(said: str) -> None:
    """Refuse `severity=P0`, as a chat takes it, and what is nearly one of these."""
    for key, value, meant in pairs_in_words(said):
        if meant:
            question = f"Did you mean `--{meant} {value}`?"
            message = f"`{key}={value}` is no filter of a list. {question} {_KNOWN}"
            raise click.UsageError(message)


def _tell_pairs(said: str) -> None:
    """Say of what is like no filter that it was looked for as a text, and not found."""
    for key, value, _ in pairs_in_words(said):
        told = f"`{key}={value}` is no filter of a list and was looked for as text."
        click.echo(f"{told} {_KNOWN}", err=True)


def _print_whole(session: Session, wanted: BugFilter, most: int | None) -> "Listing":
    """One JSON array, written record by record."""
    from tracker.model.record import to_mapping

    library = session.library()
    found = library.listing(wanted, most=most)
    before = "[\n"
    for record in library.records_of(found.bugs):
        written = json.dumps(to_mapping(record), indent=2, ensure_ascii=False)
        click.echo(before + indent(written, "  "), nl=False)
        before = ",\n"
    click.echo("[]" if before == "[\n" else "\n]")
    return found


def _print_lines(session: Session, wanted: BugFilter, most: int | None) -> "Listing":
    found = session.lookup().listing(wanted, most=most)
    _print(found.bugs, closed_too=wanted.is_open is None)
    return found


def _print(bugs: tuple[BugSummary, ...], *, closed_too: bool) -> None:
    """One line a bug, in columns."""
    if not bugs:
        wider = "" if closed_too else "; `--all` looks among all"
        click.echo(f"No bug fits{wider}. Report one with `bugbook report`.")
        return
    rows = [_HEADINGS, *(_cells(bug) for bug in bugs)]
    head, *lines = in_columns(rows)
    click.secho(head, bold=True)
    click.echo("\n".join(_coloured(line, bug) for line, bug in zip(lines, bugs, strict=True)))


def _cells(bug: BugSummary) -> tuple[str, ...]:
    severity = str(bug.severity or "–")
    return bug.id, severity, bug.status.words, bug.assignee or "–", bug.title


def _coloured(line: str, bug: BugSummary) -> str:
    if bug.severity not in _COLOURED:
        return line
    before, _, after = line.partition(f"  {bug.severity} ")
    return (
        f"{before}  {click.style(bug.severity, fg='red', bold=bug.severity is Severity.P0)} {after}"
    )
