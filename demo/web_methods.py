"""The methods of Slack's Web API that a bot uses, on a workspace in memory."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, TypeAlias

from demo.cast import Member
from demo.web_files import FILE_METHODS
from demo.web_refusal import Refusal, WebApiError
from demo.web_rooms import ROOM_METHODS, open_channel
from demo.web_state import WebState
from demo.web_views import VIEW_METHODS

Arguments: TypeAlias = Mapping[str, Any]
Method: TypeAlias = Callable[[WebState, Arguments], dict[str, Any]]


def answer(state: WebState, method: str, arguments: Arguments) -> dict[str, Any]:
    """What Slack answers to a call; a refusal is an answer with `ok` false and an error code."""
    if method not in METHODS:
        return {"ok": False, "error": "unknown_method"}
    try:
        return {"ok": True, **METHODS[method](state, arguments)}
    except WebApiError as refusal:
        return {"ok": False, "error": str(refusal)}
    except KeyError as missing:
        return {"ok": False, "error": "invalid_arguments", "needed": str(missing)}


def _auth_test(state: WebState, _: Arguments) -> dict[str, Any]:
    return {
        "url": f"https://{state.workspace.domain}.example.com/",
        "team": state.workspace.name,
        "team_id": state.workspace.team_id,
        "user": state.app.name,
        "user_id": state.app.bot_user_id,
        "bot_id": f"B{state.app.bot_user_id[1:]}",
    }


def _post_message(state: WebState, arguments: Arguments) -> dict[str, Any]:
    _need_content(arguments)
    place = state.channel_id(arguments["channel"])
    channel = open_channel(state, {"channel": place})["id"]
    message = state.post(channel, state.app.bot_user_id, arguments)
    return {"channel": channel, "ts": message["ts"], "message": message}


def _post_ephemeral(state: WebState, arguments: Arguments) -> dict[str, Any]:
    _need_content(arguments)
    channel = state.channel_id(arguments["channel"])
    content = {**arguments, "subtype": "ephemeral", "ephemeral_to": arguments["user"]}
    return {"message_ts": state.post(channel, state.app.bot_user_id, content)["ts"]}


def _update_message(state: WebState, arguments: Arguments) -> dict[str, Any]:
    _need_content(arguments)
    channel = state.channel_id(arguments["channel"])
    message = state.message(channel, arguments["ts"])
    if message["user"] != state.app.bot_user_id:
        raise WebApiError(Refusal.CANT_UPDATE_MESSAGE)
    replace_content(message, arguments)
    return {"channel": channel, "ts": message["ts"], "text": message["text"], "message": message}


def replace_content(message: dict[str, Any], content: Arguments) -> None:
    """Put new text and blocks into a message: blocks that are not given again are gone."""
    message["text"] = content.get("text") or ""
    message.pop("blocks", None)
    if content.get("blocks"):
        message["blocks"] = content["blocks"]


def _delete_message(state: WebState, arguments: Arguments) -> dict[str, Any]:
    channel = state.channel_id(arguments["channel"])
    ts = state.message(channel, arguments["ts"])["ts"]
    del state.messages[channel][ts]
    return {"channel": channel, "ts": ts}


def _permalink(state: WebState, arguments: Arguments) -> dict[str, Any]:
    channel = state.channel_id(arguments["channel"])
    ts = state.message(channel, arguments["message_ts"])["ts"]
    home = f"https://{state.workspace.domain}.example.com"
    return {"channel": channel, "permalink": f"{home}/archives/{channel}/p{ts.replace('.', '')}"}


def _channel(state: WebState, arguments: Arguments) -> dict[str, Any]:
    return {"channel": state.channels[state.channel_id(arguments["channel"])]}


def _channels(state: WebState, _: Arguments) -> dict[str, Any]:
    shown = [channel for channel in state.channels.values() if not channel["is_im"]]
    return {"channels": shown, "response_metadata": {"next_cursor": ""}}


def _open_conversation(state: WebState, arguments: Arguments) -> dict[str, Any]:
    return {"channel": {"id": state.channel_id(str(arguments["users"]).split(",")[0])}}


def _replies(state: WebState, arguments: Arguments) -> dict[str, Any]:
    channel, ts = state.channel_id(arguments["channel"]), arguments.get("ts")
    messages = [
        _with_reactions(message)
        for message in state.visible(channel, state.app.bot_user_id, thread_ts=ts)
    ]
    return {"messages": messages, "has_more": False}


def _with_reactions(message: dict[str, Any]) -> dict[str, Any]:
    """The message with its reactions as Slack lists them."""
    reactions = message.get("reactions", {})
    listed = [
        {"name": name, "users": users, "count": len(users)}
        for name, users in reactions.items()
        if users
    ]
    bare = {key: value for key, value in message.items() if key != "reactions"}
    return {**bare, "reactions": listed} if listed else bare


def _add_reaction(state: WebState, arguments: Arguments) -> dict[str, Any]:
    if not react(state, arguments, state.app.bot_user_id):
        raise WebApiError(Refusal.ALREADY_REACTED)
    return {}


def react(state: WebState, arguments: Arguments, user_id: str) -> bool:
    """Add somebody's reaction to a message; False when it is there already."""
    message = state.message(state.channel_id(arguments["channel"]), arguments["timestamp"])
    users: list[str] = message.setdefault("reactions", {}).setdefault(arguments["name"], [])
    if user_id in users:
        return False
    users.append(user_id)
    return True


