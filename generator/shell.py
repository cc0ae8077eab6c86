"""The theme's page with gaps: rendered once with words that nothing else has, then filled."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from posixpath import join
from typing import Final

from generator.built import BuiltPage, Kind
from generator.page_models.outline import Heading

_WORD: Final = "bbqxz"
"""Starts every word that stands for a value; no page, theme or address has it."""
_TITLE: Final = f"{_WORD}title<i>q</i>z"
"""Has a tag in it, so that each filter that a template may use on it leaves other traces."""
TITLE_FORMS: Final = {
    _TITLE: "title",
    f"{_WORD}titleqz": "title_text",
    f"{_WORD}title&lt;i&gt;q&lt;/i&gt;z": "title_escaped",
}
_CONTENT: Final = f"{_WORD}content<h1></h1>"
_SUMMARY: Final = f"{_WORD}summary"
_RECORD: Final = f"{_WORD}record"
_MOVED: Final = f"{_WORD}moved"
_FIRST: Final = f"{_WORD}first"
_SECOND: Final = f"{_WORD}second"


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A page of sentinels, and what they stand for."""

    page: BuiltPage
    title: str
    """The title as the theme gets it, which is HTML."""


def sample(kind: Kind, *, directories: bool) -> Sample:
    """A page of a kind, with a word for everything that differs between its pages."""
    folders = [f"{_WORD}{number}" for number in range(kind.depth - directories)]
    headings = (Heading(text=_FIRST, anchor=_FIRST), Heading(text=_SECOND, anchor=_SECOND))
    page = BuiltPage(
        path=join(kind.folder, *folders, f"{_WORD}page.md"),
        kind="reference" if kind.menu else "sample",
        title="",
        summary=_SUMMARY,
        html=_CONTENT,
        headings=headings if kind.parts else (),
        record_path=_RECORD if kind.record else None,
        moved_to=_MOVED if kind.moved else "",
    )
    return Sample(page=page, title=_TITLE)


@dataclass(frozen=True, kw_only=True)
class Shell:
    """Text, the name of a gap, text, and so on."""

    pieces: tuple[str, ...]

    @cached_property
    def mark(self) -> str:
        """Differs when the theme's page does."""
        return blake2b("\0".join(self.pieces).encode(), digest_size=8).hexdigest()

    def filled(self, values: Mapping[str, str]) -> str:
        """The page with a value in each gap."""
        shown = list(self.pieces)
        shown[1::2] = [values[name] for name in self.pieces[1::2]]
        return "".join(shown)


def shell(output: str, url: str, items: tuple[str, str] | None) -> Shell | None:
    """Cut the page of a sample at its sentinels; nothing when one stands where no gap is known.

    `url` is the sample's address, `items` are its two entries of the table of contents.
    """
    words = {_CONTENT: "content", _SUMMARY: "summary", _RECORD: "record", _MOVED: "moved_to"}
    gaps = {**words, url: "url", **TITLE_FORMS}
    if items is not None:
        first, second = items
        start = output.find(first)
        end = output.find(second, start)
        if start < 0 or end < 0:
            return None
        gaps[output[start : end + len(second)]] = "toc"
        gaps[_FIRST] = "first"
    longest_first = sorted(gaps, key=len, reverse=True)
    pieces = re.split(f"({'|'.join(map(re.escape, longest_first))})", output)
    if any(_WORD in text for text in pieces[::2]):
        return None
    return Shell(
        pieces=tuple(gaps[piece] if number % 2 else piece for number, piece in enumerate(pieces))
    )


def between(output: str, items: tuple[str, str]) -> str:
    """What stands between two entries of a table of contents."""
    first, second = items
    return output.partition(first)[2].partition(second)[0]
