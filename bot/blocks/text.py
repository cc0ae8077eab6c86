"""Text on its way to Slack: never markup, never longer than Slack takes."""

import re
from collections.abc import Callable
from typing import Final

ELLIPSIS: Final = "…"
NOTHING: Final = "–"
_FORMATTING = re.compile(r"([*_~`]|:(?=[a-z0-9_+-]+:))")
_USER_ID = re.compile(r"^[UW][A-Z0-9]{2,}$")
_CODE = re.compile(r"`([^`\n]+)`")
_WIDEST = 5  # characters that `escaped` makes of one, as `&amp;`
_WORD_JOINER = "\u2060"


def cut(text: str, limit: int) -> str:
    """The text in at most that many characters, ending in `…` when something is left out."""
    stripped = text.strip() or NOTHING
    return stripped if len(stripped) <= limit else stripped[: limit - 1].rstrip() + ELLIPSIS


def in_pieces(text: str, limit: int, *, length: Callable[[str], int] = len) -> list[str]:
    """The text in pieces of at most that length, divided between lines where that is possible."""
    pieces: list[str] = []
    for line in text.strip("\n").splitlines():
        if pieces and length(f"{pieces[-1]}\n{line}") <= limit:
            pieces[-1] += f"\n{line}"
        elif length(line) <= limit:
            pieces.append(line)
        else:
            step = limit // _WIDEST
            pieces += [line[at : at + step] for at in range(0, len(line), step)]
    return pieces


def one_line(text: str, limit: int) -> str:
    """The text without line breaks, in at most that many characters."""
    return cut(" ".join(text.split()), limit)


def quoted(sentence: str) -> str:
    """A sentence of the rules with its commands in “…”: plain text would show the backticks."""
    return _CODE.sub(r"“\1”", sentence)


def escaped(text: str) -> str:
    """Slack's control sequences, such as `<!channel>`, as the characters that they are made of."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def literal(text: str, limit: int = 200) -> str:
    """A short text for mrkdwn that stays text: no control sequence, no bold, no code, no emoji.

    Formatting characters are held apart from their neighbours by a word joiner, since mrkdwn has
    no escape for them.
    """
    joined = _FORMATTING.sub(rf"{_WORD_JOINER}\1{_WORD_JOINER}", one_line(text, limit))
    return escaped(joined)


def mention(user_id: str | None, name: str) -> str:
    """A person in mrkdwn: the mention where the Slack id is known, the name otherwise."""
    if user_id is not None and _USER_ID.match(user_id):
        return f"<@{user_id}>"
    return literal(name)


def link(url: str, words: str) -> str:
    """A link in mrkdwn."""
    return f"<{escaped(url).replace('|', '%7C')}|{literal(words)}>"


def page_url(site_url: str, bug_id: str, document: str = "") -> str:
    """Where the site shows a bug, or one of its documents such as `post-mortem`."""
    page = f"{document}/" if document else ""
    return f"{site_url.rstrip('/')}/bugs/{bug_id}/{page}"
