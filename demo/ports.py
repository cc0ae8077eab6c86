"""Free addresses on this machine."""

import socket


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on now; another program may take it in between."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port
