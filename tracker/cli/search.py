"""Search in all records."""

import json
from typing import Final

import click

from tracker.cli.columns import with_texts
from tracker.cli.session import Session
from tracker.workflow.search import Hit

_HEADINGS: Final = (("Bug", "Severity", "Status"), ("Title, and what was found where",))


@click.command()
@click.argument("text", nargs=-1, required=True)
@click.option(
    "--most", type=click.IntRange(1, 200), default=20, show_default=True, help="How many to show."
)
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_obj
def search(session: Session, text: tuple[str, ...], *, most: int, as_json: bool) -> None:
    """Search every text of every record, and show the best hit first with the place that fits.

    TEXT is a number, a title, words, beginnings of words, or a pasted error message. Rare words
    count more, and the title, the report and the root cause more than the rest. Capital letters
    and punctuation make no difference.
    """
    found = session.lookup().search(" ".join(text), most=most)
    hits = found.hits
    if as_json:
        click.echo(json.dumps([_row(hit) for hit in hits], indent=2, ensure_ascii=False))
    elif hits:
        _print(hits)
    else:
        click.echo("No record holds this: try fewer words, or other ones.")
    for problem in found.problems:
        click.echo(str(problem), err=True)


def _print(hits: tuple[Hit, ...]) -> None:
    found = [
        ((hit.bug, str(hit.severity or "–"), hit.status.words), (hit.title, _place(hit)))
        for hit in hits
    ]
    head, *lines = with_texts([_HEADINGS, *found])
    click.secho(head, bold=True)
    click.echo("\n".join(lines))


def _place(hit: Hit) -> str:
    where = hit.where.replace("_", " ").replace(".", ", ")
    return f"{where}: {hit.snippet}"


def _row(hit: Hit) -> dict[str, object]:
    return {
        "bug": hit.bug,
        "score": hit.score,
        "status": hit.status,
        "severity": hit.severity,
        "title": hit.title,
        "where": hit.where,
        "snippet": hit.snippet,
    }
