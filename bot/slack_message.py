"""A message of somebody that a shortcut was used on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from slack_bolt import Args
from slack_sdk.errors import SlackClientError

from bot.slack_text import plain_text


@dataclass(frozen=True, kw_only=True)
class SharedMessage:
    """What the message says, where and when, and by whom; an empty part is not known."""

    text: str
    channel: str
    ts: str
    thread_ts: str
    author: str
    """The Slack id of a person; empty for a bot's message."""
    permalink: str
    at: datetime | None


def shared_message(args: Args, id_of_name: Callable[[str], str | None]) -> SharedMessage:
    """Read the payload of a message shortcut."""
    said: dict[str, Any] = args.body.get("message") or {}
    channel = str((args.body.get("channel") or {}).get("id") or "")
    ts = str(said.get("ts") or "")
    return SharedMessage(
        text=plain_text(said.get("text", ""), id_of_name),
        channel=channel,
        ts=ts,
        thread_ts=str(said.get("thread_ts") or ""),
        author="" if said.get("bot_id") else str(said.get("user") or ""),
        permalink=_permalink(args, channel, ts),
        at=_moment(ts),
    )


def _permalink(args: Args, channel: str, ts: str) -> str:
    """The address of a message; empty where Slack does not tell, as in a private channel."""
    if not channel or not ts:
        return ""
    try:
        return str(args.client.chat_getPermalink(channel=channel, message_ts=ts)["permalink"])
    except (SlackClientError, OSError):
        return ""


def _moment(ts: str) -> datetime | None:
    """The second of a time stamp, as our own clock tells it."""
    try:
        return datetime.fromtimestamp(int(float(ts)), tz=UTC)
    except ValueError:
        return None
