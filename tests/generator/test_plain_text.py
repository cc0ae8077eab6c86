"""One line of text has the words of a narrative, and none of its marks."""

import pytest

from generator.plain_text import plain_text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It failed.\nTwice.", "It failed. Twice."),
        ("It **failed** in `nfc`, *again*, ~~not~~.", "It failed in nfc, again, not."),
        ('Answer:\n\n```json\n{"error": "late"}\n```\n', 'Answer: {"error": "late"}'),
        ("See [the runbook](https://example.com/x).", "See the runbook."),
        ("![A chart](https://example.com/x.png)", "A chart"),
        ("# Cause\n\n- one\n- two\n\n1. three\n\n> said", "Cause one two three said"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a b 1 2"),
        ("First\n\n    indented", "First indented"),
        ("a_name_with_underscores and 2 * 3", "a_name_with_underscores and 2 * 3"),
        ("<b>raw</b> &amp; \\*kept\\*", "<b>raw</b> & *kept*"),
        ("", ""),
    ],
)
def test_marks_are_left_out(text: str, told: str) -> None:
    assert plain_text(text) == told
