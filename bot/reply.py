"""Answer one person privately, wherever they asked from."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from http.client import HTTPException
from typing import Any, Final

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.webhook import WebhookClient

from bot.blocks.message import Message
from bot.receipts import Receipts
from bot.slack_client import QueuedClient, error_code, is_locked_out, is_passing
from bot.unsent import Attempt

LOG: Final = logging.getLogger(__name__)
REQUEST: Final = "slack-"
"""Begins the id of every request that came through Slack."""

_OK: Final = 200
_LONGEST: Final = 10  # seconds for a response URL


def nothing() -> None:
    """Do nothing more."""


@dataclass(frozen=True, kw_only=True)
class Reply:
    """The way back to a person: `response_url` first, then the channel, then a direct message.

    A response URL works everywhere, and for 30 minutes and five answers.
    """

    client: WebClient
    user: str
    channel: str | None = None
    response_url: str | None = None
    thread_ts: str | None = None
    receipt: str = ""
    """Under which it is noted that this person waits."""

    @classmethod
    def at(cls, client: WebClient, place: Mapping[str, Any]) -> "Reply":
        """The way that was noted as `place`."""
        return cls(
            client=client,
            user=place["user"],
            channel=place.get("channel"),
            response_url=place.get("url"),
            thread_ts=place.get("thread"),
        )

    @property
    def place(self) -> dict[str, str]:
        """What the way is known by, to be noted."""
        places = {
            "user": self.user,
            "channel": self.channel,
            "url": self.response_url,
            "thread": self.thread_ts,
        }
        return {key: value for key, value in places.items() if value}

    def __call__(
        self, message: Message, *, replace: bool = False, then: Callable[[], None] = nothing
    ) -> None:
        """Send a message that only this person sees, and do `then` once Slack has it.

        What Slack does not take now is kept by the client, and sent as soon as it does.
        """
        attempt = partial(self._attempt, message, replace=replace, then=then)
        if not isinstance(self.client, QueuedClient):
            attempt()
            return
        unsent = self.client.unsent
        receipts = unsent.receipts
        number = receipts.keep_answer(self.receipt, self.user, message) if receipts else 0
        again = partial(self._again, attempt, receipts, number) if receipts and number else attempt
        if not attempt():
            unsent.keep(again)
        elif receipts and number:
            receipts.sent(self.receipt, number)

    def _again(self, attempt: Attempt, receipts: Receipts, number: int) -> bool:
        """Send an answer that is noted, unless another bot has; False when it has to wait."""
        done = not receipts.is_owed(self.receipt) or attempt()
        if done:
            receipts.sent(self.receipt, number)
        return done

    def _attempt(self, message: Message, *, replace: bool, then: Callable[[], None]) -> bool:
        """Send it; False when that has to be tried again."""
        try:
            _ = self._by_url(message, replace=replace) or self._in_channel(message)
        except (SlackClientError, OSError) as error:
            LOG.warning("An answer to %s could not be sent: %s.", self.user, _reason(error))
            if is_passing(error) or is_locked_out(error):
                return False
        then()
        return True

    def _by_url(self, message: Message, *, replace: bool) -> bool:
        if not self.response_url:
            return False
        try:
            answer = WebhookClient(self.response_url, timeout=_LONGEST, retry_handlers=[]).send(
                text=message.text,
                blocks=list(message.blocks),
                response_type="ephemeral",
                replace_original=replace,
            )
        except (OSError, ValueError, HTTPException):  # half an answer is no JSON
            return False
        return answer.status_code == _OK

    def _in_channel(self, message: Message) -> bool:
        said: Mapping[str, Any] = {"text": message.text, "blocks": list(message.blocks)}
        if self.channel:
            try:
                self.client.chat_postEphemeral(
                    channel=self.channel, user=self.user, thread_ts=self.thread_ts, **said
                )
            except SlackApiError as error:  # as in a channel that the bot is not in
                LOG.info("No private answer in %s: %s.", self.channel, error_code(error))
            else:
                return True
        self.client.chat_postMessage(channel=self.user, **said)
        return True


def _reason(error: Exception) -> str:
    return error_code(error) or type(error).__name__
