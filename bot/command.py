"""The command `bugbook bot`."""

import logging
import signal
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from threading import Event
from typing import Any, Protocol

import click

from bot.app import FETCH_EVERY, build_bot, web_client
from bot.log_lines import set_up_log
from bot.serving import http, socket_mode
from tracker.assembly import open_tracker
from tracker.settings import Settings, read_settings


class Session(Protocol):
    """The options that stand before the command."""

    @property
    def repository(self) -> str | None:
        """The repository that holds the records."""


@click.command()
@click.option(
    "--mode",
    type=click.Choice(["socket", "http"]),
    default="socket",
    show_default=True,
    help="How Slack reaches the bot; socket needs no public address.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address for http.")
@click.option("--port", default=3000, show_default=True, help="Port for http; 0 is any free one.")
@click.option(
    "--fetch-every",
    default=FETCH_EVERY,
    show_default=True,
    type=click.FloatRange(min=1),
    help="Seconds between two looks at what others pushed.",
)
@click.pass_obj
def bot(session: Session, *, mode: str, host: str, port: int, fetch_every: float) -> None:
    """Run the Slack bot until Ctrl-C."""
    given: dict[str, Any] = {"repository": session.repository} if session.repository else {}
    settings = read_settings(**given)
    set_up_log(*settings.log)
    with ExitStack() as stack:
        ended = stack.enter_context(_asked_to_end())
        if mode == "http":
            running = _over_http(settings, host, port, fetch_every)
        else:
            running = _over_socket(settings, fetch_every)
        click.echo(stack.enter_context(running))
        ended.wait()
        click.echo("Bugbook ends; what waits is kept for the next start.")


@contextmanager
def _over_socket(settings: Settings, fetch_every: float) -> Iterator[str]:
    app_token = settings.secret("slack_app_token")
    with _running(settings, None, fetch_every) as app:
        client = web_client(app_token, _api_url(settings))
        with socket_mode(app, app_token, client):
            yield "Bugbook is running in Socket Mode; type /bug in Slack. Ctrl-C ends it."


@contextmanager
def _over_http(settings: Settings, host: str, port: int, fetch_every: float) -> Iterator[str]:
    signing_secret = settings.secret("slack_signing_secret")
    with _running(settings, signing_secret, fetch_every) as app, http(app, host, port) as address:
        yield f"Bugbook takes Slack's requests at {address}. Ctrl-C ends it."


@contextmanager
def _running(settings: Settings, signing_secret: str | None, fetch_every: float) -> Iterator[Any]:
    """The Bolt app of a bot whose threads run."""
    client = web_client(settings.secret("slack_bot_token"), _api_url(settings))
    with closing(open_tracker(settings, progress=logging.getLogger(__name__).debug)) as tracker:
        bot = build_bot(
            tracker,
            client,
            signing_secret=signing_secret,
            site_url=str(settings.site_url or ""),
            fetch_every=fetch_every,
        )
        bot.start()
        try:
            yield bot.app
        finally:
            bot.stop()


@contextmanager
def _asked_to_end() -> Iterator[Event]:
    """An event that is set by Ctrl-C or by a polite kill."""
    ended = Event()
    before = {
        number: signal.signal(number, lambda *_: ended.set())
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield ended
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _api_url(settings: Settings) -> str | None:
    return str(settings.slack_api_url) if settings.slack_api_url else None
