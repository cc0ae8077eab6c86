"""Answer one person privately, wherever they asked from."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.webhook import WebhookClient

from bot.blocks.message import Message

LOG: Final = logging.getLogger(__name__)
_OK: Final = 200


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

    def __call__(self, message: Message, *, replace: bool = False) -> None:
        """Send a message that only this person sees; a failure is logged, nothing else waits."""
        try:
            _ = self._by_url(message, replace=replace) or self._in_channel(message)
        except (SlackClientError, OSError):
            LOG.exception("An answer to %s could not be sent.", self.user)

    def _by_url(self, message: Message, *, replace: bool) -> bool:
        if not self.response_url:
            return False
        try:
            answer = WebhookClient(self.response_url).send(
                text=message.text,
                blocks=list(message.blocks),
                response_type="ephemeral",
                replace_original=replace,
            )
        except OSError:
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
                LOG.info("No private answer in %s: %s.", self.channel, error.response["error"])
            else:
                return True
        self.client.chat_postMessage(channel=self.user, **said)
        return True
