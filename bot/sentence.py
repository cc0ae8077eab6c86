"""A message that is one sentence, or a few lines of plain text."""

from collections.abc import Sequence

from bot.blocks.elements import Block, actions, ours, section
from bot.blocks.message import Message, message
from bot.blocks.text import quoted


def sentence(text: str, buttons: Sequence[Block] = ()) -> Message:
    """Plain text that stays text, with buttons below it."""
    rows = [actions(buttons)] if buttons else []
    return message(quoted(text), [section(ours(text)), *rows])