def _remove_reaction(state: WebState, arguments: Arguments) -> dict[str, Any]:
    if not take_back(state, arguments, state.app.bot_user_id):
        raise WebApiError(Refusal.NO_REACTION)
    return {}


def take_back(state: WebState, arguments: Arguments, user_id: str) -> bool:
    """Remove somebody's reaction from a message; False when there is none."""
    message = state.message(state.channel_id(arguments["channel"]), arguments["timestamp"])
    users = message.get("reactions", {}).get(arguments["name"], [])
    if user_id not in users:
        return False
    users.remove(user_id)
    return True


def _user(member: Member) -> dict[str, Any]:
    shown = {"real_name": member.real_name, "display_name": member.name, "email": member.email}
    names = {key: value for key, value in asdict(member).items() if key != "user_id"}
    return {"id": member.user_id, **names, "tz": "Etc/UTC", "is_bot": False, "profile": shown}


def _users(state: WebState, _: Arguments) -> dict[str, Any]:
    members = [_user(member) for member in state.workspace.members]
    return {"members": members, "response_metadata": {"next_cursor": ""}}


def _user_by_id(state: WebState, arguments: Arguments) -> dict[str, Any]:
    for member in state.workspace.members:
        if member.user_id == arguments["user"]:
            return {"user": _user(member)}
    raise WebApiError(Refusal.USER_NOT_FOUND)


def _user_by_email(state: WebState, arguments: Arguments) -> dict[str, Any]:
    for member in state.workspace.members:
        if member.email == arguments["email"]:
            return {"user": _user(member)}
    raise WebApiError(Refusal.USERS_NOT_FOUND)


def _user_groups(state: WebState, _: Arguments) -> dict[str, Any]:
    groups = [{"id": key, "handle": handle} for handle, (key, _) in state.user_groups.items()]
    return {"usergroups": groups}


def _members_of_group(state: WebState, arguments: Arguments) -> dict[str, Any]:
    for key, members in state.user_groups.values():
        if key == arguments["usergroup"]:
            return {"users": list(members)}
    raise WebApiError(Refusal.NO_SUCH_SUBTEAM)


def _need_content(arguments: Arguments) -> None:
    if not arguments.get("text") and not arguments.get("blocks"):
        raise WebApiError(Refusal.NO_TEXT)


METHODS: Mapping[str, Method] = {
    **FILE_METHODS,
    **VIEW_METHODS,
    **ROOM_METHODS,
    "auth.test": _auth_test,
    "chat.delete": _delete_message,
    "chat.getPermalink": _permalink,
    "chat.postEphemeral": _post_ephemeral,
    "chat.postMessage": _post_message,
    "chat.update": _update_message,
    "conversations.history": _replies,
    "conversations.info": _channel,
    "conversations.join": _channel,
    "conversations.list": _channels,
    "conversations.open": _open_conversation,
    "conversations.replies": _replies,
    "conversations.setPurpose": _channel,
    "reactions.add": _add_reaction,
    "reactions.remove": _remove_reaction,
    "usergroups.list": _user_groups,
    "usergroups.users.list": _members_of_group,
    "users.info": _user_by_id,
    "users.list": _users,
    "users.lookupByEmail": _user_by_email,
}
