"""Pages as Markdown: whoever builds them gets the same page, whatever a record says."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib import import_module

import yaml

from generator.built import BuiltPage, built
from generator.markdown_page import markdown_page
from tests.builders.hostile_records import hostile_records
from tests.builders.incident import NFC, finished
from tests.builders.pages import RENDERER, models_of
from tracker.model.record import BugRecord

_EXTENSIONS = (
    *("abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "meta", "tables"),
    *("toc", "wikilinks"),
    *(
        f"pymdownx.{name}"
        for name in (
            *("arithmatex", "betterem", "blocks.details", "blocks.html", "caret", "critic"),
            *("details", "emoji", "highlight", "inlinehilite", "keys", "magiclink", "mark"),
            *("progressbar", "snippets", "superfences", "tabbed", "tasklist", "tilde"),
        )
    ),
)


class _Said(HTMLParser):
    """The tags and the words of a page, without what only wraps them."""

    _WRAPS = frozenset({"article", "div", "header", "section"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: list[object] = []
        self._words = ""
        self._skipped = ""
        self.feed(html)
        self.close()
        self._end_words()

    def _end_words(self) -> None:
        words = " ".join(self._words.split())
        self.parts.extend([words] if words else [])
        self._words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("class") == "headerlink":
            self._skipped = tag
        elif tag not in self._WRAPS:
            self._end_words()
            if tag == "h1":
                given.pop("id", None)  # given by the generator, from the title
            self.parts.append((tag, sorted(given.items(), key=str)))

    def handle_endtag(self, tag: str) -> None:
        if tag == self._skipped:
            self._skipped = ""
        elif tag not in self._WRAPS:
            self._end_words()

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self._words += data


def _pages(record: BugRecord) -> list[BuiltPage]:
    return [built(page, RENDERER.html(page, lambda path: path)) for page in models_of(record)]


def _body(text: str) -> str:
    return re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)


def _rendered(text: str) -> str:
    return str(import_module("markdown").markdown(_body(text), extensions=_EXTENSIONS))


def test_a_page_says_the_same_after_any_extension_has_seen_it() -> None:
    for page in (page for record in (finished(NFC), *hostile_records()) for page in _pages(record)):
        assert _Said(_rendered(markdown_page(page))).parts == _Said(page.html).parts


def test_nothing_but_headings_and_tags_begins_a_line() -> None:
    for page in (page for record in hostile_records() for page in _pages(record)):
        lines = _body(markdown_page(page)).splitlines()
        assert {line[0] for line in lines if line} <= set("#<")
        assert not any("{{" in line or "{%" in line or "{#" in line for line in lines)


def test_sections_are_headings_with_the_anchors_of_the_site() -> None:
    text = markdown_page(_pages(finished(NFC))[0])

    assert "\n# NFC coupon redemption fails" in text
    assert "\n## Clocks { #clocks }\n" in text


def test_front_matter_holds_the_title_as_text() -> None:
    record = finished(NFC).model_copy(update={"title": "<b>: 'x' {{ y }}"})

    _, head, _ = markdown_page(_pages(record)[0]).split("---\n", 2)

    assert "&lt;b&gt;: &#x27;x&#x27; {{ y }}" in yaml.safe_load(head)["title"]


def test_the_table_of_all_bugs_has_the_room_of_the_contents() -> None:
    page = _pages(finished(NFC))[0]
    hidden = {
        kind: yaml.safe_load(markdown_page(replace(page, kind=kind)).split("---\n")[1]).get("hide")
        for kind in ("list", "metrics", "reference")
    }

    assert hidden == {"list": ["navigation", "toc"], "metrics": ["navigation"], "reference": None}
