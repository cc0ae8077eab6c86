"""A workspace in memory: what the in-process Web API answers from."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import count
from time import monotonic
from typing import Any, TypeAlias, TypeVar

from slack_sdk.signature import Clock

from demo.cast import SlackApp, Workspace
from demo.web_refusal import Refusal, WebApiError

Found = TypeVar("Found")
Message: TypeAlias = dict[str, Any]
View: TypeAlias = dict[str, Any]

TRIGGER_SECONDS = 3.0  # docs.slack.dev/surfaces/modals
PATIENCE_SECONDS = 60.0  # on whatever machine; what comes is not waited for longer
GLANCE_SECONDS = 0.2  # between two looks, while nothing changes
RESPONSE_POSTS = 5  # docs.slack.dev/interactivity/implementing-slash-commands


@dataclass(frozen=True, kw_only=True)
class Call:
    """One request of the bot, as it arrived."""

    method: str
    arguments: Mapping[str, Any]


@dataclass(kw_only=True)
class Trigger:
    """A right to open one modal for this person, within three seconds."""

    user_id: str
    issued: float
    used: bool = False


@dataclass(kw_only=True)
class ResponseUrl:
    """Where the bot may answer five times to a command or button."""

    channel: str
    user_id: str
    message_ts: str | None
    posts: int = 0


@dataclass(kw_only=True)
class WebState:
    """Everything that changes, behind one lock; whoever waits is woken by every change."""

    workspace: Workspace
    app: SlackApp
    base_url: str = ""  # known once it is served
    calls: list[Call] = field(default_factory=list)
    channels: dict[str, dict[str, Any]] = field(default_factory=dict)
    messages: dict[str, dict[str, Message]] = field(default_factory=dict)
    views: dict[str, list[View]] = field(default_factory=dict)
    homes: dict[str, View] = field(default_factory=dict)
    files: dict[str, tuple[dict[str, Any], bytes]] = field(default_factory=dict)
    triggers: dict[str, Trigger] = field(default_factory=dict)
    response_urls: dict[str, ResponseUrl] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    """The error by method, or by method and channel with a space between; `*` is every method."""
    scopes: str = ""
    """What the app may do, as Slack tells it with every answer."""
    user_groups: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    """By handle: the id, and the members."""
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def __post_init__(self) -> None:
        for channel in self.workspace.channels:
            self.add_channel(channel.channel_id, channel.name)

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Hold the lock, then wake whoever waits."""
        with self._changed:
            yield
            self._changed.notify_all()

    def until(
        self, look: Callable[[], Found | None], what: str, seconds: float = PATIENCE_SECONDS
    ) -> Found:
        """What `look` finds, asked again at every change, and at times without one.

        Nothing has been found while it answers None, False or something empty.

        Raises:
            TimeoutError: it still finds nothing; the sentence says what was there instead.
        """
        end = monotonic() + seconds
        with self._changed:
            while not (found := look()):
                left = end - monotonic()
                if left <= 0:
                    break
                self._changed.wait(min(left, GLANCE_SECONDS))
            if found:
                return found
            calls = ", ".join(call.method for call in self.calls[-5:]) or "none"
        sentence = f"After {seconds:g} s there was no {what}. Last calls of the bot: {calls}."
        raise TimeoutError(sentence)

    @property
    def directory(self) -> dict[str, str]:
        """Names, e-mail addresses and #channels, with the Slack ids behind them."""
        ids = {
            name: member.user_id
            for member in self.workspace.members
            for name in (member.name, member.real_name, member.email)
        }
        return ids | {f"#{channel['name']}": key for key, channel in self.channels.items()}

    def new_id(self, prefix: str) -> str:
        """An id that was not given before."""
        return f"{prefix}{next(self._numbers):08d}"

    def new_ts(self) -> str:
        """A message timestamp: the second, and a number that only grows."""
        return f"{int(Clock().now())}.{next(self._numbers):06d}"

    def new_trigger(self, user_id: str) -> str:
        """A trigger id for what a person just did."""
        trigger_id = self.new_id("trigger-")
        self.triggers[trigger_id] = Trigger(user_id=user_id, issued=monotonic())
        return trigger_id

    def take_trigger(self, trigger_id: str) -> str:
        """The person behind a trigger id, which is then spent.

        Raises:
            WebApiError: it is unknown, older than three seconds, or spent.
        """
        trigger = self.triggers.get(trigger_id)
        if trigger is None:
            raise WebApiError(Refusal.INVALID_TRIGGER_ID)
        if trigger.used:
            raise WebApiError(Refusal.EXCHANGED_TRIGGER_ID)
        if monotonic() - trigger.issued > TRIGGER_SECONDS:
            raise WebApiError(Refusal.EXPIRED_TRIGGER_ID)
        trigger.used = True
        return trigger.user_id

    def new_response_url(self, channel: str, user_id: str, message_ts: str | None = None) -> str:
        """Where the bot may answer to what a person just did."""
        key = self.new_id("response-")
        self.response_urls[key] = ResponseUrl(
            channel=channel, user_id=user_id, message_ts=message_ts
        )
        return f"{self.base_url}/response/{key}"

    def add_channel(self, channel_id: str, name: str, *, user_id: str = "") -> dict[str, Any]:
        """A new channel with everybody in it, or a conversation with one person."""
        everybody = [member.user_id for member in self.workspace.members]
        channel = {
            "id": channel_id,
            "name": name,
            "is_channel": not user_id,
            "is_im": bool(user_id),
            "is_private": bool(user_id),
            "is_archived": False,
            "is_member": True,
            "members": [user_id] if user_id else everybody,
        }
        self.channels[channel_id] = channel
        self.messages[channel_id] = {}
        return channel

    def channel_id(self, name: str) -> str:
        """The id of a channel given by id, name or member; a person's conversation is opened.

        Raises:
            WebApiError: there is no such channel.
        """
        found = self.directory.get(f"#{name.removeprefix('#')}", name)
        if found in {member.user_id for member in self.workspace.members}:
            found = (
                self.direct_channel(found)
                or self.add_channel(self.new_id("D"), f"direct-{found}", user_id=found)["id"]
            )
        if found not in self.channels:
            raise WebApiError(Refusal.CHANNEL_NOT_FOUND)
        return found

    def direct_channel(self, user_id: str) -> str:
        """The id of the conversation between a person and the bot, or nothing while none exists."""
        for key, channel in self.channels.items():
            if channel["is_im"] and user_id in channel["members"]:
                return key
        return ""

    def post(self, channel: str, author: str, content: Mapping[str, Any]) -> Message:
        """A new message; what is not part of a message in `content` is dropped."""
        kept = ("text", "blocks", "files", "thread_ts", "metadata", "subtype", "ephemeral_to")
        message = {"type": "message", "ts": self.new_ts(), "channel": channel, "user": author}
        message |= {key: content[key] for key in kept if content.get(key) is not None}
        if author == self.app.bot_user_id:
            message |= {"bot_id": f"B{author[1:]}", "app_id": self.app.app_id}
        self.messages[channel][message["ts"]] = message
        return message

    def message(self, channel: str, ts: str) -> Message:
        """One message of a channel.

        Raises:
            WebApiError: there is no such message.
        """
        found = self.messages[channel].get(ts)
        if found is None:
            raise WebApiError(Refusal.MESSAGE_NOT_FOUND)
        return found

    def visible(self, channel: str, user_id: str, *, thread_ts: str | None = None) -> list[Message]:
        """The messages that a person may see there, or in one thread of it, oldest first."""
        return [
            deepcopy(message)  # the reader has no lock
            for message in self.messages.get(channel, {}).values()
            if message.get("ephemeral_to", user_id) == user_id
            and thread_ts in {None, message["ts"], message.get("thread_ts")}
        ]
