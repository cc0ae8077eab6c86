"""Report a bug: by `/bug` with or without words, or from a message."""

from dataclasses import replace
from functools import partial
from typing import Any, Final

from slack_bolt import App, Args
from slack_sdk.errors import SlackApiError

from bot.asked import Asked, by_interaction
from bot.boundary import bounded
from bot.command_line import CommandLine
from bot.desk import Desk
from bot.draft import Draft
from bot.slack_text import plain_text

SHORTCUT: Final = "report_bug"
"""The callback id of the message shortcut."""

_LONGEST_TITLE: Final = 150


def by_command(desk: Desk, asked: Asked, line: CommandLine) -> None:
    """Open the report form, filled in with what was typed."""
    draft = Draft(text=line.text, pairs=line.pairs, at=desk.tracker.now())
    desk.open_form(asked, "report", None, draft.to_show())


def register(app: App, desk: Desk) -> None:
    """Listen to the message shortcut."""
    app.shortcut(SHORTCUT)(bounded(partial(_on_shortcut, desk)))


def _on_shortcut(desk: Desk, args: Args) -> None:
    args.ack()
    message: dict[str, Any] = args.body.get("message") or {}
    asked = by_interaction(args.body, args.client, f"shortcut-{args.body['trigger_id']}")
    permalink = _permalink(args, asked.reply.channel, message.get("ts"))
    text = plain_text(message.get("text", ""), desk.people.id_of_name)
    first = " ".join(text.partition("\n")[0].split())[:_LONGEST_TITLE]
    said = {"title": first, "what_is_broken": text, "permalink": permalink}
    values = {name: value for name, value in said.items() if value}
    draft = Draft(values=values, at=desk.tracker.now())
    desk.open_form(replace(asked, permalink=permalink), "report", None, draft)


def _permalink(args: Args, channel: str | None, ts: str | None) -> str:
    """The address of a message; empty where Slack does not tell, as in a private channel."""
    if not channel or not ts:
        return ""
    try:
        return str(args.client.chat_getPermalink(channel=channel, message_ts=ts)["permalink"])
    except SlackApiError:
        return ""
