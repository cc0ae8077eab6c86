"""Narratives are Markdown, and nothing but."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.highlight import highlighted
from generator.markdown import Markdown

_MARKDOWN = Markdown()
_SIGNS = "ab  1é²ß中.,;:()'/%?+-=!~_\N{NO-BREAK SPACE}\N{COMBINING ACUTE ACCENT}"
_LINE = st.text(_SIGNS).map(str.rstrip)


def _html(text: str) -> str:
    return Markdown().html(text).strip()


def test_markdown_of_a_narrative_is_rendered() -> None:
    assert _html("It **failed** in `nfc`.") == (
        "<p>It <strong>failed</strong> in <code>nfc</code>.</p>"
    )


def test_headings_of_a_narrative_stand_below_those_of_the_page() -> None:
    assert _html("# One\n\n#### Four") == "<h4>One</h4>\n<h6>Four</h6>"


def test_raw_html_stays_text() -> None:
    assert _html("<b>x</b>") == "<p>&lt;b&gt;x&lt;/b&gt;</p>"


@pytest.mark.parametrize("address", ["https://example.com/a", "mailto:a@example.com"])
def test_a_link_that_is_safe_is_a_link(address: str) -> None:
    assert f'<a href="{address}" rel="noopener noreferrer">x</a>' in _html(f"[x]({address})")


@pytest.mark.parametrize(
    "address", ["javascript:x", "data:text/html,x", "//host", "../x", "ftp://x", "x"]
)
def test_a_link_that_is_not_safe_stays_text(address: str) -> None:
    assert _html(f"[x]({address})") == f"<p>[x]({address})</p>"


def test_an_image_is_a_link_and_loads_nothing() -> None:
    assert "<img" not in _html("![x](https://example.com/x.png)")


def test_a_table_says_what_its_columns_are() -> None:
    assert '<th scope="col">a</th>' in _html("| a |\n|---|\n| 1 |")


def test_code_of_a_known_language_has_colours_by_class() -> None:
    shown = _html("```python\nreturn 1\n```")

    assert '<span class="k">return</span>' in shown
    assert "style=" not in shown


def test_code_of_an_unknown_language_is_shown_plainly() -> None:
    assert highlighted("<x> return", "klingon") == (
        '<div class="highlight"><pre><code>&lt;x&gt; return</code></pre></div>\n'
    )


def test_a_diagram_stays_code() -> None:
    assert _html("```mermaid\ngraph TD\n```") == (
        '<div class="highlight"><pre><code>graph TD\n</code></pre></div>'
    )


def test_the_same_narrative_is_rendered_once() -> None:
    markdown = Markdown()

    assert markdown.html("*x*") is markdown.html("*x*")


@given(st.lists(_LINE, min_size=1, max_size=4))
def test_plain_words_are_shown_as_the_parser_shows_them(lines: list[str]) -> None:
    text = "\n\n".join(f"A{line}" for line in lines)

    parsed = _MARKDOWN.html(f"{text}\n\n*end*")

    assert parsed == f"{_MARKDOWN.html(text)}<p><em>end</em></p>\n"


@pytest.mark.parametrize("depth", [9, 40, 300])
@pytest.mark.parametrize("sign", ["- ", "> "])
def test_no_words_are_lost_however_deep_they_stand(depth: int, sign: str) -> None:
    levels = (f"{'  ' * at if sign == '- ' else sign * at}{sign}level{at}" for at in range(depth))

    html = Markdown().html("\n".join(levels))

    assert all(f"level{at}" in html for at in range(depth))
