"""A table of contents with gaps: what the theme writes for headings, without the theme."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from markupsafe import Markup
from markupsafe import escape as escaped

from generator.page_models.outline import Heading
from generator.shell import Shell

_ANCHOR: Final = "bbqxzanchor"
_TEXT: Final = "bbqxztext'z"
"""Has a sign that each way to escape it writes otherwise."""
_INNER: Final = "bbqxzinner"
_GAPS: Final = {
    escape(_TEXT): "text",
    str(escaped(_TEXT)): "label",
    _ANCHOR: "anchor",
    _INNER: "inner",
}
_LEAF: Final = Heading(text=_TEXT, anchor=_ANCHOR)

Entries = Callable[[tuple[Heading, ...]], Sequence[str]]
"""Writes each heading by the theme's own template."""


@dataclass(frozen=True, kw_only=True)
class Contents:
    """The theme's entry for a heading, for one that has others below it, and what parts those."""

    leaf: Shell
    parent: Shell
    inner: str
    outer: str
    """What parts the entries that are below no heading."""

    def filled(self, headings: tuple[Heading, ...]) -> str:
        """All entries, as the theme writes them."""
        return self.outer.join(map(self._entry, headings))

    def _entry(self, heading: Heading) -> str:
        text = escape(heading.text)
        label = escaped(Markup(text).striptags())  # noqa: S704 - escaped above
        values = {"text": text, "label": str(label), "anchor": heading.anchor}
        if not heading.children:
            return self.leaf.filled(values)
        values["inner"] = self.inner.join(map(self._entry, heading.children))
        return self.parent.filled(values)


def contents(entries: Entries, outer: str) -> Contents | None:
    """Cut the theme's entries at their sentinels; nothing where they are of another build."""
    one, two = (Heading(text=_TEXT, anchor=_ANCHOR, children=(_LEAF,) * n) for n in (1, 2))
    deep = Heading(text="Deep & <b>'s  end", anchor="deep", children=(one, two, _LEAF))
    leaf, single, double, told = entries((_LEAF, one, two, deep))
    before, _, after = single.partition(leaf)
    inner = double.removeprefix(before).removeprefix(leaf).removesuffix(after).removesuffix(leaf)
    made = Contents(
        leaf=_cut(leaf), parent=_cut(f"{before}{_INNER}{after}"), inner=inner, outer=outer
    )
    return made if made.filled((deep, two)) == told + outer + double else None


def _cut(text: str) -> Shell:
    pieces = re.split(f"({'|'.join(map(re.escape, _GAPS))})", text)
    return Shell(pieces=tuple(_GAPS[each] if n % 2 else each for n, each in enumerate(pieces)))
