"""Show the commits of one bug."""

import json

import click
from rich.markup import escape
from rich.table import Table

from tracker.cli.bug_argument import known_ids
from tracker.cli.session import Session, print_table


@click.command()
@click.argument("bug", metavar="ID", shell_complete=known_ids)
@click.option("--json", "as_json", is_flag=True, help="Print the commits as JSON.")
@click.pass_obj
def history(session: Session, bug: str, *, as_json: bool) -> None:
    """Show who did what to a bug: one commit a line, oldest first."""
    library = session.library()
    commits = library.history(library.find(bug))
    if as_json:
        rows = [
            {
                "commit": commit.commit,
                "at": commit.time.isoformat(),
                "author": commit.author_name,
                "subject": commit.subject,
            }
            for commit in commits
        ]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    table = Table(box=None, pad_edge=False, show_header=False)
    for commit in commits:
        table.add_row(
            commit.commit[:10],
            f"{commit.time:%Y-%m-%d %H:%M}",
            escape(commit.author_name),
            escape(commit.subject),
        )
    print_table(table)
