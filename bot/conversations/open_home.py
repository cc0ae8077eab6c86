"""A person's home page: opened, or searched in."""

from functools import partial

from slack_bolt import App, Args

from bot.blocks.home import SEARCH
from bot.boundary import bounded
from bot.desk import Desk


def register(app: App, desk: Desk) -> None:
    """Listen to the tab, and to its search field."""
    app.event("app_home_opened")(bounded(partial(_on_opened, desk)))
    app.action(SEARCH)(bounded(partial(_on_search, desk)))


def _on_opened(desk: Desk, args: Args) -> None:
    event = args.body["event"]
    if event.get("tab", "home") == "home":
        desk.tracker.catch_up()
        desk.homes.opened(event["user"])


def _on_search(desk: Desk, args: Args) -> None:
    args.ack()
    desk.tracker.catch_up()
    desk.homes.search(args.body["user"]["id"], str(args.payload.get("value") or ""))
