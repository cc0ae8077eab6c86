"""What was typed after a verb, ready to act on or to be shown in its form; pure."""

from datetime import datetime
from typing import Final

from bot.command_line import CommandLine, words_of_title
from bot.draft import Draft
from bot.forms.form import keys_of_people
from bot.snoozing import with_end
from tracker.model.person import ONESELF

NAMING: Final = frozenset({"assign", "take-role"})
"""Verbs whose words are people beside what they are to do."""


def typed_draft(line: CommandLine, user: str, now: datetime) -> Draft:
    """The words behind the bug and the pairs; `me` is whoever asks, where a person is asked for."""
    line = with_end(line, now)
    _, text = words_of_title(line)
    mention, keys = f"<@{user}>", keys_of_people(line.word)
    if line.word in NAMING:
        text = ONESELF.sub(mention, text)
    pairs = {
        key: mention if key in keys and ONESELF.fullmatch(said) else said
        for key, said in line.pairs.items()
    }
    return Draft(text=text, pairs=pairs, at=now)
