"""Messages in the timeline, roles in an incident, reminders that rest."""

from datetime import timedelta

import pytest

from tests.builders.life import BACKEND, SENIOR, Life, life_at
from tracker.model.record import BugRecord
from tracker.workflow.decision import Accepted, Refused
from tracker.workflow.growth import lost
from tracker.workflow.history import lasting
from tracker.workflow.incidents import slug
from tracker.workflow.replay import replay

SOURCE = "https://example.com/archives/C1/p1"


def quote(life: Life, text: str) -> Life:
    return life.act("quote", text=text, source=SOURCE, said_by="QA Team")


def told(record: BugRecord) -> list[str]:
    return [entry.text for entry in lasting(record.timeline) if entry.source == SOURCE]


def refusals(life: Life, verb: str, **fields: object) -> list[str]:
    decision = life.ask(verb, BACKEND, **fields)
    assert isinstance(decision, Refused)
    return [reason.sentence for reason in decision.reasons]


def test_a_message_stands_in_the_timeline_with_its_author() -> None:
    assert told(quote(life_at("triaged"), "Redis is full").bug) == ["QA Team: Redis is full"]


def test_a_message_stands_there_once() -> None:
    life = quote(life_at("triaged"), "Redis is full")

    assert refusals(life, "quote", text="Redis is full", source=SOURCE, said_by="QA Team") == [
        "This message is in the timeline of BUG-0001 already."
    ]


def test_an_edited_message_takes_the_place_of_what_it_said() -> None:
    life = quote(quote(life_at("triaged"), "Redis is ful"), "Redis is full")
    quote(life, "Redis was full")

    assert told(life.bug) == ["QA Team: Redis was full"]


def test_a_message_that_is_taken_out_may_be_put_in_again() -> None:
    life = quote(life_at("triaged"), "Redis is full").act("retract", source=SOURCE)
    assert told(life.bug) == []

    assert told(quote(life, "Redis is full").bug) == ["QA Team: Redis is full"]


def test_only_what_is_there_can_be_taken_out() -> None:
    life = life_at("triaged")
    nothing = ["There is no message in the timeline of BUG-0001."]
    assert refusals(life, "retract", source=SOURCE) == nothing
    assert refusals(quote(life, "Redis is full"), "retract", source="https://example.com/p1") == [
        "This message is not in the timeline of BUG-0001: give its address."
    ]


def test_history_grows_while_messages_come_and_go() -> None:
    life = life_at("triaged")
    before = life.bug
    quote(quote(life, "one"), "two").act("retract", source=SOURCE)

    assert list(lost(before, life.bug)) == []
    assert replay(before, life.bug, life.policy, life.now) == ()


def test_a_message_cannot_take_back_a_move() -> None:
    life = quote(life_at("triaged"), "Redis is full")
    before = life.bug.model_copy(update={"timeline": life.bug.timeline[:-1]})
    entry = life.bug.timeline[-1].model_copy(update={"undoes": (life.bug.timeline[1].key,)})
    forged = life.bug.model_copy(update={"timeline": (*before.timeline, entry)})

    (found,) = replay(before, forged, life.policy, life.now)
    assert found.reason.sentence.startswith("A message can only take back what was quoted of it")


def test_a_role_is_held_by_one_person() -> None:
    life = life_at("triaged", "P0").act("take-role", BACKEND, role="scribe")
    life.act("take-role", SENIOR, role="scribe")

    assert [(each.role, each.person) for each in life.bug.responders] == [("scribe", SENIOR)]
    assert life.bug.timeline[-1].text == "Senior Engineer is scribe."


def test_the_commander_leads_the_hotfix_too() -> None:
    life = life_at("triaged", "P0").act("take-role", SENIOR, role="commander")
    life.act("hotfix-declare", BACKEND)
    assert life.bug.hotfix is not None
    assert life.bug.hotfix.commander == SENIOR

    life.act("take-role", BACKEND, role="commander")
    assert life.bug.hotfix.commander == BACKEND


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        ("comander", "`comander` is no role in an incident: did you mean `commander`?"),
        ("commander", "Senior Engineer is commander of BUG-0001 already."),
    ],
)
def test_a_role_that_cannot_be_taken_is_refused(role: str, sentence: str) -> None:
    life = life_at("triaged", "P0").act("take-role", SENIOR, role="commander")
    decision = life.ask("take-role", SENIOR, role=role)

    assert isinstance(decision, Refused)
    assert [reason.sentence for reason in decision.reasons] == [sentence]


def test_reminders_rest_until_a_moment_that_is_kept() -> None:
    life = life_at("triaged")
    until = life.now + timedelta(hours=3)
    life.act("snooze", until=until, reason="Waiting for the vendor")

    assert life.bug.snooze is not None
    assert life.bug.snooze.until == until
    assert life.bug.timeline[-1].text.startswith("Reminders rest until 2026-03-02")
    assert isinstance(life.ask("note", BACKEND, text="Still waiting"), Accepted)


@pytest.mark.parametrize(("hours", "told_so"), [(-1, "is over already"), (999, "7 d at most")])
def test_reminders_rest_neither_backwards_nor_for_ever(hours: int, told_so: str) -> None:
    life = life_at("triaged")
    (sentence,) = refusals(life, "snooze", until=life.now + timedelta(hours=hours))

    assert told_so in sentence


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("NFC coupon redemption fails!", "nfc-coupon-redemption-fails"),
        ("Überlauf in Zürich", "uberlauf-in-zurich"),
        ("🔥🔥🔥", "bug"),
        ("x" * 150, "x" * 40),
        ('NFC redemption fails with "Invalid signature"', "nfc-redemption-fails-with-invalid"),
    ],
)
def test_a_title_becomes_a_part_of_a_channel_name(title: str, expected: str) -> None:
    assert slug(title) == expected
