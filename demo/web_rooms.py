"""What Slack's Web API does to channels: make, invite, name, topic, pins, bookmarks, archive."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from demo.web_refusal import Refusal, WebApiError
from demo.web_state import WebState

Arguments: TypeAlias = Mapping[str, Any]
Channel: TypeAlias = dict[str, Any]

NAME: Final = re.compile(
    r"[a-z0-9_-]{1,80}"
)  # docs.slack.dev/reference/methods/conversations.create
LONGEST_TOPIC: Final = 250
MOST_BOOKMARKS: Final = 100


def open_channel(state: WebState, arguments: Arguments) -> Channel:
    """A channel that can be changed: it exists, and is not archived.

    Raises:
        WebApiError: it is not so.
    """
    channel = state.channels[state.channel_id(arguments["channel"])]
    if channel["is_archived"]:
        raise WebApiError(Refusal.IS_ARCHIVED)
    return channel


def _create(state: WebState, arguments: Arguments) -> dict[str, Any]:
    name = arguments["name"]
    if not NAME.fullmatch(name):
        raise WebApiError(Refusal.INVALID_NAME)
    if f"#{name}" in state.directory:
        raise WebApiError(Refusal.NAME_TAKEN)
    channel = state.add_channel(state.new_id("C"), name)
    channel |= {"creator": state.app.bot_user_id, "members": [state.app.bot_user_id]}
    return {"channel": channel}


def _rename(state: WebState, arguments: Arguments) -> dict[str, Any]:
    channel, name = open_channel(state, arguments), arguments["name"]
    if not NAME.fullmatch(name):
        raise WebApiError(Refusal.INVALID_NAME)
    if name != channel["name"] and f"#{name}" in state.directory:
        raise WebApiError(Refusal.NAME_TAKEN)
    channel["name"] = name
    return {"channel": channel}


def _invite(state: WebState, arguments: Arguments) -> dict[str, Any]:
    channel = open_channel(state, arguments)
    users = str(arguments["users"]).split(",")
    members = {member.user_id for member in state.workspace.members}
    if not set(users) <= members:
        raise WebApiError(Refusal.USER_NOT_FOUND)
    if set(users) <= set(channel["members"]):
        raise WebApiError(Refusal.ALREADY_IN_CHANNEL)
    channel["members"] += [user for user in users if user not in channel["members"]]
    return {"channel": channel}


def _set_topic(state: WebState, arguments: Arguments) -> dict[str, Any]:
    channel = open_channel(state, arguments)
    if len(arguments["topic"]) > LONGEST_TOPIC:
        raise WebApiError(Refusal.TOO_LONG)
    channel["topic"] = {"value": arguments["topic"]}
    return {"channel": channel}


def _archive(state: WebState, arguments: Arguments) -> dict[str, Any]:
    channel = state.channels[state.channel_id(arguments["channel"])]
    if channel["is_archived"]:
        raise WebApiError(Refusal.ALREADY_ARCHIVED)
    channel["is_archived"] = True
    channel["members"] = [user for user in channel["members"] if user != state.app.bot_user_id]
    return {}


def _unarchive(state: WebState, arguments: Arguments) -> dict[str, Any]:
    channel = state.channels[state.channel_id(arguments["channel"])]
    if not channel["is_archived"]:
        raise WebApiError(Refusal.NOT_ARCHIVED)
    if state.app.bot_user_id not in channel["members"]:
        raise WebApiError(Refusal.NOT_IN_CHANNEL)
    channel["is_archived"] = False
    return {}


def _pin(state: WebState, arguments: Arguments) -> dict[str, Any]:
    channel = open_channel(state, arguments)
    ts = state.message(channel["id"], arguments["timestamp"])["ts"]
    pins: list[str] = channel.setdefault("pins", [])
    if ts in pins:
        raise WebApiError(Refusal.ALREADY_PINNED)
    pins.append(ts)
    return {}


def _bookmarks(state: WebState, arguments: Arguments) -> dict[str, Any]:
    place = {"channel": arguments["channel_id"]}
    return {"bookmarks": open_channel(state, place).get("bookmarks", [])}


def _add_bookmark(state: WebState, arguments: Arguments) -> dict[str, Any]:
    channel = open_channel(state, {"channel": arguments["channel_id"]})
    bookmarks: list[dict[str, Any]] = channel.setdefault("bookmarks", [])
    _expect_bookmark(arguments)
    if len(bookmarks) >= MOST_BOOKMARKS:
        raise WebApiError(Refusal.TOO_MANY_BOOKMARKS)
    added = {"id": state.new_id("Bk"), "title": arguments["title"], "link": arguments["link"]}
    bookmarks.append(added)
    return {"bookmark": added}


def _edit_bookmark(state: WebState, arguments: Arguments) -> dict[str, Any]:
    channel = open_channel(state, {"channel": arguments["channel_id"]})
    _expect_bookmark(arguments)
    for bookmark in channel.get("bookmarks", []):
        if bookmark["id"] == arguments["bookmark_id"]:
            bookmark |= {"title": arguments["title"], "link": arguments["link"]}
            return {"bookmark": bookmark}
    raise WebApiError(Refusal.NOT_FOUND)


def _expect_bookmark(arguments: Arguments) -> None:
    if not str(arguments["link"]).startswith(("https://", "http://")):
        raise WebApiError(Refusal.INVALID_LINK)


ROOM_METHODS: Mapping[str, Callable[[WebState, Arguments], dict[str, Any]]] = {
    "bookmarks.add": _add_bookmark,
    "bookmarks.edit": _edit_bookmark,
    "bookmarks.list": _bookmarks,
    "conversations.archive": _archive,
    "conversations.create": _create,
    "conversations.invite": _invite,
    "conversations.rename": _rename,
    "conversations.setTopic": _set_topic,
    "conversations.unarchive": _unarchive,
    "pins.add": _pin,
}
