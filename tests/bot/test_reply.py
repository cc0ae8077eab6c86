"""The way back to a person: response URL, channel, direct message."""

from collections.abc import Iterator

import pytest

from bot.app import web_client
from bot.reply import Reply
from bot.sentence import sentence
from demo.cast import SOCKET_APP, workspace
from demo.signed_person import SignedPerson
from demo.web_api import running_web_api
from demo.web_state import RESPONSE_POSTS, WebState


@pytest.fixture
def state() -> Iterator[WebState]:
    with running_web_api(workspace()) as state:
        yield state


def reply(state: WebState, channel: str | None = None, url: str | None = None) -> Reply:
    client = web_client(SOCKET_APP.bot_token, f"{state.base_url}/api/")
    return Reply(client=client, user="U0SUPPORT", channel=channel, response_url=url)


def methods(state: WebState) -> list[str]:
    return [call.method for call in state.calls]


def test_an_answer_goes_to_the_response_url(state: WebState) -> None:
    with state.changing():
        url = state.new_response_url("C0INCIDENTS", "U0SUPPORT")

    reply(state, "C0INCIDENTS", url)(sentence("Done."))

    assert methods(state) == ["response_url"]


def test_after_five_answers_the_channel_takes_the_next(state: WebState) -> None:
    with state.changing():
        url = state.new_response_url("C0INCIDENTS", "U0SUPPORT")
    answer = reply(state, "C0INCIDENTS", url)

    for _ in range(RESPONSE_POSTS + 1):
        answer(sentence("Done."))

    assert methods(state)[-2:] == ["response_url", "chat.postEphemeral"]
    support = SignedPerson(state=state, user_id="U0SUPPORT", bot_url="")
    assert len(support.messages("#incidents")) == RESPONSE_POSTS + 1


def test_a_channel_that_does_not_take_it_leaves_a_direct_message(state: WebState) -> None:
    reply(state, "C0ELSEWHERE")(sentence("Done."))

    support = SignedPerson(state=state, user_id="U0SUPPORT", bot_url="")
    assert [message["text"] for message in support.direct_messages()] == ["Done."]


def test_an_address_that_is_gone_is_passed_over(state: WebState) -> None:
    reply(state, "C0INCIDENTS", "http://127.0.0.1:9/response")(sentence("Done."))

    assert methods(state) == ["chat.postEphemeral"]


def test_an_answer_that_cannot_be_sent_now_is_sent_when_slack_is_back(state: WebState) -> None:
    client = web_client(SOCKET_APP.bot_token, "http://127.0.0.1:9/api/")
    heard: list[str] = []

    Reply(client=client, user="U0SUPPORT")(sentence("Done."), then=lambda: heard.append("then"))
    client.unsent.send()
    assert (len(client.unsent), heard) == (1, [])

    client.base_url = f"{state.base_url}/api/"
    client.unsent.send()

    assert (len(client.unsent), heard) == (0, ["then"])
    support = SignedPerson(state=state, user_id="U0SUPPORT", bot_url="")
    assert [message["text"] for message in support.direct_messages()] == ["Done."]


def test_an_answer_waits_for_a_new_token_when_the_old_one_is_revoked(state: WebState) -> None:
    client = web_client("xoxb-revoked", f"{state.base_url}/api/")

    Reply(client=client, user="U0SUPPORT")(sentence("Done."))

    assert len(client.unsent) == 1


def test_an_answer_to_somebody_who_left_is_given_up(state: WebState) -> None:
    client = web_client(SOCKET_APP.bot_token, f"{state.base_url}/api/")
    heard: list[str] = []

    Reply(client=client, user="U0GONE")(sentence("Done."), then=lambda: heard.append("then"))

    assert (len(client.unsent), heard) == (0, ["then"])
