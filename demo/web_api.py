"""Slack's Web API inside this process, for systems that have no build of the stand-in."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from demo.cast import Workspace
from demo.web_files import content_of
from demo.web_methods import answer, replace_content
from demo.web_state import RESPONSE_POSTS, Call, WebState
from demo.wsgi_thread import serving

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

NESTED = ("attachments", "blocks", "metadata", "view")  # JSON inside a form


@dataclass(frozen=True, kw_only=True)
class WebApi:
    """The WSGI application; everything that it knows and was asked is in `state`."""

    state: WebState

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer one request of the bot."""
        _, kind, name = f"{environ['PATH_INFO']}//".split("/", 3)[:3]
        arguments = _arguments(environ)
        if kind == "files":
            return self._file(name, environ, start_response)
        with self.state.changing():
            if kind == "api":
                status, body = "200 OK", self._call(name, arguments, environ)
            elif kind == "response":
                status, body = self._respond(name, arguments)
            else:
                status, body = "404 Not Found", {"ok": False}
        scopes = [("X-OAuth-Scopes", self.state.scopes)] if self.state.scopes else []
        start_response(status, [("Content-Type", "application/json"), *scopes])
        return [json.dumps(body).encode()]

    def _file(
        self, name: str, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Give the content of a file to the bot; others see the page for signing in."""
        with self.state.changing():
            content = content_of(self.state, name)
        known = environ.get("HTTP_AUTHORIZATION") == f"Bearer {self.state.app.bot_token}"
        if content is None or not known:
            start_response("200 OK", [("Content-Type", "text/html")])
            return [b"<html>Sign in</html>"]
        start_response("200 OK", [("Content-Type", "application/octet-stream")])
        return [content]

    def _call(
        self, method: str, arguments: Mapping[str, Any], environ: "WSGIEnvironment"
    ) -> dict[str, Any]:
        self.state.calls.append(Call(method=method, arguments=arguments))
        if environ.get("HTTP_AUTHORIZATION") != f"Bearer {self.state.app.bot_token}":
            return {"ok": False, "error": "invalid_auth"}
        place = f"{method} {arguments.get('channel', '')}"
        for name in ("*", method, place):
            if name in self.state.refused:
                return {"ok": False, "error": self.state.refused[name]}
        return answer(self.state, method, arguments)

    def _respond(self, key: str, body: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        self.state.calls.append(Call(method="response_url", arguments=body))
        place = self.state.response_urls.get(key)
        if place is None or place.posts >= RESPONSE_POSTS:
            return "404 Not Found", {"ok": False, "error": "used_url"}
        place.posts += 1
        messages = self.state.messages[place.channel]
        if place.message_ts in messages and body.get("delete_original"):
            del messages[place.message_ts]
        elif place.message_ts in messages and body.get("replace_original"):
            replace_content(messages[place.message_ts], body)
        else:
            say_to(self.state, place.channel, place.user_id, body)
        return "200 OK", {"ok": True}


def say_to(state: WebState, channel: str, user_id: str, body: Mapping[str, Any]) -> None:
    """Post what the bot answered: to one person, unless it says `in_channel`."""
    private = {"subtype": "ephemeral", "ephemeral_to": user_id}
    seen = {} if body.get("response_type") == "in_channel" else private
    state.post(channel, state.app.bot_user_id, {**body, **seen})


@contextmanager
def running_web_api(workspace: Workspace, *, port: int = 0) -> Iterator[WebState]:
    """The state of a Web API for the workspace's first app, served at its `base_url` + `/api/`."""
    state = WebState(workspace=workspace, app=workspace.apps[0])
    with serving(WebApi(state=state), port=port) as base_url:
        state.base_url = base_url
        yield state


def _arguments(environ: "WSGIEnvironment") -> dict[str, Any]:
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode()
    query = dict(parse_qsl(environ.get("QUERY_STRING", "")))
    if environ.get("CONTENT_TYPE", "").startswith("application/json"):
        return query | (json.loads(body) if body else {})
    form = query | dict(parse_qsl(body))
    return {key: json.loads(value) if key in NESTED else value for key, value in form.items()}
