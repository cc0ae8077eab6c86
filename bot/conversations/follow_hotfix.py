"""See where the hotfix of a bug stands and what to run next."""

from functools import partial
from typing import Final

from slack_bolt import App, Args

from bot.asked import Asked, by_interaction
from bot.blocks.answers import with_remark
from bot.blocks.help_page import help_message
from bot.blocks.hotfix_sheet import hotfix_status
from bot.blocks.moves import MOVE, pressed
from bot.boundary import bounded
from bot.choosing import find_or_ask
from bot.command_line import CommandLine
from bot.desk import Desk
from bot.draft import Draft
from tracker.assembly import BugFilter
from tracker.model.record import BugRecord

_NONE: Final = "No hotfix is under way. “/hotfix declare 42” declares one for a bug."


def status(desk: Desk, asked: Asked, line: CommandLine) -> None:
    """Show the only open hotfix, or the one of the bug that was named; without any, the help."""
    if line.bug is None:
        on_track = BugFilter(is_open=True, on_hotfix_track=True)
        if not desk.tracker.listing(on_track, most=1).bugs:
            asked.reply(with_remark(help_message("hotfix"), _NONE))
            return
    record = find_or_ask(desk, asked, line, Draft(at=desk.tracker.now()))
    if record is not None:
        _show(desk, asked, record)


def register(app: App, desk: Desk) -> None:
    """Listen to the button that shows a chosen hotfix."""
    app.action(f"{MOVE}status")(bounded(partial(_on_status, desk)))


def _on_status(desk: Desk, args: Args) -> None:
    args.ack()
    asked = by_interaction(args.body, args.client, "status")
    desk.tracker.catch_up()
    _show(desk, asked, desk.tracker.load(pressed(args.payload)[1]))


def _show(desk: Desk, asked: Asked, record: BugRecord) -> None:
    asked.reply(hotfix_status(record, desk.tracker.policy(), desk.tracker.now()))
