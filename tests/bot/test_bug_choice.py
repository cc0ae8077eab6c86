from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.bug_choice import Choice
from bot.bug_choice import meant_bug as chosen
from bot.bug_filter import UnknownFilterError, read_filter
from tests.builders.life import BACKEND, ONCALL, SENIOR, START, SUPPORT, life_at
from tracker.model.bug_summary import BugSummary
from tracker.model.person import Person
from tracker.model.severity import Severity
from tracker.model.status import Status

NOW = START + timedelta(days=1)


def bug(number: int, status: str = "investigating", title: str = "") -> BugSummary:
    record = life_at(status).bug
    assigned = record.assignment
    return BugSummary(
        id=f"BUG-{number:04d}",
        title=title or record.title,
        status=record.status,
        severity=record.severity,
        reported_at=record.reported.at,
        reporter=record.reported.by.name,
        reporter_email=record.reported.by.email,
        assignee_email=assigned.assignee.email if assigned else "",
        backup_email=assigned.backup.email if assigned and assigned.backup else "",
    )


def meant_bug(
    standing: Sequence[BugSummary], caller: Person, verb: str = "note", text: str = ""
) -> Choice:
    return chosen(standing, caller, verb, NOW, text)


def test_the_only_bug_of_the_assignee_is_meant() -> None:
    mine, other = bug(1), bug(2, "reported")

    assert meant_bug((mine, other), BACKEND).bug == mine


def test_the_backup_works_on_it_too() -> None:
    assert meant_bug((bug(1),), SENIOR).bug == bug(1)


def test_the_reporters_only_bug_is_meant_when_nothing_is_assigned_to_them() -> None:
    assert meant_bug((bug(1),), SUPPORT).bug == bug(1)


def test_several_bugs_of_the_caller_are_offered() -> None:
    choice = meant_bug((bug(1), bug(2)), BACKEND)

    assert choice.bug is None
    assert [record.id for record in choice.candidates] == ["BUG-0001", "BUG-0002"]


def test_somebody_without_a_bug_is_offered_the_open_ones() -> None:
    choice = meant_bug((bug(1),), ONCALL)

    assert choice.bug is None
    assert len(choice.candidates) == 1


def test_a_bug_that_expects_the_command_is_meant_and_not_one_that_has_it_behind_it() -> None:
    verified, reported = bug(1, "verified"), bug(2, "reported")

    assert meant_bug((verified, reported), SUPPORT, "triage").bug == reported
    assert meant_bug((verified, reported), SUPPORT, "close").bug == verified
    assert meant_bug((verified,), SUPPORT, "triage").bug == verified


def test_a_bug_of_others_that_alone_expects_the_command_is_asked_about() -> None:
    mine, others = bug(1), replace(bug(2, "reported"), reporter_email="")

    assert meant_bug((mine, others), BACKEND, "triage").candidates == (others, mine)
    assert meant_bug((mine, others), BACKEND, "note").bug == mine


def test_what_somebody_has_just_reported_may_be_meant_as_well_as_what_they_work_on() -> None:
    mine = bug(1)
    new = replace(bug(2, "reported"), reporter_email=BACKEND.email, reported_at=NOW)
    older = replace(new, reported_at=NOW - timedelta(hours=1))

    assert meant_bug((mine, new), BACKEND, "note").candidates == (mine, new)
    assert meant_bug((mine, older), BACKEND, "note").bug == mine


def test_a_hotfix_is_declared_for_a_bug_that_is_not_on_its_track() -> None:
    on_track, other = replace(bug(1), on_hotfix_track=True), bug(2)

    assert meant_bug((on_track, other), BACKEND, "hotfix-declare").bug == other
    assert meant_bug((on_track, other), BACKEND, "hotfix-implement").bug == on_track


def test_no_more_are_offered_than_can_be_looked_through() -> None:
    assert len(meant_bug([bug(number) for number in range(1, 20)], BACKEND).candidates) == 8


