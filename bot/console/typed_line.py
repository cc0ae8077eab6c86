"""Read a line of the console, with or without the command that it would follow in Slack."""

from dataclasses import replace
from typing import Final

from bot.command_line import CommandLine, Misread, Styles, parse_bug, parse_hotfix, parse_mention

_PARSERS: Final = {"/bug": parse_bug, "/hotfix": parse_hotfix, "@bugbook": parse_mention}


def read_line(typed: str, styles: Styles) -> CommandLine | Misread:
    """Read what is typed after `/bug`, or after the command or mention that it begins with."""
    command, _, rest = typed.strip().partition(" ")
    parse = _PARSERS.get(command.lower())
    line = parse(rest.strip(), styles) if parse else parse_bug(typed, styles)
    if isinstance(line, Misread) and parse is parse_hotfix:
        meant = f"hotfix {line.nearest}" if line.nearest else None
        return replace(line, typed=f"hotfix {line.typed}", nearest=meant)
    return line
