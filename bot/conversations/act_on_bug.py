"""Do something to a bug: by a typed command or by a button. Every verb goes this way."""

import re
from functools import partial

from slack_bolt import App, Args

from bot.asked import Asked, by_interaction
from bot.blocks.moves import MENU, MOVE, pressed
from bot.boundary import bounded
from bot.choosing import find_or_ask, is_choice
from bot.command_line import CommandLine
from bot.desk import Desk
from bot.going_on import go_on
from bot.recorder import NO_BUG
from bot.typed_draft import typed_draft
from tracker.workflow.verbs import VERBS


def by_command(desk: Desk, asked: Asked, line: CommandLine) -> None:
    """Do what was typed, or open the form for what is missing."""
    draft = typed_draft(line, asked.user, desk.now())
    record = find_or_ask(desk, asked, line, draft)
    if record is not None:
        go_on(desk, asked, line.word, record, draft)


def register(app: App, desk: Desk) -> None:
    """Listen to the buttons of all verbs."""
    button = bounded(partial(_on_button, desk))
    app.action(re.compile(f"^{MOVE}({'|'.join(map(re.escape, VERBS))})$"))(button)
    app.action(MENU)(button)


def _on_button(desk: Desk, args: Args) -> None:
    args.ack()
    verb, bug = pressed(args.payload)
    record = desk.load(None if bug == NO_BUG else bug)
    container = args.body.get("container") or {}
    # Pressed twice, a button asks for one thing; pressed again after a change, for another.
    age = len(record.timeline) if record else 0
    place = f"{container.get('message_ts', '')}-{args.body['user']['id']}"
    asked = by_interaction(args.body, args.client, f"button-{place}-{bug}-{verb}-{age}")
    draft = desk.draft(asked, verb, record.id if record else None)
    if not is_choice(args.payload):
        draft = draft.to_show()  # only in answer to a question do typed words act without a form
    go_on(desk, asked, verb, record, draft)
