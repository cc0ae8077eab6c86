"""Narratives that have marks, through the parser of Markdown and a sanitiser of HTML."""

from collections.abc import MutableMapping, Sequence
from functools import cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from generator.highlight import highlighted

_SCHEMES = frozenset({"http", "https", "mailto"})
_DEEPEST_HEADING = 6
_DEEPEST = 100  # the parser leaves out, without a word, what stands deeper; a list in a list is two
_TAGS = (
    "a blockquote br code del div em h4 h5 h6 hr li ol p pre s span strong"
    " table tbody td th thead tr ul"
)
_ATTRIBUTES = {
    "a": {"href", "title"},
    "code": {"class"},
    "div": {"class"},
    "ol": {"start"},
    "span": {"class"},
    "th": {"scope"},
}


def marked_html(text: str) -> str:
    """The text as HTML: raw HTML in it is text, links lead to the web or to mail only."""
    return nh3.clean(
        _rendered(text),
        tags=set(_TAGS.split()),
        attributes=_ATTRIBUTES,
        url_schemes=set(_SCHEMES),
        link_rel="noopener noreferrer",
    )


def _rendered(text: str) -> str:
    """As Markdown; a text that is too deep for that stands as it was written, and whole."""
    parser = _parser()
    tokens = parser.parse(text)
    if any(token.nesting == 1 and token.level >= _DEEPEST - 1 for token in tokens):
        return highlighted(text, "")
    return str(parser.renderer.render(tokens, parser.options, {}))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": False, "maxNesting": _DEEPEST})
    parser.enable(["table", "strikethrough"])
    parser.disable(["image", "reference"])  # nothing loads from another host
    parser.validateLink = _may_be_followed  # type: ignore[method-assign,assignment]
    parser.add_render_rule("fence", _code_block)
    parser.add_render_rule("code_block", _code_block)
    parser.add_render_rule("heading_open", _heading)
    parser.add_render_rule("heading_close", _heading)
    parser.add_render_rule("th_open", _column_heading)
    return parser


def _may_be_followed(address: str) -> bool:
    scheme, colon, _ = address.partition(":")
    return bool(colon) and scheme.lower() in _SCHEMES


def _code_block(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,
    env: EnvType,
) -> str:
    del renderer, options, env
    token = tokens[index]
    return highlighted(token.content, token.info.split(maxsplit=1)[0] if token.info else "")


def _heading(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,
    env: MutableMapping[str, Any],
) -> str:
    """Headings of a narrative stand below those of the page: three levels deeper."""
    token = tokens[index]
    token.tag = f"h{min(_DEEPEST_HEADING, int(token.tag[1]) + 3)}"
    return renderer.renderToken(tokens, index, options, env)


def _column_heading(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,
    env: MutableMapping[str, Any],
) -> str:
    tokens[index].attrs = {"scope": "col"}
    return renderer.renderToken(tokens, index, options, env)
