"""Real git servers on loopback, and a cable that can be cut."""

import os
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from demo.ports import free_port

_CHUNK = 65_536


@contextmanager
def git_daemon(parent: Path) -> Iterator[int]:
    """Serve the repositories in a folder by git's own protocol; the port."""
    port = free_port()
    command = [
        "git", "daemon", "--export-all", "--enable=receive-pack", "--reuseaddr",
        "--listen=127.0.0.1", f"--port={port}", f"--base-path={parent}", str(parent),
    ]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _await_port(port)
            yield port
        finally:
            process.terminate()


@contextmanager
def smart_http(parent: Path) -> Iterator[int]:
    """Serve the repositories in a folder over HTTP, through git's own program; the port."""

    class Gateway(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._pass_on(b"")

        def do_POST(self) -> None:
            self._pass_on(self.rfile.read(int(self.headers.get("Content-Length") or 0)))

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def _pass_on(self, body: bytes) -> None:
            address = urlsplit(self.path)
            settings = {
                "GIT_PROJECT_ROOT": str(parent),
                "GIT_HTTP_EXPORT_ALL": "1",
                "REMOTE_USER": "bot",
                "REQUEST_METHOD": self.command,
                "PATH_INFO": address.path,
                "QUERY_STRING": address.query,
                "CONTENT_TYPE": self.headers.get("Content-Type", ""),
                "CONTENT_LENGTH": str(len(body)),
                "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
                "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            }
            answer = subprocess.run(
                ["git", "http-backend"],
                env={**os.environ, **settings},
                input=body,
                capture_output=True,
                check=False,
            ).stdout
            head, _, content = answer.partition(b"\r\n\r\n")
            lines = head.decode().splitlines()
            fields = dict(line.split(": ", 1) for line in lines if ": " in line)
            status = int(fields.pop("Status", "200 OK").split()[0])
            with suppress(OSError):  # the cable was cut
                self.send_response(status)
                for name, text in fields.items():
                    self.send_header(name, text)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass(kw_only=True)
class Cable:
    """A TCP proxy to one port; a cut breaks what is open, and lets nothing new through."""

    target: int
    cuts: int = 0
    _server: socket.socket = field(
        default_factory=lambda: socket.create_server(("127.0.0.1", 0), backlog=64)
    )
    _open: set[socket.socket] = field(default_factory=set)
    _whole: threading.Event = field(default_factory=threading.Event)
    _carriers: list[threading.Thread] = field(default_factory=list)

    @cached_property
    def _acceptor(self) -> threading.Thread:
        return threading.Thread(target=self._accept)

    @property
    def port(self) -> int:
        return int(self._server.getsockname()[1])

    def start(self) -> None:
        self._whole.set()
        self._acceptor.start()

    def cut(self) -> None:
        """Break what is open and refuse what is new, until `mend`."""
        self.cuts += 1
        self._whole.clear()
        for end in tuple(self._open):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        self._whole.set()

    def close(self) -> None:
        """Cut it for good."""
        self.cut()
        with suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._acceptor.join()
        for carrier in self._carriers:
            carrier.join()
        self._server.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._server.accept()
                carrier = threading.Thread(target=self._carry, args=(near,))
                carrier.start()
                self._carriers.append(carrier)

    def _carry(self, near: socket.socket) -> None:
        """Both directions of one connection, until both have ended."""
        with near, suppress(OSError):
            if not self._whole.is_set():
                return
            with socket.create_connection(("127.0.0.1", self.target)) as far:
                self._open |= {near, far}
                back = threading.Thread(target=_pump, args=(far, near))
                back.start()
                _pump(near, far)
                back.join()
                self._open -= {near, far}


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(_CHUNK):
            sink.sendall(data)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)


def _await_port(port: int) -> None:
    for _ in range(200):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        threading.Event().wait(0.02)
    sentence = f"Nothing answers at port {port}."
    raise TimeoutError(sentence)
