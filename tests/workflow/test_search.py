"""Search: what a person typed finds the bug that was meant."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders.incident import EVERY, LOGIN, NFC, REDIS, TOKEN, finished
from tests.builders.life import USUAL, Life
from tests.builders.searching import search_bugs
from tracker.model.record import BugRecord

INCIDENTS = tuple(finished(name) for name in EVERY)


def bug(number: int, title: str, **fields: Any) -> BugRecord:
    life = Life()
    life.act("report", **{**USUAL["report"], "id": f"BUG-{number:04d}", "title": title, **fields})
    return life.bug


SLOW = bug(7, "Login page is slow", what_is_broken="The login page takes long.")
CONFLICT = bug(
    42,
    "Sign-in fails",
    what_is_broken="Some people are sent back to the login page.",
    logs="2026-03-02T09:00:00Z ERROR Token refresh conflict for user 17 [request 9f3a]",
)
COLOUR = bug(108, "Wrong colour of a button", what_is_broken="The button of page 42 is grey.")
BUGS = (SLOW, CONFLICT, COLOUR)


def found(query: str, records: tuple[BugRecord, ...] = BUGS) -> list[str]:
    return [hit.bug for hit in search_bugs(query, records)]


@pytest.mark.parametrize("typed", ["42", "#42", "BUG-0042", "bug-0042", " BUG-0042 "])
def test_a_number_finds_its_bug_first(typed: str) -> None:
    assert found(typed)[0] == "BUG-0042"


def test_a_former_number_still_finds_its_bug() -> None:
    moved = COLOUR.model_copy(update={"formerly": ("BUG-0011",)})

    assert found("BUG-0011", (SLOW, CONFLICT, moved)) == ["BUG-0108"]


@pytest.mark.parametrize("record", INCIDENTS, ids=lambda record: record.id)
def test_a_whole_title_finds_its_bug_first(record: BugRecord) -> None:
    assert found(record.title.upper(), INCIDENTS)[0] == record.id


@pytest.mark.parametrize(
    ("typed", "name"),
    [("invalid signature", NFC), ("REDIS_PORT", LOGIN), ("failover", REDIS), ("race", TOKEN)],
)
def test_words_of_an_incident_find_it_first(typed: str, name: str) -> None:
    assert found(typed, INCIDENTS)[0] == finished(name).id


def test_a_pasted_message_finds_its_bug_whatever_its_user_and_request() -> None:
    (hit,) = search_bugs("ERROR Token refresh conflict for user 9 [request 77c1]", BUGS)

    assert (hit.bug, hit.where) == ("BUG-0042", "report.logs")
    assert "Token refresh conflict for user 17" in hit.snippet


def test_a_word_in_a_title_counts_more_than_one_in_a_description() -> None:
    assert found("login") == ["BUG-0007", "BUG-0042"]


def test_the_beginning_of_a_word_is_enough() -> None:
    assert found("colo") == ["BUG-0108"]


def test_a_number_that_no_bug_has_finds_nothing_for_its_prefix_alone() -> None:
    assert found("BUG-9999") == []


@pytest.mark.parametrize("typed", ["zebra", "…", "", "  ", "zebra crossing login"])
def test_what_no_record_holds_finds_nothing(typed: str) -> None:
    assert found(typed) == []


def test_a_snippet_is_one_short_line_around_the_word() -> None:
    text = "before " * 60 + "\n needle\tin a haystack\n" + "after " * 60
    (hit,) = search_bugs("needle", (bug(3, "Long story", what_is_broken=text), SLOW))

    assert len(hit.snippet) <= 162
    assert "before needle in a haystack after" in hit.snippet
    assert (hit.snippet[0], hit.snippet[-1]) == ("…", "…")


def test_no_more_are_told_than_asked_for() -> None:
    many = tuple(bug(number, "Login fails") for number in range(1, 9))

    assert [hit.bug for hit in search_bugs("login", many, most=2)] == ["BUG-0001", "BUG-0002"]


@given(typed=st.text(max_size=40) | st.sampled_from(["login page", "page 42", "a the of is"]))
def test_nothing_that_is_typed_breaks_the_search_and_the_order_of_records_is_no_matter(
    typed: str,
) -> None:
    hits = search_bugs(typed, BUGS)

    assert hits == search_bugs(typed, BUGS[::-1])
    assert all(hit.score > 0 for hit in hits)
