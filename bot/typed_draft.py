"""What was typed after a verb, ready to act on or to be shown in its form; pure."""

import re
from datetime import datetime
from typing import Final

from bot.command_line import CommandLine, words_of_title
from bot.draft import Draft
from bot.snoozing import with_end

_ME: Final = re.compile(r"(?<!\S)(?:me|myself)(?!\S)", re.IGNORECASE)


def typed_draft(line: CommandLine, user: str, now: datetime) -> Draft:
    """The words behind the bug and the pairs; `me` in an assignment is whoever asks."""
    line = with_end(line, now)
    _, text = words_of_title(line)
    pairs = line.pairs
    if line.word == "assign":
        mention = f"<@{user}>"
        text = _ME.sub(mention, text)
        pairs = {key: mention if _ME.fullmatch(said) else said for key, said in pairs.items()}
    return Draft(text=text, pairs=pairs, at=now)
