"""The command `bugbook bot`."""

import logging
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from typing import Any, Protocol

import click

from bot.app import FETCH_EVERY, Bot, build_bot, web_client
from bot.doors import Watch
from bot.ending import asked_to_end
from bot.http_server import serving
from bot.log_lines import set_up_log
from bot.serving import http
from bot.socket_mode import socket_mode
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
    "--metrics-port",
    type=click.IntRange(0, 65535),
    help="Serve /healthz, /readyz and /metrics here; with http they are also on --port, except for"
    " /metrics.",
)
@click.option(
    "--fetch-every",
    default=FETCH_EVERY,
    show_default=True,
    type=click.FloatRange(min=1),
    help="Seconds between two looks at what others pushed.",
)
@click.pass_obj
def bot(session: Session, /, **options: Any) -> None:  # noqa: ANN401 - whatever click parsed
    """Run the Slack bot until Ctrl-C or SIGTERM, at which it finishes what it has begun."""
    given: dict[str, Any] = {"repository": session.repository} if session.repository else {}
    settings = read_settings(**given)
    set_up_log(*settings.log)
    chosen = Options(**options)
    with ExitStack() as stack:
        wait_for_the_end = stack.enter_context(asked_to_end())
        over = _over_http if chosen.mode == "http" else _over_socket
        for line in over(settings, chosen, stack):
            click.echo(line)
        wait_for_the_end()
        click.echo("Bugbook ends; what waits is kept for the next start.")


@dataclass(frozen=True, kw_only=True)
class Options:
    """What was chosen on the command line."""

    mode: str
    host: str
    port: int
    metrics_port: int | None
    fetch_every: float


def _over_socket(settings: Settings, options: Options, stack: ExitStack) -> Iterator[str]:
    app_token = settings.secret("slack_app_token")
    bot = _running(settings, None, options, stack)
    yield from _watched(bot, options, stack)
    client = web_client(app_token, _api_url(settings))
    stack.enter_context(socket_mode(bot.app, app_token, client, bot.health))
    stack.callback(bot.health.draining.set)
    yield "Bugbook is running in Socket Mode; type /bug in Slack. Ctrl-C ends it."


def _over_http(settings: Settings, options: Options, stack: ExitStack) -> Iterator[str]:
    signing_secret = settings.secret("slack_signing_secret")
    bot = _running(settings, signing_secret, options, stack)
    yield from _watched(bot, options, stack)
    metrics = options.metrics_port is None
    door = http(bot.app, options.host, options.port, bot.health, metrics=metrics)
    address = stack.enter_context(door)
    stack.callback(bot.health.draining.set)
    yield f"Bugbook takes Slack's requests at {address}. Ctrl-C ends it."


def _watched(bot: Bot, options: Options, stack: ExitStack) -> Iterator[str]:
    """Serve the pages for watchers on their own port, where one was given."""
    if options.metrics_port is not None:
        pages = serving(Watch(health=bot.health), options.host, options.metrics_port)
        yield f"Health and metrics are at {stack.enter_context(pages)}."


def _running(
    settings: Settings, signing_secret: str | None, options: Options, stack: ExitStack
) -> Bot:
    """A bot whose threads run until the stack unwinds."""
    client = web_client(settings.secret("slack_bot_token"), _api_url(settings))
    tracker = open_tracker(settings, progress=logging.getLogger(__name__).debug)
    stack.enter_context(closing(tracker))
    bot = build_bot(
        tracker,
        client,
        signing_secret=signing_secret,
        site_url=str(settings.site_url or ""),
        fetch_every=options.fetch_every,
    )
    bot.start()
    stack.callback(bot.stop)
    return bot


def _api_url(settings: Settings) -> str | None:
    return str(settings.slack_api_url) if settings.slack_api_url else None
