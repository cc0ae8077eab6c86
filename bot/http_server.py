"""An HTTP server that slow clients cannot hold up, and that ends without dropping a request.

Waitress reads whole requests in one thread without blocking and hands them to others only then, so
a client that sends a byte a second takes a connection and no thread.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from threading import Event, Thread
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, Final

from waitress import wasyncore  # type: ignore[import-untyped]
from waitress.server import create_server  # type: ignore[import-untyped]

from tracker.model.trouble import TroubleError

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

_PATIENCE: Final = 10.0  # seconds that requests in hand have to end
_POLL: Final = 0.02
_THREADS: Final = 32  # as many as the bot has for listeners, on whom they wait
_CROWDED: Final = 100  # requests that wait for a thread, from which on people notice
_LARGEST_REQUEST: Final = 1_000_000  # bytes; a form with every field full has about 100,000
_LARGEST_HEADERS: Final = 32_768
_IDLE: Final = 30  # seconds without a byte after which a connection is closed
_CONNECTIONS: Final = 1_000


class _OnlyCrowds(logging.Filter):
    """Drops Waitress's remark of every single request that waits for a thread for a moment."""

    def filter(self, record: logging.LogRecord) -> bool:
        depth = record.args[0] if isinstance(record.args, tuple) and record.args else None
        return not isinstance(depth, int) or depth >= _CROWDED


_ONLY_CROWDS: Final = _OnlyCrowds()  # one, so that the logger has it once


class PortTakenError(TroubleError):
    """The HTTP server cannot listen where it should."""


@contextmanager
def serving(application: "WSGIApplication", host: str, port: int) -> Iterator[str]:
    """Serve, and give the address of the root; port 0 is any free one.

    At the end no new connection is taken, and the requests in hand are answered. Raises
    PortTakenError.
    """
    logging.getLogger("waitress.queue").addFilter(_ONLY_CROWDS)
    sockets: dict[int, object] = {}
    server = _listening(application, host, port, sockets)
    thread = Thread(target=server.run, name="http", daemon=True)
    thread.start()
    try:
        yield f"http://{host}:{server.socket.getsockname()[1]}"
    finally:
        _drain(server)
        with suppress(OSError):  # closed already, by the thread that is asked to do so
            server.trigger.pull_trigger(partial(wasyncore.close_all, sockets))
        thread.join(_PATIENCE)
        server.task_dispatcher.shutdown()


def _listening(
    application: "WSGIApplication", host: str, port: int, sockets: dict[int, object]
) -> Any:  # noqa: ANN401 - Waitress has no types
    try:
        return create_server(
            application,
            map=sockets,
            host=host,
            port=port,
            ipv4=":" not in host,  # one address, so one server
            ipv6=":" in host,
            threads=_THREADS,
            max_request_body_size=_LARGEST_REQUEST,
            max_request_header_size=_LARGEST_HEADERS,
            channel_timeout=_IDLE,
            cleanup_interval=_IDLE // 3,
            connection_limit=_CONNECTIONS,
            asyncore_use_poll=True,  # select ends at 1,024 connections
            ident=None,
        )
    except OSError as error:
        wasyncore.close_all(sockets)
        message = f"Nothing can listen on {host}:{port} ({error.strerror}); choose another port."
        raise PortTakenError(message) from error


def _drain(server: Any) -> None:  # noqa: ANN401 - Waitress has no types
    """Take no new connection, and wait until every request that has come is answered."""
    closed = Event()

    def stop_listening() -> None:
        wasyncore.dispatcher.close(server)  # its own `close` would end the answers as well
        closed.set()

    server.trigger.pull_trigger(stop_listening)
    closed.wait(_PATIENCE)
    end = monotonic() + _PATIENCE
    while monotonic() < end and any(map(_is_busy, list(server.active_channels.values()))):
        sleep(_POLL)


def _is_busy(channel: Any) -> bool:  # noqa: ANN401 - Waitress has no types
    return bool(channel.requests or channel.total_outbufs_len)
