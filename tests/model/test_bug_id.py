"""Ids: what people type, what records hold, where files lie."""

import pytest

from tracker.model.bug_id import IdStyle, canonical_id, meant_ids, number_of, record_path

STYLES = (IdStyle(), IdStyle(prefix="DH", width=3))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("42", ("BUG-0042", "DH-042")),
        ("#42", ("BUG-0042", "DH-042")),
        ("bug-42", ("BUG-0042",)),
        ("BUG-0042", ("BUG-0042",)),
        ("dh789", ("DH-789",)),
        ("BUG-123456", ("BUG-123456",)),
        ("XX-1", ()),
        ("../etc", ()),
        ("", ()),
        ("42; rm -rf /", ()),
    ],
)
def test_what_people_type_means_an_id_or_nothing(typed: str, meant: tuple[str, ...]) -> None:
    assert meant_ids(typed, STYLES) == meant
    assert canonical_id(typed, STYLES) == (meant[0] if meant else None)


def test_a_record_lies_in_the_folder_of_its_thousand() -> None:
    assert record_path("BUG-12345") == "bugs/012/BUG-12345.yaml"


def test_a_number_is_read_from_an_id_and_from_nothing_else() -> None:
    assert number_of("DH-789") == 789
    with pytest.raises(ValueError, match="is not a bug id"):
        number_of("DH")
