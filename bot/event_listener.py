"""Listen to an event of Slack, and acknowledge it once what it asks for is kept.

Bolt acknowledges an event before its listener runs, and Slack delivers again only what was not
acknowledged: a bot that is killed in between would lose it. So the listener comes first here.
"""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from slack_bolt import App, Args, BoltResponse

from bot.boundary import Listener
from bot.desk import Desk

Event = Mapping[str, Any]


def event_key(body: Mapping[str, Any]) -> str:
    """What an event is known by when Slack delivers it again."""
    event = body["event"]
    name = body.get("event_id") or f"{event['type']}-{event.get('event_ts')}"
    return f"event-{name}"


def always(event: Event) -> bool:
    """Whatever it tells."""
    del event
    return True


def listen(
    app: App,
    desk: Desk,
    name: str,
    act: Listener,
    *,
    key_of: Callable[[Mapping[str, Any]], str] = event_key,
    concerns: Callable[[Event], bool] = always,
) -> None:
    """Do `act` for each event of that name which `concerns` us; then it is acknowledged."""

    def act_first(args: Args, next_: Callable[[], None]) -> BoltResponse | None:
        if concerns(args.body["event"]):
            pool = app.listener_runner.listener_executor
            if not desk.events.act_once(pool, act, key_of(args.body), args):
                return BoltResponse(status=HTTPStatus.SERVICE_UNAVAILABLE)
        next_()
        return None

    app.event(name, middleware=[act_first])(_acknowledged)


def _acknowledged() -> None:
    """Nothing is left to do: Bolt acknowledges an event before it comes here."""
