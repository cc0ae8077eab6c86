"""Keep up with who is who: people and user groups that changed in Slack."""

from functools import partial

from slack_bolt import App, Args

from bot.boundary import bounded
from bot.desk import Desk


def register(app: App, desk: Desk) -> None:
    """Listen to what changes about people."""
    for event in ("user_change", "team_join"):
        app.event(event)(bounded(partial(_on_person, desk)))
    for event in ("subteam_members_changed", "subteam_updated"):
        app.event(event)(bounded(partial(_on_group, desk)))


def _on_person(desk: Desk, args: Args) -> None:
    desk.people.remember(args.body["event"]["user"])


def _on_group(desk: Desk, args: Args) -> None:
    del args
    desk.user_groups.forget()
