"""The pieces that messages and forms are made of, as Slack spells them, each within its limits."""

from collections.abc import Sequence
from typing import Any, TypeAlias

from bot.blocks.text import cut, escaped, in_pieces, one_line, quoted

Block: TypeAlias = dict[str, Any]

SECTION = 3000
HEADER = 150
BUTTON = 75
FIELD = 2000
CONTEXT_ELEMENTS = 10
ACTION_ELEMENTS = 25
OVERFLOW_OPTIONS = 5


def plain(text: str, limit: int = SECTION) -> Block:
    """Text that Slack never reads as markup, emoji names included."""
    return {"type": "plain_text", "text": cut(text, limit), "emoji": False}


def ours(text: str, limit: int = SECTION) -> Block:
    """A sentence of ours, with its commands in “…”; what people wrote stays as it is in `plain`."""
    return plain(quoted(text), limit)


def mrkdwn(text: str, limit: int = SECTION) -> Block:
    """Text with our own markup; what is not ours in it must have been made literal before."""
    return {"type": "mrkdwn", "text": cut(text, limit), "verbatim": True}


def header(text: str) -> Block:
    """The large line on top."""
    return {"type": "header", "text": plain(one_line(text, HEADER))}


def section(text: Block, accessory: Block | None = None) -> Block:
    """A paragraph, with a button beside it where one is given."""
    block = {"type": "section", "text": text}
    return block if accessory is None else {**block, "accessory": accessory}


def facts(pairs: Sequence[tuple[str, str]]) -> Block:
    """Up to ten labels with their values, in two columns; the values are mrkdwn."""
    fields = [mrkdwn(f"*{label}*\n{value}", FIELD) for label, value in pairs[:10]]
    return {"type": "section", "fields": fields}


def context(*texts: Block) -> Block:
    """Small print: up to ten texts."""
    return {"type": "context", "elements": list(texts[:CONTEXT_ELEMENTS])}


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def actions(elements: Sequence[Block]) -> Block:
    """A row of buttons and menus."""
    return {"type": "actions", "elements": list(elements[:ACTION_ELEMENTS])}


def button(text: str, action_id: str, value: str, style: str | None = None) -> Block:
    """A button; `style` is `primary` or `danger`."""
    block = {
        "type": "button",
        "text": plain(text, BUTTON),
        "action_id": action_id,
        "value": value,
    }
    return block if style is None else {**block, "style": style}


def option(text: str, value: str, description: str = "") -> Block:
    """One choice of a menu, with a few words below it."""
    block = {"text": plain(one_line(text, BUTTON)), "value": value}
    return {**block, "description": plain(one_line(description, BUTTON))} if description else block


def overflow(action_id: str, options: Sequence[Block]) -> Block:
    """The menu behind three dots."""
    return {
        "type": "overflow",
        "action_id": action_id,
        "options": list(options[:OVERFLOW_OPTIONS]),
    }


def code_blocks(text: str) -> list[Block]:
    """Commands or output, exactly as they are, to copy; nothing is cut, however long it is."""
    if "```" in text:  # mrkdwn cannot hold its own fence
        return [section(plain(piece)) for piece in in_pieces(text, SECTION)]
    pieces = in_pieces(text, SECTION - len("``````"), length=lambda piece: len(escaped(piece)))
    return [section(mrkdwn(f"```{escaped(piece)}```")) for piece in pieces]
