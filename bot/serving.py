"""Keep the bot reachable: a Socket Mode connection, or an HTTP server."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from threading import Thread
from typing import Final

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError
from waitress import wasyncore  # type: ignore[import-untyped]
from waitress.server import create_server  # type: ignore[import-untyped]

from bot.listeners import SlackRefusedError
from tracker.model.trouble import TroubleError

PATH: Final = "/slack/events"
"""Where the HTTP server takes Slack's requests."""

_PATIENCE: Final = 10.0  # seconds that the server has to end
_THREADS: Final = 16
_LARGEST_REQUEST: Final = 1_000_000  # bytes; a form with every field full has about 100,000


class PortTakenError(TroubleError):
    """The HTTP server cannot listen where it should."""


@contextmanager
def socket_mode(app: App, app_token: str, client: WebClient) -> Iterator[None]:
    """Hold a Socket Mode connection, which needs no public address.

    Raises SlackRefusedError when it cannot be opened.
    """
    handler = SocketModeHandler(app, app_token, web_client=client)
    try:
        handler.connect()  # type: ignore[no-untyped-call]
    except (SlackClientError, OSError) as error:
        message = (
            f"Slack does not open a Socket Mode connection ({error}); check SLACK_APP_TOKEN, and"
            " that Socket Mode is on in the settings of the app."
        )
        raise SlackRefusedError(message) from error
    try:
        yield
    finally:
        handler.close()  # type: ignore[no-untyped-call]


@contextmanager
def http(app: App, host: str, port: int) -> Iterator[str]:
    """Serve signed HTTP and give the address for Slack's settings; port 0 is any free server.

    Raises PortTakenError.
    """
    handler = SlackRequestHandler(app, path=PATH)
    sockets: dict[int, object] = {}
    try:
        server = create_server(
            handler,
            map=sockets,
            host=host,
            port=port,
            ipv4=":" not in host,  # one address, so one server
            ipv6=":" in host,
            threads=_THREADS,
            max_request_body_size=_LARGEST_REQUEST,
        )
    except OSError as error:
        wasyncore.close_all(sockets)
        message = f"Nothing can listen on {host}:{port} ({error.strerror}); choose another --port."
        raise PortTakenError(message) from error
    thread = Thread(target=server.run, name="http", daemon=True)
    thread.start()
    try:
        yield f"http://{host}:{server.socket.getsockname()[1]}{PATH}"
    finally:
        with suppress(OSError):  # closed already, by the thread that is asked to do so
            server.trigger.pull_trigger(partial(wasyncore.close_all, sockets))
        thread.join(_PATIENCE)
        server.task_dispatcher.shutdown()
