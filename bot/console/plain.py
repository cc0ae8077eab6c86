"""Block Kit as plain lines for a terminal; pure."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from bot.blocks.message import Message
from bot.blocks.moves import MENU, MOVE

_LINK: Final = re.compile(r"<(?P<url>[^|>]+)\|(?P<label>[^>]+)>")
_MARKS: Final = re.compile(r"(?<!\w)([*_])(?=\S)(.+?)(?<=\S)\1(?!\w)")
_FENCE: Final = "```"
_SHOW: Final = f"{MOVE}show"  # stands beside every hit of a search


def plain_lines(blocks: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Every text of some blocks, in order, then what their rows of buttons would do."""
    for block in blocks:
        match block.get("type"):
            case "divider":
                yield "-" * 8
            case "header" | "section":
                yield from _texts([block.get("text")])
                for fact in block.get("fields", ()):
                    yield ": ".join(_texts([fact]))
                yield from _beside(block.get("accessory") or {})
            case "context":
                yield from _texts(block.get("elements", ()))
            case _:  # what can be filled in or pressed
                pass
    yield from _next(blocks)


def plain_message(message: Message) -> str:
    """A message as a terminal shows it; its notification text where it has no other."""
    return "\n".join(plain_lines(message.blocks)) or message.text


def _texts(parts: Sequence[Any]) -> Iterator[str]:
    for part in parts:
        if not part or "text" not in part:
            continue
        text = str(part["text"])
        if part.get("type") == "mrkdwn":
            text = _code(text) if text.startswith(_FENCE) else _read(text)
        yield from text.splitlines()


def _code(text: str) -> str:
    """What stands between fences, exactly as it is to be copied."""
    return html.unescape(text.removeprefix(_FENCE).removesuffix(_FENCE))


def _read(text: str) -> str:
    text = _LINK.sub(r"\g<label> (\g<url>)", text)
    return html.unescape(_MARKS.sub(r"\2", text))


def _beside(button: Mapping[str, Any]) -> Iterator[str]:
    """The command of a button that stands beside a text."""
    action = str(button.get("action_id", ""))
    if action.startswith(MOVE) and action != _SHOW:
        yield f"Next: {_spoken(action.removeprefix(MOVE))} {button['value']}"


def _next(blocks: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The commands of rows of buttons and of the menu behind them, by bug."""
    usual: dict[str, list[str]] = {}
    rare: dict[str, list[str]] = {}
    rows = (block["elements"] for block in blocks if block.get("type") == "actions")
    for element in (element for row in rows for element in row):
        action = str(element.get("action_id", ""))
        if action.startswith(MOVE):
            usual.setdefault(element["value"], []).append(_spoken(action.removeprefix(MOVE)))
        for option in element.get("options", ()) if action == MENU else ():
            verb, _, bug = option["value"].partition(" ")
            rare.setdefault(bug, []).append(_spoken(verb))
    for bug, verbs in usual.items():
        seldom = f"; seldom {', '.join(rare[bug])}" if bug in rare else ""
        yield f"Next for {bug}: {', '.join(verbs)}{seldom}"


def _spoken(verb: str) -> str:
    return verb.replace("hotfix-", "hotfix ", 1)
