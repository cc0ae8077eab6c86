"""Narrative Markdown to HTML that is safe to show, whoever wrote it.

Parser and sanitiser are loaded for the first text with marks: few have any.
"""

import re

_SIGNS = r"-\w,.;:()'/%?+"
_LINE = rf"[^\W\d](?:[{_SIGNS} ]*[{_SIGNS}])?"
_PLAIN = re.compile(rf"{_LINE}(?:\n\n{_LINE})*")
"""Paragraphs of words, as most narratives are: nothing in them means anything to Markdown."""


class Markdown:
    """Renders narratives; the same text is rendered once."""

    def __init__(self) -> None:
        self._done: dict[str, str] = {}

    def html(self, text: str) -> str:
        """The narrative as HTML: raw HTML in it is text, links lead to the web or to mail only."""
        found = self._done.get(text)
        if found is None:
            found = self._done[text] = _plain(text) or _marked(text)
        return found


def _plain(text: str) -> str:
    """Nothing where a text may have marks."""
    if "_" in text or not _PLAIN.fullmatch(text):
        return ""
    return "".join([f"<p>{paragraph}</p>\n" for paragraph in text.split("\n\n")])


def _marked(text: str) -> str:
    from generator.marked_text import marked_html

    return marked_html(text)
