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
from bot.request_shape import has_signature, whole_request

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
        try:
            return _Guarded(self.app, path=PATH)(environ, start_response)
        finally:
            ACKNOWLEDGED.observe(monotonic() - began)


class _Guarded(SlackRequestHandler):
    """Gives Bolt what it can read, and counts the answers by their status."""

    def dispatch(self, request: WsgiHttpRequest) -> BoltResponse:
        answer = self._answered(request)
        REQUESTS.labels("http", str(answer.status)).inc()
        return answer

    def _answered(self, request: WsgiHttpRequest) -> BoltResponse:
        headers = request.get_headers()
        try:
            body = request.get_body()
        except UnicodeDecodeError:
            return BoltResponse(status=HTTPStatus.BAD_REQUEST, body="This is no UTF-8.")
        if not has_signature(headers):
            return BoltResponse(status=HTTPStatus.UNAUTHORIZED, body="This is not signed.")
        whole = whole_request(body, headers)
        if whole is None:
            return BoltResponse(status=HTTPStatus.BAD_REQUEST, body="This is no request of Slack.")
        return self.app.dispatch(whole)


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
