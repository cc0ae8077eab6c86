"""Check every payload that a bot sent, from the traffic that what plays Slack has kept."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias
from urllib.request import urlopen

from demo.web_state import Call
from tests.block_kit.validate import problems_of_blocks, problems_of_view

Entry: TypeAlias = Mapping[str, Any]

LOG_ENTRIES = 1000  # local-slack forgets older ones
ACKNOWLEDGED = ("ack", "interactive", "slash_commands")
POSTS = ("chat.postMessage", "chat.postEphemeral", "chat.update")


def problems_in_log(base_url: str) -> list[str]:
    """What Slack would have refused of all that bots sent to the stand-in so far.

    Calls of the Web API and acknowledgements come from its log, posts to response URLs from the
    messages of its channels. A full log is a problem too, since it no longer holds everything.
    """
    log = _fetch(base_url, "log")["log"]
    problems = [problem for entry in log for problem in _problems_of_entry(entry)]
    for channel in _fetch(base_url, "state")["channels"]:
        for message in _fetch(base_url, f"messages/{channel['id']}")["messages"]:
            problems += _problems_of_message(f"message in {channel['name']}", message)
    if len(log) >= LOG_ENTRIES:
        problems.append(f"The log is full: payloads before the last {LOG_ENTRIES} are unchecked.")
    return problems


def problems_in_calls(calls: Iterable[Call]) -> list[str]:
    """What Slack would have refused of all that a bot sent to the in-process Web API so far."""
    return [problem for call in calls for problem in _problems_of_kept(call)]


def _problems_of_kept(call: Call) -> list[str]:
    if call.method == "acknowledgement":
        return problems_of_acknowledgement(call.arguments)
    return problems_of_call(call.method, call.arguments)


def problems_of_call(method: str, arguments: Entry) -> list[str]:
    """What Slack would refuse in the arguments of one Web API call."""
    problems = _problems_of_message(method, arguments)
    if isinstance(arguments.get("view"), Mapping):
        problems += _named(method, problems_of_view(arguments["view"]))
    if method in POSTS and not arguments.get("text"):
        problems.append(f"{method}: there is no text for notifications and screen readers.")
    return problems


def problems_of_acknowledgement(payload: object) -> list[str]:
    """What Slack would refuse in the body of an acknowledgement: a view or a message."""
    if not isinstance(payload, Mapping):
        return []
    problems = _problems_of_message("acknowledgement", payload)
    if isinstance(payload.get("view"), Mapping):
        problems += _named("acknowledgement", problems_of_view(payload["view"]))
    return problems


def _problems_of_entry(entry: Entry) -> Iterator[str]:
    if entry["direction"] != "from_bot":
        return
    detail = entry.get("detail")
    if entry["kind"] == "web_api" and isinstance(detail, Mapping):
        yield from problems_of_call(entry["summary"], detail)
    elif entry["kind"] in ACKNOWLEDGED:
        yield from problems_of_acknowledgement(_parsed(detail))


def _parsed(detail: object) -> object:
    """Over HTTP the log keeps the text of the response, over Socket Mode the object."""
    if not isinstance(detail, str):
        return detail
    try:
        return json.loads(detail)
    except json.JSONDecodeError:
        return None


def _problems_of_message(place: str, message: Entry) -> list[str]:
    blocks = message.get("blocks")
    if blocks is None:
        return []
    if not isinstance(blocks, list):
        return [f"{place}: blocks is not a list."]
    return _named(place, problems_of_blocks(blocks))


def _named(place: str, problems: list[str]) -> list[str]:
    return [f"{place}: {problem}" for problem in problems]


def _fetch(base_url: str, what: str) -> dict[str, Any]:
    with urlopen(f"{base_url}/_control/{what}", timeout=60) as response:
        fetched: dict[str, Any] = json.load(response)
    return fetched
