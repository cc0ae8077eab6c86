"""Slack's Web API as it is used here: in order, as fast as Slack allows, and never by chance twice.

Slack answers 429 with `Retry-After` for a method, and for one that posts in a channel: every such
call waits so long, and other channels go on. A channel's messages and edits are sent one after the
other, in the order in which they were asked for. What may be repeated is repeated after a lost
connection; a new message is not, because nobody knows whether it is out: who sends it has to look.
"""

import socket
from http import HTTPStatus
from http.client import HTTPException
from typing import Any, Final
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.lanes import Lanes
from bot.metrics import CALLS, WAITED
from bot.unsent import Unsent

TIMEOUT: Final = 10  # seconds for one call
_PATIENCE: Final = 120.0  # seconds of waiting at rate limits until a call is given up
_SHORT_PATIENCE: Final = 2.0
_TRIES: Final = 3  # of what may be repeated
_PAUSE: Final = 0.3  # seconds before the second try; twice as long before the third
_USUAL_WAIT: Final = 1.0  # seconds, where Slack says none
_HALF: Final = "The connection ended within an answer."
_NO_JSON: Final = "Received a response in a non-JSON format"  # slack_sdk's words for it
_URGENT: Final = frozenset({"views.open", "views.push"})
"""These answer a trigger that lives for three seconds, so waiting does not help."""
_IN_ORDER: Final = frozenset({"chat.delete", "chat.postMessage", "chat.update"})
_ONCE: Final = frozenset(
    {
        "chat.postMessage",
        "chat.scheduleMessage",
        "conversations.create",
        "files.completeUploadExternal",
        *_URGENT,
    }
)
"""What would be there twice, or fail, when it is repeated."""


class QueuedClient(WebClient):
    """A client that many threads share; see the module. `unsent` are the answers that wait.

    `patience` is how many seconds a call waits at rate limits until it is given up.
    """

    def __init__(
        self,
        token: str,
        base_url: str = WebClient.BASE_URL,
        *,
        timeout: int = TIMEOUT,
        lanes: Lanes | None = None,
        patience: float = _PATIENCE,
    ) -> None:
        super().__init__(token, base_url, timeout, retry_handlers=[])
        self.lanes = lanes or Lanes()
        self.unsent = Unsent()
        self.patience = patience

    def hurried(self) -> "QueuedClient":
        """The same queue for whoever has more to do than to wait in it."""
        hurried = QueuedClient(
            str(self.token),
            self.base_url,
            timeout=self.timeout,
            lanes=self.lanes,
            patience=_SHORT_PATIENCE,
        )
        hurried.unsent = self.unsent
        return hurried

    def api_call(self, api_method: str, **given: Any) -> SlackResponse:  # noqa: ANN401 - those of WebClient
        """Call a method in its turn; raises what WebClient raises."""
        channel = _channel(api_method, given)
        with self.lanes.turn(channel, self.patience) as has_turn:
            if not has_turn:
                raise _told_to_wait()
            return self._in_turn(api_method, given, f"{api_method} {channel or ''}".rstrip())

    def _in_turn(self, method: str, given: dict[str, Any], gate: str) -> SlackResponse:
        patience = 0.0 if method in _URGENT else self.patience
        tries = 1 if method in _ONCE else _TRIES
        while True:
            if self.lanes.seconds_until_open(gate) > self.patience > 0:
                raise _told_to_wait()
            seconds = self.lanes.wait_until_open(gate) if patience > 0 else 0.0
            patience -= seconds
            WAITED.labels(method).inc(seconds)
            try:
                answer = self._once(method, given)
            except (SlackApiError, OSError) as error:
                limited = is_rate_limit(error)
                CALLS.labels(method, "limited" if limited else "failed").inc()
                if limited:
                    self.lanes.close(gate, _retry_after(error))
                tries -= not limited
                if (patience <= 0) if limited else (tries <= 0 or not is_passing(error)):
                    raise
                if not limited:
                    self.lanes.sleep(_PAUSE * 2 ** (_TRIES - tries - 1))
            else:
                CALLS.labels(method, "ok").inc()
                return answer

    def _once(self, method: str, given: dict[str, Any]) -> SlackResponse:
        try:
            return super().api_call(method, **given)
        except HTTPException as error:  # half an answer
            raise ConnectionError(_HALF) from error
        except SlackApiError as error:
            if error_code(error).startswith(_NO_JSON) and _status(error) == HTTPStatus.OK:
                raise ConnectionError(_HALF) from error
            raise


def error_code(error: Exception) -> str:
    """Return Slack's word for what is wrong; empty where it said none."""
    answer = error.response if isinstance(error, SlackApiError) else {}
    found = answer.get("error") if hasattr(answer, "get") else None
    return str(found or "")


def is_locked_out(error: Exception) -> bool:
    """Whether Slack does not take the bot itself, until somebody gives it a new token."""
    return error_code(error) in _LOCKED_OUT


def is_rate_limit(error: Exception) -> bool:
    """Whether Slack asks to wait; the call was not carried out."""
    return _status(error) == HTTPStatus.TOO_MANY_REQUESTS or error_code(error) == "ratelimited"


def is_passing(error: Exception) -> bool:
    """Whether another try may succeed: the connection, or Slack itself, has trouble."""
    return is_rate_limit(error) or is_unclear(error) or isinstance(error, OSError)


def is_unclear(error: Exception) -> bool:
    """Whether the call may have been carried out, though it looks failed."""
    if isinstance(error, SlackApiError):
        broken = _status(error) >= HTTPStatus.INTERNAL_SERVER_ERROR
        return broken or error_code(error) in _OUT_OF_ORDER
    never_sent = isinstance(error, URLError) and isinstance(error.reason, _NOT_CONNECTED)
    return isinstance(error, OSError) and not never_sent


_OUT_OF_ORDER: Final = frozenset(
    {"fatal_error", "internal_error", "request_timeout", "service_unavailable"}
)
_LOCKED_OUT: Final = frozenset(
    {
        "account_inactive",
        "invalid_auth",
        "missing_scope",
        "not_authed",
        "token_expired",
        "token_revoked",
    }
)
_NOT_CONNECTED: Final = (ConnectionRefusedError, socket.gaierror)


def _told_to_wait() -> SlackApiError:
    """What Slack would answer again."""
    answer = {"ok": False, "error": "ratelimited"}
    return SlackApiError("Slack asks to wait.", answer)  # type: ignore[no-untyped-call]


def _channel(method: str, given: dict[str, Any]) -> str | None:
    """Where messages of this call have an order; None for a call that has none."""
    if method not in _IN_ORDER:
        return None
    for part in ("json", "params", "data"):
        arguments = given.get(part) or {}
        if isinstance(arguments, dict) and "channel" in arguments:
            return str(arguments["channel"])
    return None


def _status(error: Exception) -> int:
    answer = error.response if isinstance(error, SlackApiError) else None
    if isinstance(answer, SlackResponse):
        return int(answer.status_code)
    return int(answer.get("status", 0)) if isinstance(answer, dict) else 0


def _retry_after(error: Exception) -> float:
    """The seconds that Slack wants; headers are named in any case."""
    answer = error.response if isinstance(error, SlackApiError) else None
    headers: Any = getattr(answer, "headers", None) or {}
    if isinstance(answer, dict):
        headers = answer.get("headers") or {}
    for name in ("Retry-After", "retry-after"):
        value = headers.get(name)
        if value is not None:
            text = value[0] if isinstance(value, list) else value
            return float(text) if str(text).replace(".", "", 1).isdigit() else _USUAL_WAIT
    return _USUAL_WAIT
