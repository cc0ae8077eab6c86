"""The same conversations as over the stand-in, over signed HTTP and the in-process Web API."""

import dataclasses
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient

from demo.cast import SOCKET_APP, SlackApp, workspace
from demo.participant import NotAcknowledgedError
from demo.signed_person import SignedPerson
from demo.web_api import running_web_api
from demo.wsgi_thread import serving
from tests.block_kit.log import problems_in_calls
from tests.demo import conversation
from tests.demo.tiny_bot import tiny_bot


@pytest.fixture
def people() -> Iterator[Callable[[str], SignedPerson]]:
    with ExitStack() as stack:
        state = stack.enter_context(running_web_api(workspace()))
        handler = SlackRequestHandler(tiny_bot(state.base_url, SOCKET_APP), path="/slack/events")
        bot_url = stack.enter_context(serving(handler)) + "/slack/events"
        yield lambda user_id: SignedPerson(
            state=state, user_id=user_id, bot_url=bot_url, patience=60.0
        )


@pytest.fixture
def person(people: Callable[[str], SignedPerson]) -> SignedPerson:
    return people("U0SUPPORT")


def test_a_form_is_refused_corrected_and_leads_to_a_button_over_signed_http(
    person: SignedPerson,
) -> None:
    conversation.play_command_to_button(person)

    assert problems_in_calls(person.state.calls) == []


def test_a_form_may_lead_to_the_next_form_over_signed_http(person: SignedPerson) -> None:
    conversation.play_two_forms_in_a_row(person)


def test_a_closed_form_is_gone_over_signed_http(person: SignedPerson) -> None:
    conversation.play_closing_a_form(person)


def test_a_private_answer_is_seen_by_one_person_over_signed_http(
    person: SignedPerson, people: Callable[[str], SignedPerson]
) -> None:
    conversation.play_private_answers(person, people("U0QA"))


def test_messages_and_reactions_reach_the_bot_over_signed_http(person: SignedPerson) -> None:
    conversation.play_a_talk_in_the_channel(person)


def test_wrong_names_are_told_with_the_right_ones_over_signed_http(person: SignedPerson) -> None:
    conversation.play_wrong_names(person)


def test_waiting_ends_and_tells_what_was_there_over_signed_http(person: SignedPerson) -> None:
    conversation.play_waiting_in_vain(dataclasses.replace(person, patience=0.1))


def test_a_bot_that_does_not_acknowledge_is_an_error_over_signed_http(
    person: SignedPerson,
) -> None:
    conversation.play_silence(person)


def test_a_bot_that_is_not_there_is_an_error(person: SignedPerson) -> None:
    nowhere = dataclasses.replace(person, bot_url="http://127.0.0.1:9/slack/events")

    with pytest.raises(NotAcknowledgedError):
        nowhere.slash_command("#general", "/bug help")


def test_a_wrong_signature_is_refused_by_the_bot(person: SignedPerson) -> None:
    stranger = SlackApp(app_id="A0OTHER", bot_user_id="U0OTHER")
    state = dataclasses.replace(person.state, app=stranger)

    with pytest.raises(NotAcknowledgedError, match="HTTP 401"):
        dataclasses.replace(person, state=state).slash_command("#general", "/bug help")


def test_a_bad_payload_is_found_in_the_calls(person: SignedPerson) -> None:
    client = WebClient(SOCKET_APP.bot_token, base_url=f"{person.state.base_url}/api/")
    client.chat_postMessage(channel="C0GENERAL", text="x", blocks=[{"type": "section"}])
    with pytest.warns(UserWarning, match="text"):
        client.chat_postMessage(channel="C0GENERAL", blocks=[{"type": "divider"}])

    problems = problems_in_calls(person.state.calls)

    assert [problem.split(": ")[0] for problem in problems] == ["chat.postMessage"] * 2
    assert "no text" in problems[1]
