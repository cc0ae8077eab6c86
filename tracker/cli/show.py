"""Show one bug."""

import json

import click
from rich.markup import escape
from rich.table import Table

from tracker.cli.bug_argument import known_ids
from tracker.cli.session import Session, console
from tracker.clock import now
from tracker.model.duration import in_words
from tracker.model.record import BugRecord, to_mapping
from tracker.model.timeline import in_order
from tracker.workflow.clocks import ClockState, Target, targets
from tracker.workflow.transitions import allowed


@click.command()
@click.argument("bug", metavar="ID", shell_complete=known_ids)
@click.option("--json", "as_json", is_flag=True, help="Print the whole record as JSON.")
@click.pass_obj
def show(session: Session, bug: str, *, as_json: bool) -> None:
    """Show a bug: where it stands, what is due, what happened, what may happen next."""
    library = session.library()
    record = library.load(bug)
    due = targets(record, library.policy(), now())
    if as_json:
        click.echo(json.dumps(to_mapping(record), indent=2, ensure_ascii=False))
        return
    _print(record, due)


def _print(record: BugRecord, due: tuple[Target, ...]) -> None:
    out = console()
    out.print(f"[bold]{record.id}[/bold]  {escape(record.title)}")
    severity = record.severity or "no severity yet"
    out.print(f"{severity} · {record.status.words} · {record.status.phase}")
    if record.assignment:
        out.print(f"Assigned to {escape(record.assignment.assignee.name)}")
    for target in due:
        out.print(_spoken(target))
    table = Table(box=None, pad_edge=False, show_header=False)
    for entry in in_order(record.timeline):
        table.add_row(f"{entry.at:%Y-%m-%d %H:%M}", escape(entry.by.name), escape(entry.text))
    out.print(table)
    out.print(f"Next: {', '.join(allowed(record.status))}")


def _spoken(target: Target) -> str:
    late = target.left.total_seconds() < 0
    ended = target.state in (ClockState.MET, ClockState.MISSED)
    words = ("late" if late else "early") if ended else ("over" if late else "left")
    return f"{target.name}: {target.state.words}, {in_words(target.left)} {words}"
