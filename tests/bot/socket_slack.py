"""Slack's side of Socket Mode: connections that can be cut, asked to go, and made to redeliver."""

import base64
import hashlib
import json
import socket
import struct
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from time import monotonic
from typing import TYPE_CHECKING, Any

from demo.wsgi_thread import serving

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455, 1.3
_SILENCE = 15.0  # seconds; a client pings every five
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


@dataclass(kw_only=True)
class SocketSlack:
    """Takes connections, sends envelopes to the newest, and notes what is acknowledged."""

    listener: socket.socket
    refuse: bool = False
    """Whether a new connection's address is refused, as while Slack is down."""
    opened: int = 0
    acks: dict[str, list[Any]] = field(default_factory=dict)
    _open: list[socket.socket] = field(default_factory=list)
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def __call__(self, _: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer `apps.connections.open`."""
        url = f"ws://127.0.0.1:{self.listener.getsockname()[1]}/?ticket=1"
        said = {"ok": False, "error": "internal_error"} if self.refuse else {"ok": True, "url": url}
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(said).encode()]

    def accept(self) -> None:
        """Take connections until the listener is closed."""
        with suppress(OSError):
            while True:
                connection, _ = self.listener.accept()
                connection.settimeout(_SILENCE)
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def send(self, kind: str, payload: Mapping[str, Any], envelope: str = "", **more: Any) -> str:
        """Send an envelope, or the same one again by its id, on the newest connection."""
        envelope_id = envelope or f"envelope-{next(self._numbers)}"
        said = {
            "type": kind,
            "envelope_id": envelope_id,
            "payload": payload,
            "accepts_response_payload": True,
            **more,
        }
        self.say(said)
        return envelope_id

    def say(self, said: Mapping[str, Any]) -> None:
        """Send any message on the newest connection."""
        with self._changed:
            self._changed.wait_for(lambda: bool(self._open), 60)
            connection = self._open[-1]
            try:
                _write(connection, TEXT, json.dumps(said).encode())
            except OSError:  # gone, or nobody reads from it
                self._open.remove(connection)
                connection.close()
                raise

    def cut(self) -> None:
        """Drop every connection without a word."""
        with self._changed:
            for connection in self._open:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
                connection.close()
            self._open.clear()

    def ack(self, envelope: str, *, seconds: float = 60.0, times: int = 1) -> list[Any]:
        """The payloads of an envelope's acknowledgements, once there are so many."""
        with self._changed:
            done = self._changed.wait_for(
                lambda: len(self.acks.get(envelope, [])) >= times, seconds
            )
            assert done, f"{envelope} was not acknowledged"
            return list(self.acks[envelope])

    def await_connection(self, number: int, *, seconds: float = 60.0) -> None:
        """Wait until so many connections were opened."""
        end = monotonic() + seconds
        with self._changed:
            done = self._changed.wait_for(lambda: self.opened >= number, end - monotonic())
        assert done, f"only {self.opened} connections were opened"

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError, ValueError):
            _shake_hands(connection)
            with self._changed:
                self._open.append(connection)
                self.opened += 1
                self._changed.notify_all()
            self.say({"type": "hello", "num_connections": 1})
            for kind, data in _frames(connection):
                if kind == PING:
                    with self._changed:  # no frame comes within another one
                        _write(connection, PONG, data)
                elif kind == CLOSE:
                    break
                elif kind == TEXT:
                    self._heard(json.loads(data))
        with self._changed:
            if connection in self._open:
                self._open.remove(connection)
        connection.close()

    def _heard(self, said: Mapping[str, Any]) -> None:
        with self._changed:
            self.acks.setdefault(said["envelope_id"], []).append(said.get("payload"))
            self._changed.notify_all()


@contextmanager
def socket_slack() -> Iterator[tuple[SocketSlack, str]]:
    """Slack's side, and the base URL where connections are asked for."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        slack = SocketSlack(listener=listener)
        thread = threading.Thread(target=slack.accept, daemon=True)
        thread.start()
        try:
            with serving(slack) as url:
                yield slack, f"{url}/api/"
        finally:
            slack.cut()
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)


def _shake_hands(connection: socket.socket) -> None:
    head = b""
    while b"\r\n\r\n" not in head:
        head += connection.recv(4096)
    lines = (line.partition(":") for line in head.decode().split("\r\n"))
    headers = {name.strip().lower(): value.strip() for name, _, value in lines}
    digest = hashlib.sha1((headers["sec-websocket-key"] + _GUID).encode()).digest()  # noqa: S324
    accept = base64.b64encode(digest).decode()
    connection.sendall(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Accept: {accept}\r\n\r\n".encode()
    )


def _frames(connection: socket.socket) -> Iterator[tuple[int, bytes]]:
    """The client's frames, whole and unmasked; it sends none in parts."""
    while True:
        first, second = _read(connection, 2)
        size = second & 0x7F
        if size == 126:
            (size,) = struct.unpack("!H", _read(connection, 2))
        elif size == 127:
            (size,) = struct.unpack("!Q", _read(connection, 8))
        mask = _read(connection, 4) if second & 0x80 else b"\0\0\0\0"
        data = _read(connection, size)
        yield first & 0x0F, bytes(byte ^ mask[place % 4] for place, byte in enumerate(data))


def _read(connection: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        part = connection.recv(size - len(data))
        if not part:
            raise ConnectionResetError
        data += part
    return data


def _write(connection: socket.socket, kind: int, data: bytes) -> None:
    size = len(data)
    if size < 126:
        head = struct.pack("!BB", 0x80 | kind, size)
    elif size < 65536:
        head = struct.pack("!BBH", 0x80 | kind, 126, size)
    else:
        head = struct.pack("!BBQ", 0x80 | kind, 127, size)
    connection.sendall(head + data)
