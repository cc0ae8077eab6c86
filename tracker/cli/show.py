"""Show one bug."""

import json

import click

from tracker.cli.bug_argument import known_ids
from tracker.cli.columns import with_texts
from tracker.cli.session import Session
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
    bug = shown.bug
    click.echo(f"{click.style(bug.id, bold=True)}  {bug.title}")
    severity = bug.severity or "no severity yet"
    click.echo(f"{severity} · {bug.status.words} · {bug.status.phase}")
    if bug.assignee:
        click.echo(f"Assigned to {bug.assignee}")
    for target in shown.targets:
        click.echo(_spoken(target))
    happened = [
        ((f"{entry.at:%Y-%m-%d %H:%M}", entry.who), (entry.text,)) for entry in shown.timeline
    ]
    click.echo("\n".join(with_texts(happened)))
    click.echo(f"Next: {', '.join(NEXT[bug.status])}")


def _spoken(target: Target) -> str:
    late = target.left.total_seconds() < 0
    ended = target.state in (ClockState.MET, ClockState.MISSED)
    words = ("late" if late else "early") if ended else ("over" if late else "left")
    return f"{target.name}: {target.state.words}, {in_words(target.left)} {words}"
