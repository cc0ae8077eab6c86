"""A message as it is sent, never larger than Slack takes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.blocks.elements import Block, context, plain
from bot.blocks.text import cut, escaped

MOST_BLOCKS: Final = 50
# Slack refuses a message over about 13,200 characters in all its blocks with `msg_blocks_too_long`;
# the rest is kept for the line that says that something was left out.
MOST_CHARACTERS: Final = 13_000
NOTIFICATION: Final = 1000


@dataclass(frozen=True, kw_only=True)
class Message:
    """What `chat.postMessage` takes: `text` is for notifications and screen readers."""

    text: str
    blocks: list[Block]


def message(text: str, blocks: Sequence[Block]) -> Message:
    """A message that Slack takes; buttons are kept, other blocks over the limits are left out."""
    return Message(text=cut(escaped(cut(text, NOTIFICATION)), 4000), blocks=_fitted(blocks))


def _fitted(blocks: Sequence[Block]) -> list[Block]:
    room = MOST_CHARACTERS - sum(_length(block) for block in blocks if _is_kept(block))
    places = MOST_BLOCKS - 1 - sum(1 for block in blocks if _is_kept(block))
    fitted: list[Block] = []
    left_out = False
    for block in blocks:
        if not _is_kept(block):
            room, places = room - _length(block), places - 1
            if left_out or room < 0 or places < 0:
                left_out = True
                continue
        fitted.append(block)
    if left_out:
        fitted.append(context(plain("There is more than a message can hold: see the page.")))
    return fitted


def _is_kept(block: Block) -> bool:
    return bool(block["type"] == "actions")


def _length(node: object) -> int:
    return sum(len(text) for text in _texts(node))


def _texts(node: object) -> Iterator[str]:
    if isinstance(node, Mapping):
        for key, part in node.items():
            if key == "text" and isinstance(part, str):
                yield part
            else:
                yield from _texts(part)
    elif isinstance(node, list):
        for part in node:
            yield from _texts(part)
