"""Ask what can be typed."""

from bot.asked import Asked
from bot.blocks.help_page import help_message
from bot.command_line import CommandLine, Misread
from bot.desk import Desk
from bot.sentence import sentence


def help_with(desk: Desk, asked: Asked, line: CommandLine) -> None:
    """Tell all commands, or one of them."""
    del desk
    asked.reply(help_message(line.typed.strip() or None))


def suggest(asked: Asked, misread: Misread, command: str) -> None:
    """Say that nothing was done, and what was probably meant."""
    meant = f"Did you mean `{command} {misread.nearest}`? " if misread.nearest else ""
    typed = misread.typed[:60]
    asked.reply(
        sentence(
            f"There is no command `{command} {typed}`, and nothing was changed. {meant}"
            f"`{command} help` lists all commands; to report a bug, type `/bug report` and what is"
            " broken."
        )
    )
