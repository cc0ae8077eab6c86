"""What became of an action is told in sentences, whatever people typed into it."""

import pytest

from bot.outcome_words import as_sentences


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        ((), ""),
        (("See https://example.com/42",), "See https://example.com/42"),
        (("Approved. looks fine", "Moved on."), "Approved. looks fine. Moved on."),
        (("Does it?", "It does"), "Does it? It does"),
    ],
)
def test_texts_are_told_one_after_the_other(texts: tuple[str, ...], told: str) -> None:
    assert as_sentences(texts) == told
