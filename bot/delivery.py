"""Say something in Slack exactly once, whoever else tries to, and whatever gets lost on the way.

The right to send is claimed in the ledger first. A message carries a mark made of its key, so
that after an unknown outcome, such as a lost answer or a killed process, Slack is asked whether it
is there before it is sent again.
"""

import hashlib
import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.blocks.message import Message
from bot.slack_client import is_locked_out, is_passing, is_unclear
from tracker.assembly import Deliveries, DeliveryState
from tracker.model.trouble import TroubleError

LOG: Final = logging.getLogger(__name__)
_LEASE: Final = timedelta(seconds=180)  # longer than a call waits at a rate limit
_LEFT: Final = datetime(2000, 1, 1, tzinfo=UTC)
_MARK: Final = "said-"
_PAGE: Final = 200
_PAGES: Final = 5
_BEFORE: Final = timedelta(minutes=10)  # that Slack's clock may differ from ours


class BeingSentError(TroubleError):
    """Another process is sending this message, or was until a moment ago."""


@dataclass(frozen=True, kw_only=True)
class Courier:
    """Sends each message once by its key; many threads and processes may share the ledger."""

    client: WebClient
    deliveries: Deliveries
    now: Callable[[], datetime]

    def post(
        self,
        key: str,
        channel: str,
        message: Message,
        *,
        thread_ts: str | None = None,
        broadcast: bool = False,
    ) -> str:
        """Post a message unless it is there; return its time stamp, "" where Slack refuses it.

        Raises BeingSentError, or what the client raises where another try may succeed.
        """
        if not self.deliveries.claim(key, self.now()):
            found = self.deliveries.look(key)
            if found is None:
                return self.post(key, channel, message, thread_ts=thread_ts, broadcast=broadcast)
            if found.state is not DeliveryState.SENDING:
                return found.ts
            if self.now() - found.at < _LEASE or not self.deliveries.take_over(found, self.now()):
                sentence = f"The message {key} is being sent by another process."
                raise BeingSentError(sentence)
            if ts := self._found(key, channel, thread_ts):
                self.deliveries.settle(key, channel, ts)
                return ts
        return self._send(key, channel, message, thread_ts=thread_ts, broadcast=broadcast)

    def _send(
        self, key: str, channel: str, message: Message, *, thread_ts: str | None, broadcast: bool
    ) -> str:
        threaded: dict[str, Any] = (
            {"thread_ts": thread_ts, "reply_broadcast": broadcast} if thread_ts else {}
        )
        try:
            sent = self.client.chat_postMessage(
                channel=channel, text=message.text, blocks=_marked(message, key), **threaded
            )
        except (SlackApiError, OSError) as error:
            if is_unclear(error):
                self.deliveries.leave(key, _LEFT)
                raise
            if is_passing(error) or is_locked_out(error):
                self.deliveries.give_back(key)
                raise
            LOG.warning("Slack does not take the message %s in %s: %s.", key, channel, error)
            self.deliveries.settle(key, channel, "")
            return ""
        except BaseException:
            self.deliveries.leave(key, _LEFT)
            raise
        ts = str(sent["ts"])
        self.deliveries.settle(key, channel, ts)
        return ts

    def forget(self, key: str) -> None:
        """Let a message that Slack refused be posted after all, when it may take it."""
        self.deliveries.give_back(key)

    def _found(self, key: str, channel: str, thread_ts: str | None) -> str:
        """Look for a message that may have been sent; whoever cannot look leaves it to others."""
        try:
            return self._find(key, channel, thread_ts)
        except BaseException:
            self.deliveries.leave(key, _LEFT)
            raise

    def _find(self, key: str, channel: str, thread_ts: str | None) -> str:
        """The time stamp of a message that may have been sent; empty when it was not."""
        mark = mark_of(key)
        for found in self._recent(channel, thread_ts):
            if any(block.get("block_id") == mark for block in found.get("blocks", ())):
                return str(found["ts"])
        return ""

    def _recent(self, channel: str, thread_ts: str | None) -> Iterator[Mapping[str, Any]]:
        oldest = f"{(self.now() - timedelta(days=1) - _BEFORE).timestamp():.6f}"
        cursor = ""
        for _ in range(_PAGES):
            place: dict[str, Any] = {"channel": channel, "limit": _PAGE, "oldest": oldest}
            if cursor:
                place["cursor"] = cursor
            answer = (
                self.client.conversations_replies(ts=thread_ts, **place)
                if thread_ts
                else self.client.conversations_history(**place)
            )
            yield from answer.get("messages", ())
            cursor = (answer.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return


def is_marked(block: Mapping[str, Any]) -> bool:
    """Whether a block is the first one of a message that a courier sent."""
    return str(block.get("block_id", "")).startswith(_MARK)


def mark_of(key: str) -> str:
    """The block id by which a message is known again."""
    return f"{_MARK}{hashlib.blake2s(key.encode(), digest_size=12).hexdigest()}"


def _marked(message: Message, key: str) -> list[dict[str, Any]]:
    first, *rest = message.blocks
    return [{**first, "block_id": mark_of(key)}, *rest]
