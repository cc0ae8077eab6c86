"""Texts in several boxes: nothing is lost on the way there and back."""

from hypothesis import given
from hypothesis import strategies as st

from bot.forms.long_text import MOST_PARTS, divided, number_of, whole_values, with_room
from bot.forms.reading import initial_values

_TEXT = st.text(alphabet="ab \n\t漢🧨\u0645", min_size=1, max_size=400).map(str.strip)


def boxes(text: str, most: int) -> dict[str, dict[str, dict[str, str]]]:
    """What Slack sends back of the boxes: it takes spaces at both ends away."""
    return {
        f"what{ending}": {"value": {"value": part.strip()}} for ending, part in divided(text, most)
    }


@given(_TEXT, st.integers(20, 60))
def test_a_divided_text_is_whole_again(text: str, most: int) -> None:
    whole = whole_values(boxes(text, most))["what"]["value"]["value"]

    long_gaps = any(not part.strip() for _, part in divided(text, most))
    assert whole == text or long_gaps or _has_wide_gaps(text, most)


def _has_wide_gaps(text: str, most: int) -> bool:
    """Whether nothing but white space fills half a box, which Slack cannot keep."""
    half, run = most // 2, 0
    for sign in text:
        run = run + 1 if sign.isspace() else 0
        if run >= half:
            return True
    return False


@given(_TEXT, st.integers(20, 60))
def test_no_box_is_too_small_for_its_part(text: str, most: int) -> None:
    parts = divided(text, most)

    assert all(len(part) <= most for _, part in parts)
    assert [number_of(ending) for ending, _ in parts] == list(range(1, len(parts) + 1))


def test_a_text_is_divided_at_paragraphs_first_then_lines_then_words() -> None:
    assert divided("one two\n\nthree", 11) == [("", "one two"), ("~2p", "three")]
    assert divided("one two\nthree", 11) == [("", "one two"), ("~2n", "three")]
    assert divided("one two three", 11) == [("", "one two"), ("~2s", "three")]
    assert divided("onetwothree", 6) == [("", "onetwo"), ("~2x", "three")]


def test_a_nearly_full_box_has_another_one_below_it() -> None:
    assert with_room("x" * 90, 100, lines=False) == [("", "x" * 90), ("~2p", "")]
    assert with_room("x" * 90, 100, lines=True)[1] == ("~2n", "")
    assert with_room("x" * 50, 100, lines=False) == [("", "x" * 50)]
    assert len(with_room("word " * 159, 100, lines=False)) == MOST_PARTS


def test_an_emptied_part_leaves_no_gap() -> None:
    values = boxes("one two\n\nthree", 11)
    values["what~2p"]["value"]["value"] = ""

    assert whole_values(values)["what"]["value"]["value"] == "one two"


def test_other_inputs_stay_as_they_are() -> None:
    values = {"severity": {"value": {"selected_option": {"value": "P1"}}}}

    assert whole_values(values) == values
    assert initial_values([{"type": "section"}]) == {}
