"""What stands within a line."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from generator.page_models.inline import Day, WebLink, When, cell, joined, link_to
from tracker.model.person import Person


def test_a_time_is_shown_in_utc_whatever_its_offset() -> None:
    at = datetime(2024, 12, 31, 13, 15, tzinfo=timezone(timedelta(hours=1)))

    assert When(at=at).words == "2024-12-31 12:15 UTC"
    assert When(at=at).machine == "2024-12-31T12:15:00Z"


def test_a_cell_takes_what_a_record_holds() -> None:
    moment = datetime(2024, 12, 31, tzinfo=UTC)

    assert cell(None) == cell("") == ()
    assert cell("text") == ("text",)
    assert cell(0) == ("0",)
    assert cell(5000) == ("5,000",)
    assert cell(moment) == (When(at=moment),)
    assert cell(date(2024, 12, 31)) == (Day(date=date(2024, 12, 31)),)
    assert cell(Person(name="Support Team", email="support@example.com")) == ("Support Team",)


def test_what_is_missing_leaves_no_separator() -> None:
    assert joined((None, "a", None, "b", "")) == ("a", ", ", "b")


def test_a_web_address_is_a_link() -> None:
    address = "https://example.com/x"

    assert link_to("Review", address) == WebLink(text="Review", address=address)
    assert link_to(address) == WebLink(text=address, address=address)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "//example.com", "https:", "http://a b", "http://[", "x"]
)
def test_what_is_no_web_address_stays_text(address: str) -> None:
    assert link_to(address) == (address,)
    assert link_to("Review", address) == ("Review", " ", address)


def test_nothing_links_to_nothing() -> None:
    assert link_to(None) == ()
