"""Add a message to the timeline of a bug, from the menu of the message."""

from functools import partial
from typing import Final

from slack_bolt import App, Args

from bot.asked import by_interaction
from bot.attaching import files_of
from bot.boundary import bounded
from bot.choosing import find_or_ask
from bot.command_line import CommandLine
from bot.desk import Desk
from bot.draft import Draft
from bot.going_on import go_on
from bot.people import UnknownUserError
from bot.quoting import Said, bug_at
from bot.sentence import sentence
from bot.slack_message import SharedMessage, shared_message

SHORTCUT: Final = "add_to_timeline"
"""The callback id of the message shortcut."""

_VERB: Final = "quote"


def register(app: App, desk: Desk) -> None:
    """Listen to the message shortcut."""
    app.shortcut(SHORTCUT)(bounded(partial(_on_shortcut, desk)))


def _on_shortcut(desk: Desk, args: Args) -> None:
    """Add it with its own time, author, address and files; edits of it follow.

    In the thread or the incident channel of a bug it is about this bug.
    """
    args.ack()
    asked = by_interaction(args.body, args.client, f"shortcut-{args.body['trigger_id']}")
    message = shared_message(args, desk.people.id_of_name)
    said = Said(channel=message.channel, ts=message.ts, payload=args.body.get("message") or {})
    bug = bug_at(desk, said)
    if bug is not None:
        desk.attaching.keep(
            bug, files_of(said.payload), said.reply(desk.client, asked.user), asked.request
        )
    if not message.text:
        if bug is None or not said.payload.get("files"):
            asked.reply(sentence("This message has no text: say what it shows with /bug note."))
        return
    draft = Draft(pairs=_said(desk, message), at=desk.now())
    record = find_or_ask(desk, asked, CommandLine(word=_VERB, bug=bug), draft)
    if record is not None:
        go_on(desk, asked, _VERB, record, draft)


def _said(desk: Desk, message: SharedMessage) -> dict[str, str]:
    try:
        author = desk.people.person(message.author).name if message.author else ""
    except UnknownUserError:
        author = ""
    said = {
        "text": message.text,
        "source": message.permalink,
        "said_by": author,
        "at": message.at.isoformat() if message.at else "",
    }
    return {name: text for name, text in said.items() if text}
