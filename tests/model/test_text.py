from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.hostile_values import raw_texts
from tracker.model.text import (
    MAXIMUM_LENGTH,
    UNSAFE_CHARACTER,
    TextTooLong,
    normalise,
    normalise_value,
)


@given(raw_texts)
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(raw_texts)
def test_no_unsafe_character_is_left(text: str) -> None:
    assert not UNSAFE_CHARACTER.search(normalise(text))


@given(st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Cn", "Zl", "Zp"))))
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert normalise(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb\rc\x85d\u2028e\u2029f", "a\nb\nc\nd\ne\nf"),
        ("\ufeffa\ufeffb", "ab"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("\x00\x0b\x7f\x9f", "\\x00\\x0b\\x7f\\x9f"),
        ("abc\u202egnp.exe", "abc\\u202egnp.exe"),
        ("\u2066a\u2069", "\\u2066a\\u2069"),
        ("\ud800", "\\ud800"),
        ("\tindented\n", "\tindented\n"),
        ("👩\u200d💻 é 日本", "👩\u200d💻 é 日本"),
    ],
)
def test_each_kind_of_unsafe_character_becomes_visible_or_a_line_end(
    text: str, expected: str
) -> None:
    assert normalise(text) == expected


def test_values_are_normalised_at_every_depth_and_numbers_stay() -> None:
    value: dict[str, Any] = {"a\x00": ["\r\n", {"b": "\x1b"}], "n": 1, "t": True, "z": None}

    assert normalise_value(value) == {
        "a\\x00": ["\n", {"b": "\\x1b"}],
        "n": 1,
        "t": True,
        "z": None,
    }


def test_the_longest_text_is_kept_and_one_character_more_is_refused() -> None:
    assert normalise("x" * MAXIMUM_LENGTH) == "x" * MAXIMUM_LENGTH
    with pytest.raises(TextTooLong, match="20,001 characters long"):
        normalise("x" * (MAXIMUM_LENGTH + 1))


def test_a_text_that_only_escaping_makes_too_long_is_refused() -> None:
    with pytest.raises(TextTooLong, match="at most 20,000 are kept"):
        normalise("\x00" * MAXIMUM_LENGTH)


def test_a_long_text_is_named_by_its_field() -> None:
    with pytest.raises(TextTooLong) as refusal:
        normalise_value({"report": {"steps": ["fine", "x" * 30_000]}})

    assert refusal.value.field == "report.steps[1]"
    assert str(refusal.value) == (
        "The text in `report.steps[1]` is 30,000 characters long, and at most 20,000 are kept."
        " Shorten it, or attach it as a file."
    )
