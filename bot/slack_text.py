"""Turn the text of Slack's commands and messages into what the person saw while typing it."""

import re
from collections.abc import Callable

_MARKED = re.compile(
    r"<(?P<sign>[@#!]|mailto:|https?://)(?P<rest>[^<>\s|]*)(?:\|(?P<label>[^<>]*))?>"
)
_NAMED = re.compile(r"(?<![\w.<@])@(?P<name>[A-Za-z0-9][\w.-]{0,79})")
_MENTION = re.compile(r"<@(?P<id>[UW][A-Z0-9]{2,20})>")


def plain_text(text: str, id_of_name: Callable[[str], str | None]) -> str:
    """Undo Slack's escapes; people stay as `<@U123>`, also those who were typed as `@name`.

    Slack sends `<@U123|name>`, `<#C123|incidents>` and `<https://…|label>` when a command asks
    for escaping, and the bare words otherwise; both are read.
    """
    words = _MARKED.sub(_unmark, text)
    named = _NAMED.sub(lambda found: _mention(found, id_of_name), words)
    return named.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def mentioned(text: str) -> frozenset[str]:
    """The Slack ids of the people named in a text that `plain_text` gave."""
    return frozenset(found["id"] for found in _MENTION.finditer(text))


def _unmark(found: re.Match[str]) -> str:
    sign, rest, label = found["sign"], found["rest"], found["label"]
    if sign == "@":
        return f"<@{rest}>"
    if sign == "#":
        return f"#{label or rest}"
    if sign == "!":
        return f"@{label or rest}"
    return rest if sign == "mailto:" else f"{sign}{rest}"


def _mention(found: re.Match[str], id_of_name: Callable[[str], str | None]) -> str:
    known = id_of_name(found["name"].rstrip("."))
    return found[0] if known is None else f"<@{known}>" + "." * found["name"].endswith(".")
