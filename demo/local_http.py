"""Plain HTTP to a server on this machine."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The status and the text of a response."""

    status: int
    text: str

    def json(self) -> Any:  # noqa: ANN401 (any JSON value)
        """The parsed text; an empty one is None."""
        return json.loads(self.text) if self.text else None


def get(url: str, *, seconds: float = 10.0) -> Answer:
    """What the server answers to a GET.

    Raises:
        OSError: nobody listens there, or the answer takes too long.
    """
    return _exchange("GET", url, None, {}, seconds)


def post_json(url: str, payload: Mapping[str, object], *, seconds: float = 10.0) -> Answer:
    """What the server answers to a POST of JSON; raises as `get` does."""
    body = json.dumps(payload).encode()
    return _exchange("POST", url, body, {"Content-Type": "application/json"}, seconds)


def post(
    url: str, body: str | bytes, headers: Mapping[str, str], *, seconds: float = 10.0
) -> Answer:
    """What the server answers to a POST of this very body; raises as `get` does."""
    data = body.encode() if isinstance(body, str) else body
    return _exchange("POST", url, data, headers, seconds)


def _exchange(
    method: str, url: str, body: bytes | None, headers: Mapping[str, str], seconds: float
) -> Answer:
    place = urlsplit(url)
    connection = HTTPConnection(place.hostname or "127.0.0.1", place.port, timeout=seconds)
    try:
        path = f"{place.path or '/'}?{place.query}" if place.query else place.path or "/"
        connection.request(method, path, body, dict(headers))
        response = connection.getresponse()
        return Answer(status=response.status, text=response.read().decode())
    finally:
        connection.close()
