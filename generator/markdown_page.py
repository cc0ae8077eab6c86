"""A page as Markdown that any generator builds: headings as Markdown, all else as blocks of HTML.

Text of records stands in HTML blocks, whose lines begin with a tag, and in headings, of which every
sign is a character reference: extensions and macros of whoever builds the pages see none of it.
"""

from collections.abc import Iterable
from html import escape, unescape
from html.parser import HTMLParser
from typing import Final

import yaml

from generator.built import BuiltPage, description

_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_WRAPPERS: Final = frozenset({"article", "header", "section"})
_VOID: Final = frozenset({"br", "col", "hr", "img", "input"})
_KEPT_SIGNS: Final = " ,?"
"""In a heading, beside letters and digits."""
_SIGNS: Final = str.maketrans({sign: f"&#{ord(sign)};" for sign in "\n\r\t`~{}[]$\\"})


def markdown_page(made: BuiltPage) -> str:
    """The page's file: front matter, then its sections."""
    blocks = _Blocks(made.kind)
    blocks.feed(made.html)
    blocks.close()
    shown: dict[str, object] = {
        "title": escape(made.title),
        "description": description(made.summary),
    }
    head = front_matter({**shown, "hide": made.hidden} if made.hidden else shown)
    return head + "\n\n".join(blocks.finished()) + "\n"


def front_matter(values: dict[str, object]) -> str:
    """What a generator needs to know of a page, as YAML between its marks."""
    text = yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=10**6)
    return f"---\n{text}---\n\n"


class _Blocks(HTMLParser):
    """Cuts a page at the headings of its sections."""

    def __init__(self, kind: str) -> None:
        super().__init__(convert_charrefs=False)
        self._start = f'<div class="bb-page bb-page--{kind}">'
        self._done: list[str] = []
        self._block: list[str] = []
        self._open: list[tuple[str, bool]] = []
        """The elements around, and whether they are kept."""
        self._heading: list[str] | None = None
        self._anchor = ""

    def finished(self) -> list[str]:
        """The blocks, in their order."""
        self._end_block()
        return self._done

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        outside = not any(kept for _, kept in self._open)
        if outside and tag in _HEADINGS:
            self._end_block()
            self._heading, self._anchor = [], dict(attrs).get("id") or ""
        kept = not (outside and (tag in _WRAPPERS or tag in _HEADINGS or _is_grid(attrs)))
        if kept and self._heading is None:
            self._block.append(_tag(tag, attrs))
        if tag not in _VOID:
            self._open.append((tag, kept))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._heading is None:
            self._block.append(_tag(tag, attrs, end="/>"))

    def handle_endtag(self, tag: str) -> None:
        _, kept = self._open.pop()
        if self._heading is not None:
            if not kept:
                self._done.append(_heading(int(tag[1]), "".join(self._heading), self._anchor))
                self._heading = None
        elif kept:
            self._block.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._heading is not None:
            if not self._open[-1][1]:
                self._heading.append(data)  # and not the mark that links to the heading
        elif not data.strip() and "\n" in data and not self._is_verbatim:
            self._block.append("\n")
        else:
            self._block.append(data.translate(_SIGNS))

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name};")

    def _reference(self, text: str) -> None:
        if self._heading is None:
            self._block.append(text)
        elif not self._open[-1][1]:
            self._heading.append(unescape(text))

    @property
    def _is_verbatim(self) -> bool:
        return any(tag == "pre" for tag, _ in self._open)

    def _end_block(self) -> None:
        lines = "".join(self._block).splitlines()
        inner = "\n".join(line for line in lines if line.strip())
        if inner:
            self._done.append(f"{self._start}\n{inner}\n</div>")
        self._block = []


def _is_grid(attrs: Iterable[tuple[str, str | None]]) -> bool:
    return ("class", "bb-grid") in attrs


def _tag(name: str, attrs: Iterable[tuple[str, str | None]], end: str = ">") -> str:
    given = (
        f" {key}" if value is None else f' {key}="{escape(value).translate(_SIGNS)}"'
        for key, value in attrs
    )
    return f"<{name}{''.join(given)}{end}"


def _heading(level: int, text: str, anchor: str) -> str:
    signs = (
        sign if sign.isalnum() or sign in _KEPT_SIGNS else f"&#{ord(sign)};"
        for sign in " ".join(text.split())
    )
    mark = f" {{ #{anchor} }}" if anchor else ""
    return f"{'#' * level} {''.join(signs)}{mark}"
