"""Tell whether a fix may go to production."""

import json
from typing import Any

import click
from rich.console import Console
from rich.markup import escape

from tracker.cli.session import Session, console, tell_read_place
from tracker.clock import now
from tracker.model.problem import ProblemsFound
from tracker.model.record import BugRecord
from tracker.workflow.decision import Reason
from tracker.workflow.readiness import Mark, Readiness, Section
from tracker.workflow.readiness import readiness as judge

_NOT_READY = 1
_MARKS = {Mark.MET: "✓", Mark.UNMET: "✗", Mark.LATER: "○", Mark.NOT_ASKED: "–"}


@click.command()
@click.argument("bug", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print the page as JSON.")
@click.pass_obj
def readiness(session: Session, bug: str, *, as_json: bool) -> None:
    """Tell whether a fix may go to production, and everything that is missing for it.

    The conditions are those of the commands themselves, tried without doing anything. Exits with 1
    when something is missing.
    """
    tracker = session.tracker()
    try:
        tracker.refresh()
        tell_read_place(tracker)
        if problems := tracker.policy_problems():
            raise ProblemsFound(problems)
        record = tracker.load(bug)
        page = judge(record, tracker.policy(), now())
    finally:
        tracker.close()
    if as_json:
        click.echo(json.dumps(_values(record, page), indent=2, ensure_ascii=False))
    else:
        _print(record, page)
    if not page.confirmed:
        raise click.exceptions.Exit(_NOT_READY)


def _print(record: BugRecord, page: Readiness) -> None:
    out = console()
    out.print(f"[bold]{record.id}[/bold]  {escape(record.title)}")
    out.print(f"{record.severity or 'no severity yet'} · {record.status.words}\n")
    for section in page.sections:
        _print_section(out, record, section)
    colour = "green" if page.confirmed else "red"
    out.print(f"\n[bold {colour}]{page.verdict}[/bold {colour}]")


def _print_section(out: Console, record: BugRecord, section: Section) -> None:
    note = " (not asked for)" if section.mark is Mark.NOT_ASKED else ""
    out.print(f"{_MARKS[section.mark]} [bold]{section.group}[/bold]{note}")
    for fact in section.facts:
        out.print(f"    {escape(fact)}")
    for line in section.conceded:
        out.print(f"  ! {escape(line)}")
    for reason in section.unmet:
        waiver = f" {reason.waiver}" if reason.waiver else ""
        out.print(f"  {_MARKS[Mark.UNMET]} {escape(reason.sentence + waiver)}")
        if command := _command(reason, record):
            out.print(f"      [dim]{escape(command)}[/dim]")
    for reason in section.later:
        out.print(f"  {_MARKS[Mark.LATER]} After the deployment: {escape(reason.sentence)}")


def _command(reason: Reason, record: BugRecord) -> str | None:
    """The command that meets a condition."""
    if reason.remedy is None:
        return None
    return f"bugbook {reason.remedy.replace('hotfix-', 'hotfix ', 1)} {record.id}"


def _values(record: BugRecord, page: Readiness) -> dict[str, Any]:
    return {
        "bug": record.id,
        "status": record.status,
        "confirmed": page.confirmed,
        "verdict": page.verdict,
        "sections": [
            {
                "group": section.group,
                "state": section.mark,
                "facts": section.facts,
                "unmet": [_condition(reason, record) for reason in section.unmet],
                "conceded": section.conceded,
                "later": [_condition(reason, record) for reason in section.later],
            }
            for section in page.sections
        ],
    }


def _condition(reason: Reason, record: BugRecord) -> dict[str, str | None]:
    return {
        "gate": reason.gate,
        "sentence": reason.sentence,
        "command": _command(reason, record),
    }
