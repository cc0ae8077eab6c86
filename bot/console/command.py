"""The command `bugbook console`."""

from contextlib import closing
from typing import Any, Protocol

import click

from bot.console.desk import ConsoleDesk
from bot.console.own_terminal import ends_in_order, own_terminal
from bot.console.talk import talk
from tracker.assembly import open_tracker
from tracker.model.person import Person
from tracker.settings import read_settings


class Session(Protocol):
    """The options that stand before the command."""

    @property
    def repository(self) -> str | None:
        """The repository that holds the records."""

    def actor(self, named: str | None) -> Person:
        """Who acts."""


@click.command(context_settings={"ignore_unknown_options": True})
@click.option("--as", "named", metavar="PERSON", help="Who acts; git's own identity otherwise.")
@click.argument("line", nargs=-1, type=click.UNPROCESSED)
@click.pass_obj
def console(session: Session, named: str | None, line: tuple[str, ...]) -> int:
    """Work on bugs by questions in a terminal, as in Slack; with a LINE do that alone."""
    actor = session.actor(named)
    given: dict[str, Any] = {"repository": session.repository} if session.repository else {}
    settings = read_settings(**given)
    with ends_in_order(), closing(open_tracker(settings)) as tracker:
        if reason := tracker.refresh():
            click.echo(f"{reason} What follows may be out of date.", err=True)
        place = f"This is {tracker.remote.spoken}."
        if sentences := tracker.unlike_work_tree():
            click.echo(" ".join((place, *sentences)), err=True)
        desk = ConsoleDesk(
            tracker=tracker,
            actor=actor,
            terminal=own_terminal(),
            site_url=str(settings.site_url or ""),
        )
        return 0 if (_once(desk, " ".join(line)) if line else talk(desk)) else 1


def _once(desk: ConsoleDesk, text: str) -> bool:
    try:
        return desk.do(text)
    except EOFError:
        return False
    except KeyboardInterrupt as stopped:
        raise click.Abort from stopped
