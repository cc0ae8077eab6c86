"""Ask what can be typed."""

from bot.asked import Asked
from bot.blocks.help_page import help_message
from bot.blocks.moves import move_button
from bot.choosing import marked_as_choice
from bot.command_line import CommandLine, Misread
from bot.desk import Desk
from bot.draft import Draft
from bot.recorder import NO_BUG
from bot.sentence import sentence
from tracker.workflow.verbs import VERBS


def help_with(desk: Desk, asked: Asked, line: CommandLine) -> None:
    """Tell all commands, or one of them."""
    del desk
    asked.reply(help_message(line.typed.strip() or None))


def suggest(desk: Desk, asked: Asked, misread: Misread, command: str) -> None:
    """Say that nothing was done, what was probably meant, and give buttons that do it."""
    meant = f"Did you mean `{command} {misread.nearest}`? " if misread.nearest else ""
    typed = misread.typed[:60]
    buttons = []
    line = misread.meant
    if line is not None and line.bug is not None and line.word in VERBS:
        draft = Draft(text=line.text, pairs=line.pairs, at=desk.now())
        if draft.says_something:
            desk.keep_draft(asked, line.word, line.bug, draft)
        buttons.append(move_button(line.word, line.bug, primary=True))
    if len(misread.whole.split()) > 1:
        said = Draft(text=misread.whole, at=desk.now())
        if line is not None and line.word == "report":
            said = Draft(text=line.text, pairs=line.pairs, at=desk.now())
        desk.keep_draft(asked, "report", None, said.to_show())
        buttons.append(move_button("report", NO_BUG))
    answer = sentence(
        f"There is no command `{command} {typed}`, and nothing was changed. {meant}"
        f"`{command} help` lists all commands; to report a bug, type `/bug report` and what is"
        " broken.",
        buttons,
    )
    asked.reply(marked_as_choice(answer))
