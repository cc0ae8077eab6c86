"""Slack's Socket Mode: a connection that the bot opens, watches, opens anew, and ends in order."""

import logging
import select
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition
from time import monotonic
from typing import Final

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.health import Health
from bot.listeners import SlackRefusedError
from bot.loop import Loop
from bot.metrics import ACKNOWLEDGED, CONNECTED, RECONNECTED, REQUESTS

LOG: Final = logging.getLogger(__name__)
LOOK_EVERY: Final = 2.0
"""Seconds between two looks at the connection."""

_PING_EVERY: Final = 5  # seconds; without an answer for four of them the connection is dropped
_HUNG_UP: Final = getattr(select, "POLLRDHUP", 0) | select.POLLHUP | select.POLLERR

_THREADS: Final = 32  # as many as Bolt has for listeners
_PATIENCE: Final = 10.0  # seconds that requests in hand have to end


class Connection(SocketModeHandler):
    """One connection; knows how many requests are in hand."""

    def __init__(self, app: App, app_token: str, client: WebClient) -> None:
        super().__init__(
            app, app_token, web_client=client, concurrency=_THREADS, ping_interval=_PING_EVERY
        )
        self._in_hand = 0
        self._changed = Condition()

    def handle(self, client: BaseSocketModeClient, req: SocketModeRequest) -> None:
        """Hand a request to Bolt, and count it."""
        began = monotonic()
        with self._changed:
            self._in_hand += 1
        try:
            super().handle(client, req)  # type: ignore[arg-type]
            REQUESTS.labels("socket", "handled").inc()
        except Exception:  # as when the connection went before the acknowledgement
            LOG.exception("A request could not be acknowledged.")
            REQUESTS.labels("socket", "lost").inc()
        finally:
            ACKNOWLEDGED.observe(monotonic() - began)
            with self._changed:
                self._in_hand -= 1
                self._changed.notify_all()

    def problem(self) -> str:
        """Say that the connection is down; nothing while it stands."""
        return "" if self._stands() else "The connection to Slack is down."

    def look(self) -> None:
        """Open the connection anew where it is down and its own monitor has not done so.

        The SDK's client reads on from a connection that the other side has closed, without a pause,
        until five of its pings have failed (measured); and connections have died quietly
        (slackapi/bolt-python#417).
        """
        stands = self._stands()
        CONNECTED.set(stands)
        if stands:
            return
        LOG.warning("The connection to Slack is down; it is opened anew.")
        self.client.disconnect()
        self.client.connect_to_new_endpoint()
        RECONNECTED.inc()
        CONNECTED.set(self._stands())

    def _stands(self) -> bool:
        session = self.client.current_session
        return session is not None and session.sock is not None and not _is_cut(session.sock)

    def drain(self) -> None:
        """Answer the requests that have come, then close."""
        with self._changed:
            self._changed.wait_for(
                lambda: self.client.message_queue.empty() and self._in_hand == 0, _PATIENCE
            )
        self.close()  # type: ignore[no-untyped-call]
        CONNECTED.set(0)


@contextmanager
def socket_mode(
    app: App,
    app_token: str,
    client: WebClient,
    health: Health | None = None,
    *,
    look_every: float = LOOK_EVERY,
) -> Iterator[Connection]:
    """Hold a Socket Mode connection, which needs no public address.

    Raises SlackRefusedError when it cannot be opened.
    """
    connection = Connection(app, app_token, client)
    try:
        connection.connect()  # type: ignore[no-untyped-call]
    except (SlackClientError, OSError) as error:
        message = (
            f"Slack does not open a Socket Mode connection ({error}); check SLACK_APP_TOKEN, and"
            " that Socket Mode is on in the settings of the app."
        )
        raise SlackRefusedError(message) from error
    if health is not None:
        health.checks.append(connection.problem)
    looking = Loop(name="connection", step=connection.look, interval=look_every)
    looking.start()
    try:
        yield connection
    finally:
        looking.stop()
        connection.drain()


def _is_cut(sock: socket.socket) -> bool:
    """Whether the other side has closed a connection; nothing is read."""
    try:
        watch = select.poll()
        watch.register(sock, _HUNG_UP)
        return bool(watch.poll(0))
    except (OSError, ValueError):  # closed meanwhile
        return True
