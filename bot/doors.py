"""What stands behind the address of the HTTP server: Slack's requests, and pages for watchers."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from time import monotonic
from typing import TYPE_CHECKING, Final

from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.adapter.wsgi.http_request import WsgiHttpRequest
from slack_bolt.response import BoltResponse

from bot.health import Health
from bot.metrics import ACKNOWLEDGED, CONTENT_TYPE, REQUESTS, exposition

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

PATH: Final = "/slack/events"
"""Where the HTTP server takes Slack's requests."""

_TEXT: Final = "text/plain; charset=utf-8"
_JSON: Final = "application/json"


@dataclass(frozen=True, kw_only=True)
class SlackDoor:
    """Takes Slack's requests, which Bolt verifies; others learn only that they are not Slack."""

    app: App

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Hand a request to Bolt, and count it."""
        began = monotonic()
        handler = _Counted(self.app, path=PATH)
        try:
            return handler(environ, start_response)
        except UnicodeDecodeError:
            return _answer(start_response, HTTPStatus.BAD_REQUEST, _TEXT, b"This is no UTF-8.")
        finally:
            ACKNOWLEDGED.observe(monotonic() - began)


class _Counted(SlackRequestHandler):
    """Counts the answers by their status."""

    def dispatch(self, request: WsgiHttpRequest) -> BoltResponse:
        answer = super().dispatch(request)
        REQUESTS.labels("http", str(answer.status)).inc()
        return answer


@dataclass(frozen=True, kw_only=True)
class Watch:
    """`/healthz`, `/readyz` and `/metrics`; any other path is left to `inside`, or is not found."""

    health: Health
    inside: "WSGIApplication | None" = None
    metrics: bool = True

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer a watcher."""
        path = environ.get("PATH_INFO", "") if environ.get("REQUEST_METHOD") == "GET" else ""
        match path:
            case "/metrics" if self.metrics:
                answer = _answer(start_response, HTTPStatus.OK, CONTENT_TYPE, exposition())
            case "/healthz":
                answer = _verdict(start_response, self.health.faults())
            case "/readyz":
                answer = _verdict(start_response, self.health.problems())
            case _ if self.inside is not None:
                answer = self.inside(environ, start_response)
            case _:
                answer = _answer(start_response, HTTPStatus.NOT_FOUND, _TEXT, b"Not found.")
        return answer


def _verdict(start_response: "StartResponse", problems: tuple[str, ...]) -> Iterable[bytes]:
    status = HTTPStatus.SERVICE_UNAVAILABLE if problems else HTTPStatus.OK
    said = json.dumps({"ok": not problems, "problems": problems}).encode()
    return _answer(start_response, status, _JSON, said)


def _answer(
    start_response: "StartResponse", status: HTTPStatus, kind: str, body: bytes
) -> Iterable[bytes]:
    headers = [("Content-Type", kind), ("Content-Length", str(len(body)))]
    start_response(f"{status.value} {status.phrase}", headers)
    return [body]
