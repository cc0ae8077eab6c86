"""Carry to the bot what people do, signed as Slack signs it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any
from urllib.parse import urlencode

from slack_sdk.signature import Clock, SignatureVerifier

from demo.local_http import Answer, post
from demo.participant import ACK_SECONDS, NotAcknowledgedError
from demo.web_state import Call, WebState

OK = 200
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, kw_only=True)
class SignedDelivery:
    """The way from the workspace to the address where the bot takes Slack's requests."""

    state: WebState
    bot_url: str

    def command(self, fields: Mapping[str, str], what: str) -> tuple[dict[str, Any], float]:
        """Send a slash command; a bare text is the `text` of the answer."""
        return self._acknowledged(urlencode(fields), what)

    def interaction(
        self, user_id: str, payload: Mapping[str, Any], what: str
    ) -> tuple[dict[str, Any], float]:
        """Send what a person did with a button or a form."""
        with self.state.changing():
            trigger_id = self.state.new_trigger(user_id)
        workspace = self.state.workspace
        names = {member.user_id: member.name for member in workspace.members}
        full = {
            "user": {"id": user_id, "name": names[user_id], "team_id": workspace.team_id},
            "team": {"id": workspace.team_id, "domain": workspace.domain},
            "api_app_id": self.state.app.app_id,
            "trigger_id": trigger_id,
            **payload,
        }
        return self._acknowledged(urlencode({"payload": json.dumps(full)}), what)

    def event(self, event: Mapping[str, Any], event_id: str = "") -> int:
        """Send an event, or one again by its id, and return the HTTP status of the answer.

        Nobody is told when the bot does not take it.
        """
        with self.state.changing():
            event_id = event_id or self.state.new_id("Ev")
        envelope = {
            "type": "event_callback",
            "event_id": event_id,
            "event_time": int(Clock().now()),
            "event": event,
            "team_id": self.state.workspace.team_id,
            "api_app_id": self.state.app.app_id,
        }
        return self._post(json.dumps(envelope), "application/json").status

    def _acknowledged(self, body: str, what: str) -> tuple[dict[str, Any], float]:
        started = monotonic()
        try:
            answer = self._post(body, FORM)
        except OSError as error:
            raise NotAcknowledgedError(what, str(error) or type(error).__name__) from error
        seconds = monotonic() - started
        if answer.status != OK:
            raise NotAcknowledgedError(what, f"HTTP {answer.status}")
        said = _said(answer)
        with self.state.changing():
            self.state.calls.append(Call(method="acknowledgement", arguments=said))
        return said, seconds

    def _post(self, body: str, content_type: str) -> Answer:
        verifier = SignatureVerifier(self.state.app.signing_secret)
        timestamp = str(int(Clock().now()))
        signature = verifier.generate_signature(timestamp=timestamp, body=body)
        headers = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": str(signature),
        }
        return post(self.bot_url, body, headers, seconds=ACK_SECONDS)


def _said(answer: Answer) -> dict[str, Any]:
    try:
        said = answer.json()
    except json.JSONDecodeError:
        return {"text": answer.text}
    return said if isinstance(said, dict) else {}
