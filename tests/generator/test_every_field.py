"""No field of a record without a page."""

import re

import pytest

from tests.builders.full_record import Filled, full_record
from tests.builders.pages import everything, pages_of


@pytest.fixture(scope="module")
def filled() -> Filled:
    return full_record()


def test_every_text_of_a_record_stands_on_a_page(filled: Filled) -> None:
    shown = everything(filled.record)

    assert len(filled.words) > 150
    assert [path for path, word in filled.words.items() if word not in shown] == []


def test_every_other_value_of_a_record_changes_a_page(filled: Filled) -> None:
    before = everything(filled.record)
    others = [path for path in filled.others if path not in filled.words]

    assert len(others) > 50
    assert [path for path in others if everything(filled.changed(path)) == before] == []


def test_no_two_things_on_a_page_have_the_same_anchor(filled: Filled) -> None:
    for document, html in pages_of(filled.record).items():
        anchors = re.findall(r'\bid="([^"]+)"', html)
        assert sorted(anchors) == sorted(set(anchors)), document
