"""Read a line of the console, with or without the command that it would follow in Slack."""

from typing import Final

from bot.command_line import (
    CommandLine,
    Misread,
    after_hotfix,
    parse_bug,
    parse_hotfix,
    parse_mention,
)
from bot.typed_id import Styles

_PARSERS: Final = {"/bug": parse_bug, "/hotfix": parse_hotfix, "@bugbook": parse_mention}


def read_line(typed: str, styles: Styles) -> CommandLine | Misread:
    """Read what is typed after `/bug`, or after the command or mention that it begins with."""
    command, _, rest = typed.strip().partition(" ")
    parse = _PARSERS.get(command.lower())
    line = parse(rest.strip(), styles) if parse else parse_bug(typed, styles)
    return after_hotfix(line) if parse is parse_hotfix else line
