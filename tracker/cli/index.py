"""Look at the search index, or make it anew."""

import json
from dataclasses import asdict

import click

from tracker.cli.progress import reading_progress
from tracker.cli.session import Session
from tracker.lookup import IndexStatus

_DAMAGED = 1
_MEGABYTE = 1_000_000


@click.group()
def index() -> None:
    """Look at the search index, or make it anew.

    The index is a SQLite file beside the own copy of the repository; lists, searches, metrics and
    history are answered from it. It follows the records by itself and holds nothing that is not in
    git, so it may be deleted at any time. Datasette and sqlite3 can open it.
    """


@index.command()
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_obj
def status(session: Session, *, as_json: bool) -> int:
    """Tell where the index is, what it holds, and whether it is whole and up to date.

    Nothing is changed or fetched. A damaged index is exit code 1.
    """
    found = session.lookup(anew=False).index_status()
    _tell(found, as_json=as_json)
    return 0 if found.sound else _DAMAGED


@index.command()
@click.option("--json", "as_json", is_flag=True, help="Print what it is then as JSON.")
@click.pass_obj
def rebuild(session: Session, *, as_json: bool) -> None:
    """Make the index anew from git; until it is done, the old one answers.

    That is seldom needed: a damaged or outdated index is made anew by whoever asks it next.
    """
    lookup = session.lookup()
    lookup.rebuild_index(reading_progress())
    if not as_json:
        click.echo("Made anew:")
    _tell(lookup.index_status(), as_json=as_json)


def _tell(found: IndexStatus, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({**asdict(found), "current": found.is_current}, indent=2))
    elif not found.sound:
        click.echo(f"{found.path} is not there or damaged; `bugbook index rebuild` makes it anew.")
    else:
        _print(found)


def _print(found: IndexStatus) -> None:
    click.echo(f"{found.path}, {found.size / _MEGABYTE:,.1f} MB")
    click.echo(f"Bugs: {found.bugs:,}, commits: {found.commits:,}.")
    if found.broken:
        click.echo(f"Files that cannot be read: {found.broken:,}. `bugbook check` tells all.")
    if found.is_current:
        click.echo("It is up to date with the copy of the repository here.")
    else:
        click.echo("The records have changed since; the next question brings it up to date.")
