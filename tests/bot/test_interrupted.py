"""What a killed bot had acknowledged and not begun is done after all, or offered; never twice."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.blocks.home import SEARCH
from bot.interrupted import adopt
from bot.kept import Kept
from bot.recorder import ADOPTED_AFTER
from demo.message import newest_pressable, visible_text
from demo.signed_person import SignedPerson
from tests.bot.office import BUG, INCIDENTS, Office, open_office, serving_bot
from tests.bot.open_form import give_up
from tests.bot.test_killed_bot import wait_until
from tests.postgresql import new_database
from tracker.assembly import OwedAnswer
from tracker.store.secrets import SecretScanner

NOTE: dict[str, Any] = {"command": "/bug", "text": "note 1 Seen again"}


def leave(
    office: Office, request: str = "trigger-9", *, seconds_ago: float = 1.0, **about: Any
) -> None:
    """Let a bot that is gone have taken something in, and have begun nothing."""
    at = office.tracker.now() - timedelta(seconds=seconds_ago)
    told = {"channel": "C0INCIDENTS", "at": at.isoformat(), **about}
    note = OwedAnswer(request=request, user="U0QA", about=json.dumps(told))
    office.tracker.ledger.answers.owe(note)


def take_over(office: Office) -> None:
    adopt(office.bot.desk, older_than=timedelta(0))


def owes(office: Office) -> bool:
    return office.tracker.ledger.answers.owes("trigger-9")


def notes(office: Office) -> int:
    return sum("note: Seen again" in subject for subject in office.subjects())


def told(office: Office, words: str) -> list[str]:
    texts = map(visible_text, office.person("qa").messages(INCIDENTS))
    return [text for text in texts if words in text]


@pytest.fixture
def replica(office: Office, tmp_path: Path, scanner: SecretScanner) -> Iterator[str]:
    """The address of another bot on the same ledger."""
    with serving_bot(office.state, office.git, tmp_path / "data", scanner) as (_, url):
        yield url


def test_a_command_is_carried_out_by_the_next_bot_once_it_is_sure_that_nobody_does(
    office: Office,
) -> None:
    office.bring("report")
    leave(office, **NOTE)

    adopt(office.bot.desk, older_than=ADOPTED_AFTER)
    assert owes(office), "another bot may be at work on it"
    take_over(office)
    office.person("qa").await_message(INCIDENTS, f"✅ {BUG}: Seen again")
    wait_until(lambda: not office.tracker.ledger.answers.owed(9))
    take_over(office)

    assert notes(office) == 1
    assert len(told(office, f"✅ {BUG}: Seen again")) == 1


def test_a_command_of_a_replica_that_is_gone_is_carried_out_without_waiting(
    tmp_path: Path, scanner: SecretScanner, postgresql_server: str
) -> None:
    database_url = new_database(postgresql_server)
    with open_office(tmp_path, scanner, database_url=database_url) as office:
        office.bring("report")
        leadership = office.tracker.leadership
        leave(office, bot=leadership.owner, **NOTE)
        adopt(office.bot.desk, older_than=ADOPTED_AFTER)
        assert owes(office), "it works, and is at work on it"
        office.tracker.ledger.answers.settle("trigger-9", office.tracker.now())

        leave(office, "trigger-8", bot="another", **NOTE)
        leadership.alive_seconds = 0.0
        adopt(office.bot.desk, older_than=ADOPTED_AFTER)
        office.person("qa").await_message(INCIDENTS, f"✅ {BUG}: Seen again")

        assert notes(office) == 1


def test_a_refusal_of_what_is_carried_out_late_is_told(office: Office) -> None:
    office.bring("report")
    leave(office, command="/bug", text="approve 1")

    take_over(office)

    office.person("qa").await_message(INCIDENTS, f"Approve is not possible yet for {BUG}")
    wait_until(lambda: not owes(office))


def test_a_form_is_offered_where_its_command_comes_too_late_to_open_it(office: Office) -> None:
    office.bring("report")
    leave(office, command="/bug", text="triage 1")

    take_over(office)

    office.person("qa").await_message(INCIDENTS, "This needs a form: open it with the button.")
    wait_until(lambda: not owes(office))


@pytest.mark.parametrize(
    "about", [{"seconds_ago": 100.0}, {"tried": True}], ids=["typed long ago", "tried before"]
)
def test_a_command_that_may_be_typed_again_or_do_harm_is_offered_and_done_once_when_pressed(
    office: Office, replica: str, about: dict[str, Any]
) -> None:
    office.bring("report")
    leave(office, **NOTE, **about)

    take_over(office)
    qa = office.person("qa")
    offer = qa.await_message(INCIDENTS, "Bugbook was restarted")
    assert "at work on “/bug note 1 Seen again”, and nothing of it was recorded" in offer["text"]
    wait_until(lambda: not owes(office))
    assert notes(office) == 0
    qa.press(INCIDENTS, "Do it now")
    qa.await_message(INCIDENTS, f"✅ {BUG}: Seen again")
    for url in (office.bot_url, replica):
        replace(qa, bot_url=url).press(INCIDENTS, "Do it now")
        qa.await_message(INCIDENTS, "This was taken up before")

    assert notes(office) == 1


def test_an_answer_that_was_noted_is_given_and_nothing_is_done_anew(office: Office) -> None:
    office.bring("report")
    leave(office, **NOTE, answers=[{"text": "Not possible.", "blocks": []}])

    take_over(office)

    office.person("qa").await_message(INCIDENTS, "Not possible.")
    assert not told(office, "restarted")
    assert notes(office) == 0


def test_a_button_that_was_pressed_in_vain_is_offered_again(office: Office) -> None:
    office.bring("report")
    leave(office, verb="note", bug=BUG)

    take_over(office)

    qa = office.person("qa")
    offer = qa.await_message(INCIDENTS, "Bugbook was restarted")
    assert f"at work on “Add note” for {BUG}, and nothing" in offer["text"]
    qa.press(INCIDENTS, "Add note", ts=offer["ts"])
    qa.form("Add a note")


def kill_while_pressing(office: Office, person: SignedPerson, button: str) -> None:
    """Let a bot take a pressed button in and be killed before it did anything about it."""
    place = office.state.channel_id(INCIDENTS)
    seen = office.state.visible(place, person.user_id)
    pressable = newest_pressable(seen, button, ts=None, option=None)
    assert pressable is not None
    body = {
        "type": "block_actions",
        "trigger_id": "trigger-8",
        "user": {"id": person.user_id},
        "channel": {"id": place},
        "actions": [pressable[1]],
    }
    bot = office.bot.desk.recorder.receipts
    assert replace(bot, _held=Kept()).take(body) == "trigger-8"
    take_over(office)


def test_what_was_to_be_done_when_it_was_pressed_is_offered_again_and_done_once(
    office: Office,
) -> None:
    office.bring("report")
    leave(office, **NOTE, seconds_ago=100.0)
    take_over(office)
    qa = office.person("qa")
    qa.await_message(INCIDENTS, "Bugbook was restarted")

    kill_while_pressing(office, qa, "Do it now")

    wait_until(lambda: len(told(office, "at work on “/bug note 1 Seen again”")) == 2)
    qa.press(INCIDENTS, "Do it now")
    qa.await_message(INCIDENTS, f"✅ {BUG}: Seen again")
    assert notes(office) == 1


def test_any_button_is_offered_again_by_its_name(office: Office) -> None:
    office.bring("report")
    qa = office.person("qa")
    qa.slash_command(INCIDENTS, "/bug note 1")
    give_up(qa, {"What happened": "Nonsense"})
    qa.await_message(INCIDENTS, "without submitting it")

    kill_while_pressing(office, qa, "Discard it")

    offer = qa.await_message(INCIDENTS, "Bugbook was restarted")
    assert f"at work on “Discard it” for {BUG}, and nothing" in offer["text"]
    qa.press(INCIDENTS, "Discard it", ts=offer["ts"])
    qa.await_message(INCIDENTS, "is discarded")


def test_the_answer_which_bug_is_meant_still_does_what_was_typed_when_it_is_pressed_again(
    office: Office,
) -> None:
    office.bring("report")
    office.report("Login fails", **{"Actual behaviour": "Nobody gets in"})
    qa = office.person("qa")
    qa.slash_command(INCIDENTS, "/bug note Seen again")
    qa.await_message(INCIDENTS, "Which bug do you mean?")

    kill_while_pressing(office, qa, "Add note")

    offer = qa.await_message(INCIDENTS, "Bugbook was restarted")
    qa.press(INCIDENTS, "Add note", ts=offer["ts"])
    qa.await_message(INCIDENTS, ": Seen again")
    assert notes(office) == 1


def test_a_search_of_the_home_page_is_offered_again_with_its_words(office: Office) -> None:
    office.bring("report")
    body = {
        "type": "block_actions",
        "trigger_id": "trigger-9",
        "user": {"id": "U0QA"},
        "container": {"type": "view", "view_id": "V1"},
        "view": {"type": "home", "id": "V1"},
        "actions": [
            {"type": "plain_text_input", "action_id": SEARCH, "value": "Redemption & <fails>"}
        ],
    }
    bot = office.bot.desk.recorder.receipts
    assert replace(bot, _held=Kept()).take(body) == "trigger-9"

    take_over(office)

    qa = office.person("qa")
    (channel,) = {
        each["channel"] for each in office.calls("chat.postMessage") if "U0QA" in str(each)
    }
    offer = qa.await_message(channel, "Nothing is lost; search again:")
    assert "restarted while it searched for “Redemption & <fails>”" in visible_text(offer)
    qa.press(channel, "Search again for “Redemption & <fails>”", ts=offer["ts"])
    qa.await_message(channel, "Redemption fails")
    wait_until(lambda: not owes(office))


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ({"searched": ""}, "Nothing is lost: open the page again."),
        ({"shortcut": True}, "the shortcut that you chose at a message, and nothing"),
        ({"closed": True}, "What you entered in it is kept for a week: open the form again"),
        ({}, "If no form is open before you, please press it again."),
    ],
    ids=["a home page", "a shortcut", "a closed form", "anything else"],
)
def test_whoever_did_something_else_is_told_how_to_go_on(
    office: Office, about: dict[str, Any], words: str
) -> None:
    office.bring("report")
    leave(office, **about)

    take_over(office)

    assert words in office.person("qa").await_message(INCIDENTS, "Bugbook was restarted")["text"]
    wait_until(lambda: not owes(office))
