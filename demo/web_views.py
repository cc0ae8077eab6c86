"""Modals and Home pages on a workspace in memory, with the limits that Slack has."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from demo.web_refusal import Refusal, WebApiError
from demo.web_state import View, WebState

Arguments: TypeAlias = Mapping[str, Any]

DEEPEST_STACK = 3  # docs.slack.dev/surfaces/modals


def show(state: WebState, view: Arguments, **fixed: str | None) -> View:
    """A view as Slack sends it back: with an id, a hash, and a block id everywhere."""
    view_id = state.new_id("V")
    blocks = [{"block_id": state.new_id("b"), **block} for block in view.get("blocks", ())]
    return {
        "private_metadata": "",
        "callback_id": "",
        "state": {"values": {}},
        **view,
        "blocks": blocks,
        "id": view_id,
        "root_view_id": view_id,
        "previous_view_id": None,
        "team_id": state.workspace.team_id,
        "app_id": state.app.app_id,
        "bot_id": f"B{state.app.bot_user_id[1:]}",
        "hash": state.new_id("hash-"),
        **fixed,
    }


def _open_view(state: WebState, arguments: Arguments) -> dict[str, Any]:
    user_id = state.take_trigger(arguments["trigger_id"])
    view = show(state, arguments["view"])
    state.views[user_id] = [view]
    return {"view": view}


def _push_view(state: WebState, arguments: Arguments) -> dict[str, Any]:
    user_id = state.take_trigger(arguments["trigger_id"])
    return {"view": push(state, user_id, arguments["view"])}


def push(state: WebState, user_id: str, view: Arguments) -> View:
    """Show a view over the ones that a person has open.

    Raises:
        WebApiError: three are open already.
    """
    stack = state.views.setdefault(user_id, [])
    if len(stack) >= DEEPEST_STACK:
        raise WebApiError(Refusal.PUSH_LIMIT_REACHED)
    below = {"root_view_id": stack[0]["id"], "previous_view_id": stack[-1]["id"]} if stack else {}
    stack.append(show(state, view, **below))
    return stack[-1]


def _update_view(state: WebState, arguments: Arguments) -> dict[str, Any]:
    wanted = {arguments.get("view_id"), arguments.get("external_id")} - {None}
    for stack in state.views.values():
        for place, view in enumerate(stack):
            if {view["id"], view.get("external_id")} & wanted:
                if arguments.get("hash") not in {None, view["hash"]}:
                    raise WebApiError(Refusal.HASH_CONFLICT)
                stack[place] = replaced(state, view, arguments["view"])
                return {"view": stack[place]}
    raise WebApiError(Refusal.NOT_FOUND)


def replaced(state: WebState, old: View, new: Arguments) -> View:
    """The new view in the place of the old one, under the old one's id."""
    kept = {key: old[key] for key in ("id", "root_view_id", "previous_view_id")}
    return show(state, new, **kept)


def _publish_view(state: WebState, arguments: Arguments) -> dict[str, Any]:
    state.homes[arguments["user_id"]] = show(state, arguments["view"])
    return {"view": state.homes[arguments["user_id"]]}


VIEW_METHODS: Mapping[str, Callable[[WebState, Arguments], dict[str, Any]]] = {
    "views.open": _open_view,
    "views.publish": _publish_view,
    "views.push": _push_view,
    "views.update": _update_view,
}
