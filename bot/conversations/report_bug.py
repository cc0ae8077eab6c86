"""Report a bug: by `/bug` with or without words, or from a message."""

from dataclasses import replace
from functools import partial
from typing import Any, Final

from slack_bolt import App, Args

from bot.asked import Asked, by_interaction
from bot.attaching import files_of
from bot.boundary import bounded
from bot.command_line import CommandLine
from bot.desk import Desk
from bot.draft import Draft
from bot.forms.layout import SHORT
from bot.opening import open_form
from bot.outage_words import tells_of_outage
from bot.slack_message import SharedMessage, shared_message
from bot.typed_draft import typed_draft

SHORTCUT: Final = "report_bug"
"""The callback id of the message shortcut."""

_LONGEST_TITLE: Final = 150


def by_command(desk: Desk, asked: Asked, line: CommandLine) -> None:
    """Open the report form, filled in with what was typed; the short one in an outage."""
    draft = typed_draft(line, asked.user, desk.now())
    if tells_of_outage(line.text):
        _open_short(desk, asked, draft)
        return
    before = desk.draft(asked, "report", None)
    if before.entered and not draft.says_something:
        draft = before
    open_form(desk, asked, "report", None, draft.to_show())


def of_outage(desk: Desk, asked: Asked, line: CommandLine) -> None:
    """Open the short form at once: what is down, and nothing that can wait."""
    _open_short(desk, asked, Draft(text=line.text, pairs=line.pairs, at=desk.now()))


def register(app: App, desk: Desk) -> None:
    """Listen to the message shortcut."""
    app.shortcut(SHORTCUT)(bounded(partial(_on_shortcut, desk)))


def _open_short(desk: Desk, asked: Asked, draft: Draft) -> None:
    open_form(desk, asked, "report", None, draft.of_outage(), part=SHORT)


def _on_shortcut(desk: Desk, args: Args) -> None:
    """Open the form with the message in it: its text, its author, its time and its address.

    Its files are kept beside the bug once it is recorded.
    """
    args.ack()
    asked = by_interaction(args.body, args.client, f"shortcut-{args.body['trigger_id']}")
    message = shared_message(args, desk.people.id_of_name)
    said = {name: value for name, value in _said(message).items() if value}
    files = tuple(str(each["id"]) for each in files_of(args.body.get("message") or {}))
    asked = replace(asked, permalink=message.permalink, files=files)
    open_form(desk, asked, "report", None, Draft(values=said, at=desk.now()))


def _said(message: SharedMessage) -> dict[str, Any]:
    first = " ".join(message.text.partition("\n")[0].split())[:_LONGEST_TITLE]
    return {
        "title": first,
        "what_is_broken": message.text,
        "permalink": message.permalink,
        "reporter": f"<@{message.author}>" if message.author else "",
        "detected": message.at.isoformat() if message.at else "",
    }
