"""Text of a record is text, whatever it looks like."""

from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markdown import Markdown
from tests.builders.full_record import full_record
from tests.builders.pages import pages_of
from tracker.model.record import BugRecord

SPELL = "Q`}}</title></svg><script>alert(1)</script><img src=x onerror=alert(2)>"
HOSTILE = (
    SPELL,
    "{{ config }} {% raw %} {# x #}",
    "{: onclick=alert(1) } {.bb-kpi} :smile: [[toc]] --8<-- 'x'",
    "[x](javascript:alert(1)) <javascript:alert(1)> ![x](http://elsewhere.example/x.png)",
    "[x](data:text/html,hi) [y](//elsewhere.example) [z](../../secret)",
    "<a href='javascript:alert(1)' style='color:red'>x</a> &lt;b&gt; &amp;",
    "javascript:alert(1)//https://example.com",
    '\'" onmouseover=alert(1) x="',
)
TAGS = set(
    """a blockquote br code del div em h4 h5 h6 hr li ol p pre s span strong
    table tbody td th thead tr ul""".split()  # noqa: SIM905 - a list of words reads better
)


class _Page(HTMLParser):
    """Collects what could act: tags, attributes, addresses."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: set[str] = set()
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self.addresses.update(
            value or "" for name, value in attrs if name in {"href", "src", "action"}
        )

    def handle_data(self, data: str) -> None:
        self.text += data


def _with_text(text: str) -> BugRecord:
    """The full record with this text in every field that takes it."""
    filled = full_record()
    values: dict[str, Any] = filled.values
    for path in filled.words:
        target: Any = values
        for step in path[:-1]:
            target = target[step]
        before, target[path[-1]] = target[path[-1]], text
        try:
            BugRecord.model_validate(values)
        except ValueError:
            target[path[-1]] = before
    return BugRecord.model_validate(values)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_every_field_adds_nothing_that_acts(text: str) -> None:
    harmless = {name: _Page(html) for name, html in pages_of(full_record().record).items()}

    for name, html in pages_of(_with_text(text)).items():
        page = _Page(html)
        assert page.tags - harmless[name].tags <= {"a", "code", "em", "strong", "p"}, name
        assert page.attributes - harmless[name].attributes <= {"rel"}, name
        assert all(
            address.startswith(("/api/bugs/", "/browse/", "/bugs/", "#", "https://", "http://"))
            for address in page.addresses
        ), page.addresses


def test_hostile_text_can_be_read_as_it_was_written() -> None:
    pages = pages_of(_with_text(SPELL))

    assert SPELL in _Page(pages["index"]).text
    assert all("<script" not in html for html in pages.values())


def test_template_syntax_stays_text() -> None:
    shown = pages_of(_with_text("{{ 6 * 7 }}{% for x in y %}"))["index"]

    assert "{{ 6 * 7 }}{% for x in y %}" in shown


@given(st.text(max_size=200))
def test_no_narrative_becomes_more_than_prose(text: str) -> None:
    page = _Page(Markdown().html(text))

    assert page.tags <= TAGS
    assert page.attributes <= {"class", "href", "rel", "scope", "start", "title"}
    assert all(address.startswith(("http://", "https://", "mailto:")) for address in page.addresses)
