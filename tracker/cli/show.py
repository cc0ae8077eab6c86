"""Show one bug."""

import json

import click
from rich.markup import escape
from rich.table import Table

from tracker.cli.bug_argument import known_ids
from tracker.cli.session import Session, console
from tracker.clock import now
from tracker.lookup import Shown
from tracker.model.duration import in_words
from tracker.workflow.moves import NEXT
from tracker.workflow.target import ClockState, Target


@click.command()
@click.argument("bug", metavar="ID", shell_complete=known_ids)
@click.option("--json", "as_json", is_flag=True, help="Print the whole record as JSON.")
@click.pass_obj
def show(session: Session, bug: str, *, as_json: bool) -> None:
    """Show a bug: where it stands, what is due, what happened, what may happen next."""
    if as_json:
        _print_whole(session, bug)
    else:
        _print(session.lookup().shown(bug, now()))


def _print_whole(session: Session, bug: str) -> None:
    from tracker.model.record import to_mapping

    record = session.library().load(bug)
    click.echo(json.dumps(to_mapping(record), indent=2, ensure_ascii=False))


def _print(shown: Shown) -> None:
    out, bug = console(), shown.bug
    out.print(f"[bold]{bug.id}[/bold]  {escape(bug.title)}")
    severity = bug.severity or "no severity yet"
    out.print(f"{severity} · {bug.status.words} · {bug.status.phase}")
    if bug.assignee:
        out.print(f"Assigned to {escape(bug.assignee)}")
    for target in shown.targets:
        out.print(_spoken(target))
    table = Table(box=None, pad_edge=False, show_header=False)
    for entry in shown.timeline:
        table.add_row(f"{entry.at:%Y-%m-%d %H:%M}", escape(entry.who), escape(entry.text))
    out.print(table)
    out.print(f"Next: {', '.join(NEXT[bug.status])}")


def _spoken(target: Target) -> str:
    late = target.left.total_seconds() < 0
    ended = target.state in (ClockState.MET, ClockState.MISSED)
    words = ("late" if late else "early") if ended else ("over" if late else "left")
    return f"{target.name}: {target.state.words}, {in_words(target.left)} {words}"