CHECKOUT = bug(1, title="Checkout")
COUPONS = bug(2, "reported", "Coupons are cut off in the cart")


@pytest.mark.parametrize(
    "text", ["coupons cut Rolled back", "Coupon: flag off", "the coupons are back", "Coupons"]
)
def test_a_text_that_begins_with_another_title_is_asked_about(text: str) -> None:
    choice = meant_bug((CHECKOUT, COUPONS), BACKEND, text=text)

    assert choice.bug is None
    assert [each.id for each in choice.candidates] == ["BUG-0002", "BUG-0001"]
    assert "is in the title of BUG-0002" in choice.lead
    assert "this would be about BUG-0001" in choice.lead


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Checkout and coupons are back",
        "Rolled back the coupons",
        "Cut the traffic off",
        "off since noon",
        "are you sure?",
        "— “” …",
        "🧨 coupons",
    ],
)
def test_prose_is_about_the_only_bug_of_the_caller(text: str) -> None:
    assert meant_bug((CHECKOUT, COUPONS), BACKEND, text=text).bug == CHECKOUT


def test_a_word_of_many_titles_names_none_of_them() -> None:
    many = [bug(number, "reported", f"Coupons, the {number}th") for number in range(2, 9)]

    assert meant_bug((CHECKOUT, *many), BACKEND, text="coupons are back").bug == CHECKOUT


def test_a_bug_that_is_named_is_offered_first() -> None:
    choice = meant_bug((CHECKOUT, bug(3, title="Login"), COUPONS), BACKEND, text="coupons are back")

    assert [each.id for each in choice.candidates] == ["BUG-0002", "BUG-0001", "BUG-0003"]
    assert not choice.lead


def test_words_of_a_list_are_understood() -> None:
    wanted = read_filter(
        "P1 p0 code-review mine signature", {"category": "Caching"}, me=BACKEND, people={}
    )

    assert wanted.severities == (Severity.P1, Severity.P0)
    assert wanted.statuses == (Status.CODE_REVIEW,)
    assert wanted.assignee == BACKEND.email
    assert wanted.category == "Caching"
    assert wanted.text == "signature"


def test_a_list_shows_open_bugs_unless_all_are_asked_for() -> None:
    assert read_filter("", {}, me=BACKEND, people={}).is_open is True
    assert read_filter("all", {}, me=BACKEND, people={}).is_open is None
    assert read_filter("closed", {}, me=BACKEND, people={}).is_open is None


def test_a_mentioned_person_is_the_assignee() -> None:
    people = {"U0SENIOR": SENIOR}

    assert read_filter("<@U0SENIOR>", {}, me=BACKEND, people=people).assignee == SENIOR.email
    assert read_filter("", {"assignee": "<@U0SENIOR>"}, me=BACKEND, people=people).assignee == (
        SENIOR.email
    )


@pytest.mark.parametrize("name", ["@nobody", "backnd", "<@U0GONE>"])
def test_an_assignee_who_is_nobody_is_told_instead_of_an_empty_list(name: str) -> None:
    with pytest.raises(UnknownFilterError, match="is nobody whom Bugbook knows"):
        read_filter("", {"assignee": name}, me=BACKEND, people={"U0SENIOR": SENIOR})


def test_an_assignee_is_known_by_their_address_in_a_terminal() -> None:
    people = {SENIOR.email: SENIOR}
    wanted = read_filter("", {"assignee": SENIOR.email}, me=BACKEND, people=people)

    assert wanted.assignee == SENIOR.email


def test_the_bug_whose_whole_title_a_text_begins_with_is_offered_first() -> None:
    other = bug(3, title="Coupon redemption list is empty")
    meant = bug(2, title="Coupon redemption fails")
    text = "Coupon redemption fails on iOS after the update"

    choice = meant_bug((other, meant, CHECKOUT), BACKEND, text=text)

    assert [each.id for each in choice.candidates][:2] == ["BUG-0002", "BUG-0003"]
