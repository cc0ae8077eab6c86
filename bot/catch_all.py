"""Answer politely what nothing else listens to, so that Slack shows nobody an error."""

import re
from typing import Final

from slack_bolt import App, Args

from bot.asked import by_command, by_interaction
from bot.boundary import bounded
from bot.sentence import sentence

_ANY: Final = re.compile(".*")


def register(app: App) -> None:
    """Listen to everything else; to be called last, since Bolt takes the first that fits."""
    app.command(_ANY)(bounded(_on_command))
    app.action(_ANY)(bounded(_on_interaction))
    app.shortcut(_ANY)(bounded(_on_interaction))
    app.view(_ANY)(bounded(_on_view))
    app.view_closed(_ANY)(bounded(_on_view))
    app.options(_ANY)(bounded(_on_view))
    app.event(_ANY)(bounded(_on_view))


def _on_command(args: Args) -> None:
    args.ack()
    text = "Bugbook does not know this command: type `/bug help` for those that it knows."
    by_command(args.body, args.client).reply(sentence(text))


def _on_interaction(args: Args) -> None:
    args.ack()
    if any(action.get("url") for action in args.body.get("actions", [])):
        return  # a link, which Slack itself opens
    text = "This is of another version of Bugbook and does nothing: type `/bug help`."
    by_interaction(args.body, args.client, "unknown").reply(sentence(text))


def _on_view(args: Args) -> None:
    args.ack()
