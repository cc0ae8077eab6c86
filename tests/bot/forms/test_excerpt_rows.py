import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.forms.excerpt_rows import (
    read_changelog,
    read_excerpts,
    write_changelog,
    write_excerpts,
)
from bot.forms.measure_rows import read_costs, write_costs
from bot.forms.scene import UnreadableError
from tracker.model.changelog import ChangeKind, ChangeLine
from tracker.model.excerpt import Excerpt
from tracker.model.report import Cost

WORDS = st.from_regex(r"[a-z][a-z0-9 ,.()]{0,30}[a-z)]", fullmatch=True)
CODE = st.lists(WORDS, min_size=1, max_size=4).map("\n    ".join)


@given(
    st.lists(
        st.builds(
            Excerpt,
            place=WORDS,
            note=st.none() | WORDS,
            language=st.none() | WORDS,
            code=st.none() | CODE,
        ),
        max_size=3,
    )
)
def test_places_with_their_code_are_read_as_they_are_written(excerpts: list[Excerpt]) -> None:
    read = read_excerpts(write_excerpts(tuple(excerpts)))

    assert [Excerpt.model_validate(row) for row in read] == excerpts


@given(st.lists(st.builds(ChangeLine, kind=st.sampled_from(ChangeKind), text=WORDS), max_size=4))
def test_lines_of_a_changelog_are_read_as_they_are_written(changes: list[ChangeLine]) -> None:
    read = read_changelog(write_changelog(tuple(changes)))

    assert [ChangeLine.model_validate(row) for row in read] == changes


@given(st.lists(st.builds(Cost, what=WORDS, amount=WORDS, detail=st.none() | WORDS), max_size=4))
def test_costs_are_read_as_they_are_written(costs: list[Cost]) -> None:
    read = read_costs(write_costs(tuple(costs)))

    assert [Cost.model_validate(row) for row in read] == costs


def test_code_keeps_its_indentation() -> None:
    (row,) = read_excerpts("health.py | Ask Redis | python\ndef check():\n    return ping()")

    assert row == {
        "place": "health.py",
        "note": "Ask Redis",
        "language": "python",
        "code": "def check():\n    return ping()",
    }


@pytest.mark.parametrize("text", ["Login works again", "repaired: Login works again"])
def test_a_line_of_the_changelog_needs_a_known_kind(text: str) -> None:
    with pytest.raises(UnreadableError, match="Line 1: begin it with its kind and a colon"):
        read_changelog(text)


def test_a_cost_needs_its_amount() -> None:
    with pytest.raises(UnreadableError, match="what it was"):
        read_costs("Support time")
