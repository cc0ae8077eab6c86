"""Block Kit as plain lines for a terminal; pure."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from bot.blocks.message import Message

_LINK: Final = re.compile(r"<(?P<url>[^|>]+)\|(?P<label>[^>]+)>")
_MARKS: Final = re.compile(r"(?<!\w)([*_])(?=\S)(.+?)(?<=\S)\1(?!\w)")


def plain_lines(blocks: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Every text of some blocks, in order; what can only be pressed is left out."""
    for block in blocks:
        match block.get("type"):
            case "divider":
                yield "-" * 8
            case "header" | "section":
                yield from _texts([block.get("text"), *block.get("fields", ())])
            case "context":
                yield from _texts(block.get("elements", ()))
            case _:  # what can be filled in or pressed
                pass


def plain_message(message: Message) -> str:
    """A message as a terminal shows it; its notification text where it has no other."""
    return "\n".join(plain_lines(message.blocks)) or message.text


def _texts(parts: Sequence[Any]) -> Iterator[str]:
    for part in parts:
        if not part or "text" not in part:
            continue
        text = str(part["text"])
        if part.get("type") == "mrkdwn":
            text = _LINK.sub(r"\g<label> (\g<url>)", text)
            text = html.unescape(_MARKS.sub(r"\2", text))
        yield from text.splitlines()
