"""The in-process Web API answers as Slack does, refusals included."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from demo.cast import SOCKET_APP, workspace
from demo.web_api import running_web_api
from demo.web_state import RESPONSE_POSTS, TRIGGER_SECONDS, WebState

MODAL = {"type": "modal", "title": {"type": "plain_text", "text": "x"}, "blocks": []}


@pytest.fixture
def state() -> Iterator[WebState]:
    with running_web_api(workspace()) as state:
        yield state


@pytest.fixture
def client(state: WebState) -> WebClient:
    return WebClient(SOCKET_APP.bot_token, base_url=f"{state.base_url}/api/")


def refusal_of(call: Callable[[], object]) -> str:
    with pytest.raises(SlackApiError) as refused:
        call()
    code: str = refused.value.response["error"]
    return code


def test_a_message_is_posted_changed_linked_and_deleted(client: WebClient) -> None:
    posted = client.chat_postMessage(channel="#incidents", text="one")
    place, ts = str(posted["channel"]), str(posted["ts"])
    changed = client.chat_update(channel=place, ts=ts, text="two")
    link = client.chat_getPermalink(channel=place, message_ts=ts)

    assert place == "C0INCIDENTS"
    assert changed["message"]["text"] == "two"
    assert link["permalink"].endswith(f"/C0INCIDENTS/p{ts.replace('.', '')}")

    client.chat_delete(channel=place, ts=ts)
    assert refusal_of(lambda: client.chat_delete(channel=place, ts=ts)) == "message_not_found"


def test_people_and_channels_are_found(client: WebClient) -> None:
    lead = client.users_lookupByEmail(email="lead@example.com")["user"]

    assert client.users_info(user=lead["id"])["user"]["profile"]["email"] == "lead@example.com"
    assert len(client.users_list()["members"]) == len(workspace().members)
    assert client.conversations_info(channel="C0GENERAL")["channel"]["name"] == "general"
    direct = client.conversations_open(users=lead["id"])["channel"]["id"]
    assert client.conversations_open(users=lead["id"])["channel"]["id"] == direct
    names = [channel["name"] for channel in client.conversations_list()["channels"]]
    assert names == ["incidents", "general", "releases"]


def test_a_channel_is_made_once(client: WebClient) -> None:
    made = client.conversations_create(name="inc-2026-0001")["channel"]["id"]
    client.conversations_invite(channel=made, users="U0LEAD")
    client.chat_postMessage(channel=made, text="here")

    again = refusal_of(lambda: client.conversations_create(name="inc-2026-0001"))
    assert again == "name_taken"


def test_a_reaction_is_added_and_taken_back_once(client: WebClient) -> None:
    ts = str(client.chat_postMessage(channel="C0GENERAL", text="x")["ts"])
    place: dict[str, Any] = {"channel": "C0GENERAL", "timestamp": ts, "name": "eyes"}
    client.reactions_add(**place)
    assert refusal_of(lambda: client.reactions_add(**place)) == "already_reacted"
    client.reactions_remove(**place)
    assert refusal_of(lambda: client.reactions_remove(**place)) == "no_reaction"


REFUSALS: dict[str, Callable[[WebClient], object]] = {
    "channel_not_found": lambda c: c.chat_postMessage(channel="C9", text="x"),
    "no_text": lambda c: c.api_call("chat.postMessage", json={"channel": "C0GENERAL"}),
    "user_not_found": lambda c: c.users_info(user="U9"),
    "users_not_found": lambda c: c.users_lookupByEmail(email="nobody@example.com"),
    "invalid_trigger_id": lambda c: c.views_open(trigger_id="t", view=MODAL),
    "not_found": lambda c: c.views_update(view_id="V9", view=MODAL),
    "unknown_method": lambda c: c.api_call("emoji.list"),
    "invalid_arguments": lambda c: c.api_call("conversations.info"),
    "invalid_auth": lambda c: WebClient("xoxb-wrong", base_url=c.base_url).auth_test(),
}


@pytest.mark.parametrize("code", REFUSALS)
def test_a_wrong_call_is_refused_with_the_code_of_slack(client: WebClient, code: str) -> None:
    assert refusal_of(lambda: REFUSALS[code](client)) == code


def test_a_message_of_a_person_cannot_be_changed(client: WebClient, state: WebState) -> None:
    ts = state.post("C0GENERAL", "U0LEAD", {"text": "mine"})["ts"]

    code = refusal_of(lambda: client.chat_update(channel="C0GENERAL", ts=ts, text="x"))
    assert code == "cant_update_message"


def test_a_trigger_opens_one_form(client: WebClient, state: WebState) -> None:
    trigger = state.new_trigger("U0LEAD")
    client.views_open(trigger_id=trigger, view=MODAL)

    code = refusal_of(lambda: client.views_open(trigger_id=trigger, view=MODAL))
    assert code == "exchanged_trigger_id"


def test_a_trigger_ends_after_three_seconds(client: WebClient, state: WebState) -> None:
    trigger = state.new_trigger("U0LEAD")
    state.triggers[trigger].issued -= TRIGGER_SECONDS

    code = refusal_of(lambda: client.views_open(trigger_id=trigger, view=MODAL))
    assert code == "expired_trigger_id"


def test_three_forms_may_lie_on_each_other(client: WebClient, state: WebState) -> None:
    client.views_open(trigger_id=state.new_trigger("U0LEAD"), view=MODAL)
    for _ in range(2):
        client.views_push(trigger_id=state.new_trigger("U0LEAD"), view=MODAL)

    trigger = state.new_trigger("U0LEAD")
    code = refusal_of(lambda: client.views_push(trigger_id=trigger, view=MODAL))
    assert code == "push_limit_reached"


def test_an_updated_form_keeps_its_id_and_an_old_hash_is_refused(
    client: WebClient, state: WebState
) -> None:
    opened = client.views_open(trigger_id=state.new_trigger("U0LEAD"), view=MODAL)["view"]
    view = {**MODAL, "title": {"type": "plain_text", "text": "y"}}
    updated = client.views_update(view_id=opened["id"], hash=opened["hash"], view=view)["view"]

    assert updated["id"] == opened["id"]
    assert state.views["U0LEAD"][0]["title"]["text"] == "y"
    late = refusal_of(
        lambda: client.views_update(view_id=opened["id"], hash=opened["hash"], view=view)
    )
    assert late == "hash_conflict"


def test_a_response_url_takes_five_posts(state: WebState) -> None:
    hook = WebhookClient(state.new_response_url("C0GENERAL", "U0LEAD"))

    statuses = [hook.send(text="x").status_code for _ in range(RESPONSE_POSTS + 1)]

    assert statuses == [200] * RESPONSE_POSTS + [404]
    assert len(state.visible("C0GENERAL", "U0LEAD")) == RESPONSE_POSTS
    assert state.visible("C0GENERAL", "U0QA") == []


def test_a_response_url_replaces_and_deletes_its_message(
    client: WebClient, state: WebState
) -> None:
    ts = str(client.chat_postMessage(channel="C0GENERAL", text="one")["ts"])
    hook = WebhookClient(state.new_response_url("C0GENERAL", "U0LEAD", ts))
    hook.send(text="two", replace_original=True)
    assert [message["text"] for message in state.visible("C0GENERAL", "U0QA")] == ["two"]

    hook.send(delete_original=True)
    assert state.visible("C0GENERAL", "U0QA") == []


def test_a_home_is_published(client: WebClient, state: WebState) -> None:
    client.views_publish(user_id="U0LEAD", view={"type": "home", "blocks": [{"type": "divider"}]})

    assert state.homes["U0LEAD"]["blocks"][0]["type"] == "divider"
