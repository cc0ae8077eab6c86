"""What the page of the stand-in shows, followed over its WebSocket while something is awaited."""

import json
from collections.abc import Callable, Mapping
from time import monotonic
from types import TracebackType
from typing import Any, Self, TypeVar

import websocket

Found = TypeVar("Found")


class Screen:
    """Messages, open modals and traffic of the stand-in, as of the last event that was read."""

    def __init__(self, base_url: str) -> None:
        self._socket = websocket.create_connection(
            base_url.replace("http", "ws", 1) + "/ui",
            timeout=10,
            skip_utf8_validation=True,  # of every byte in Python; decoding finds the same faults
        )
        self._see = {
            "init": self._see_all,
            "message": self._see_message,
            "message_update": self._see_message,
            "message_delete": self._see_deletion,
            "channel": self._see_channel,
            "view": self._see_views,
        }
        self.views: list[Mapping[str, Any]] = []
        self.events: list[Mapping[str, Any]] = []  # in order, since this screen was opened
        self._messages: dict[str, dict[str, Mapping[str, Any]]] = {}
        self._users: list[Mapping[str, Any]] = []
        self._channels: dict[str, Mapping[str, Any]] = {}
        self._read()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._socket.close()

    @property
    def directory(self) -> dict[str, str]:
        """Names, e-mail addresses and #channels, with the Slack ids behind them."""
        ids = {
            user[key]: user["id"]
            for user in self._users
            for key in ("name", "real_name", "email")
            if user.get(key)
        }
        return ids | {f"#{channel['name']}": key for key, channel in self._channels.items()}

    def channel_id(self, channel: str) -> str:
        """The id of a channel given by id or as `#name`."""
        return self.directory.get(channel, channel)

    def direct_channel(self, user_id: str) -> str:
        """The id of the conversation between a person and the bot, or nothing while none exists."""
        for key, channel in self._channels.items():
            if channel.get("is_im") and user_id in channel["members"]:
                return key
        return ""

    def messages(self, channel: str, user_id: str) -> list[Mapping[str, Any]]:
        """The messages that a person may see there, oldest first."""
        return [
            message
            for message in self._messages.get(self.channel_id(channel), {}).values()
            if message.get("ephemeral_to", user_id) == user_id
        ]

    def say(self, **words: object) -> None:
        """Do what a person does on the page, in the page's own protocol."""
        self._socket.send(json.dumps(words))

    def until(self, look: Callable[[], Found | None], what: str, seconds: float) -> Found:
        """What `look` finds, asked again at every event.

        Raises:
            TimeoutError: it still finds nothing; the sentence says what was shown instead.
        """
        end = monotonic() + seconds
        while (found := look()) is None:
            left = end - monotonic()
            if left <= 0:
                sentence = f"After {seconds:g} s there was no {what}. {self._shown()}"
                raise TimeoutError(sentence)
            self._socket.settimeout(left)
            try:
                self._read()
            except websocket.WebSocketTimeoutException:
                continue
        return found

    def _shown(self) -> str:
        titles = ", ".join(repr(view["title"]["text"]) for view in self.views) or "none"
        entries = [event["entry"]["summary"] for event in self.events if event["t"] == "log"]
        traffic = "; ".join(entries[-5:]) or "none"
        count = sum(len(messages) for messages in self._messages.values())
        return f"Open forms: {titles}; messages in all channels: {count}; traffic: {traffic}."

    def _read(self) -> None:
        event = json.loads(self._socket.recv())
        self.events.append(event)
        see = self._see.get(event["t"])
        if see is not None:
            see(event)

    def _see_all(self, event: Mapping[str, Any]) -> None:
        state = event["state"]
        self._users = state["users"]
        self._channels = {channel["id"]: channel for channel in state["channels"]}
        self.views = state["modalStack"]
        self._messages = {
            channel: {message["ts"]: message for message in messages}
            for channel, messages in state["messages"].items()
        }

    def _see_message(self, event: Mapping[str, Any]) -> None:
        message = event["message"]
        self._messages.setdefault(message["channel"], {})[message["ts"]] = message

    def _see_deletion(self, event: Mapping[str, Any]) -> None:
        self._messages.get(event["channel"], {}).pop(event["ts"], None)

    def _see_channel(self, event: Mapping[str, Any]) -> None:
        self._channels[event["channel"]["id"]] = event["channel"]

    def _see_views(self, event: Mapping[str, Any]) -> None:
        self.views = event["stack"]
