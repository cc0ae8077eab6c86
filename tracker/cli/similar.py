"""Show which bugs are like one."""

import json

import click
from rich.markup import escape
from rich.table import Table

from tracker.cli.session import Session, print_table
from tracker.workflow.trait import SimilarBug


@click.command()
@click.argument("bug", metavar="ID")
@click.option(
    "--most", type=click.IntRange(1, 50), default=5, show_default=True, help="How many to show."
)
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_obj
def similar(session: Session, bug: str, *, most: int, as_json: bool) -> None:
    """Show the bugs that share most with a bug, and what they share.

    Counted are words, error messages, components, category and pattern; what few bugs have counts
    more. The score goes from 0 to 1.
    """
    library = session.library()
    found = library.similar(library.load(bug), most=most)
    if as_json:
        click.echo(json.dumps([_row(each) for each in found], indent=2, ensure_ascii=False))
    elif found:
        _print(found)
    else:
        click.echo("No other bug shares enough with this one.")


def _print(found: tuple[SimilarBug, ...]) -> None:
    table = Table(box=None, pad_edge=False)
    for heading in ("Bug", "Score", "Status"):
        table.add_column(heading, no_wrap=True)
    table.add_column("Title, and what they share")
    for each in found:
        table.add_row(
            each.bug,
            f"{each.score:.2f}",
            each.status.words,
            f"{escape(each.title)}\n[dim]{escape(each.why)}[/dim]",
        )
    print_table(table)


def _row(found: SimilarBug) -> dict[str, object]:
    return {
        "bug": found.bug,
        "score": found.score,
        "status": found.status,
        "severity": found.severity,
        "title": found.title,
        "root_cause": found.root_cause,
        "shared": [{"kind": kind, "text": text} for kind, text in found.shared],
    }
