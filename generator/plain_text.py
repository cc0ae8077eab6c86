"""What a narrative says without its marks, for places that show one line of text.

The parser is loaded for the first text with marks: few have any.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_MAY_BE_MARKED: Final = re.compile(
    r"[`*_~\[\]\\|#>&<]|^\s*(?:[-+=]|\d+[.)])|^(?: {4}|\t)", re.MULTILINE
)
_BREAKS: Final = frozenset({"softbreak", "hardbreak"})


def plain_text(text: str) -> str:
    """The words and the code of Markdown in one line; raw HTML in it is text."""
    if _MAY_BE_MARKED.search(text):
        text = " ".join(_words(_parser().parse(text)))
    return " ".join(text.split())


def _words(tokens: Iterable["Token"]) -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            yield "".join(_inline(token.children or ()))
        else:
            yield token.content


def _inline(tokens: Iterable["Token"]) -> Iterator[str]:
    for token in tokens:
        yield " " if token.type in _BREAKS else token.content


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False})
    return parser.enable(["table", "strikethrough"]).disable("reference")
