"""One delivery gets one answer, however often Slack sends it, and to whichever replica."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from demo.message import visible_text
from demo.signed_delivery import SignedDelivery
from tests.bot.office import BUG, INCIDENTS, LIFE, Office, serving_bot
from tests.bot.test_killed_bot import wait_until
from tests.postgresql import new_database
from tracker.store.secrets import SecretScanner

Send = Callable[[str], None]


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str | None:
    """Where the replicas share a ledger: in their data directory, or in a database of their own."""
    if request.param == "sqlite":
        return None
    return new_database(request.getfixturevalue("postgresql_server"))


@pytest.fixture
def replica(
    office: Office, tmp_path: Path, scanner: SecretScanner, database_url: str | None
) -> Iterator[str]:
    """The address of another bot on the same ledger; what else it has is its own."""
    data = tmp_path / ("replica" if database_url else "data")
    serving = serving_bot(office.state, office.git, data, scanner, database_url=database_url)
    with serving as (_, url):
        yield url


def private(office: Office, user: str, words: str) -> list[str]:
    """What somebody was told in private that has these words in it."""
    shown = office.state.visible("C0INCIDENTS", user)
    texts = [visible_text(each) for each in shown if each.get("ephemeral_to")]
    return [text for text in texts if words in text]


def command(office: Office, user: str, text: str) -> Send:
    with office.state.changing():
        fields = {
            "command": "/bug",
            "text": text,
            "channel_id": "C0INCIDENTS",
            "user_id": user,
            "trigger_id": office.state.new_trigger(user),
            "response_url": office.state.new_response_url("C0INCIDENTS", user, ""),
        }
    return lambda url: _sent(SignedDelivery(state=office.state, bot_url=url).command(fields, text))


def press(office: Office, user: str, verb: str) -> Send:
    with office.state.changing():
        payload = {
            "type": "block_actions",
            "trigger_id": office.state.new_trigger(user),
            "container": {"type": "message", "message_ts": "1.1", "channel_id": "C0INCIDENTS"},
            "channel": {"id": "C0INCIDENTS", "name": "incidents"},
            "actions": [
                {"type": "button", "action_id": f"move:{verb}", "value": BUG, "action_ts": "2.2"}
            ],
        }
    return interaction(office, user, payload)


def interaction(office: Office, user: str, payload: Mapping[str, Any]) -> Send:
    def send(url: str) -> None:
        SignedDelivery(state=office.state, bot_url=url).interaction(user, payload, "it")

    return send


def _sent(_: object) -> None:
    """Nothing more is asked of an acknowledgement."""


def settled(office: Office) -> None:
    """Wait until nobody is owed anything."""
    wait_until(lambda: not office.tracker.ledger.answers.owed(9))


def test_a_command_is_answered_once_whichever_replicas_it_is_delivered_to(
    office: Office, replica: str
) -> None:
    office.bring("report")
    for text, told in (("approve 1", "Approve is not possible"), ("help", "/bug report")):
        send = command(office, "U0QA", text)
        for url in (office.bot_url, replica, office.bot_url):
            send(url)
        wait_until(partial(private, office, "U0QA", told))
        settled(office)
        send(replica)

        assert len(private(office, "U0QA", told)) == 1


def test_a_button_is_acted_on_and_answered_once_and_a_second_click_hears_the_present_state(
    office: Office, replica: str
) -> None:
    office.bring(*LIFE[:5])
    send = press(office, "U0SENIOR", "approve")
    for url in (office.bot_url, replica):
        send(url)
    wait_until(lambda: private(office, "U0SENIOR", "Approved by"))
    settled(office)
    for url in (office.bot_url, replica):
        send(url)
    settled(office)
    assert private(office, "U0SENIOR", "Approve is not possible") == []

    press(office, "U0SENIOR", "approve")(replica)

    # A replica that has not heard yet what the other one wrote knows at least that it is done.
    told = ("stands at “testing”", "so it was not done twice")
    wait_until(lambda: any(private(office, "U0SENIOR", each) for each in told))
    assert len(private(office, "U0SENIOR", "BUG-0001: Approved by")) == 1
    assert sum(" approve" in subject for subject in office.subjects()) == 1


def test_a_replica_knows_what_it_has_just_recorded_whoever_wrote_it(
    office: Office, replica: str
) -> None:
    office.bring("report")

    command(office, "U0QA", "note 1 Redis is full")(replica)
    wait_until(lambda: private(office, "U0QA", f"{BUG}: Redis is full"))
    command(office, "U0QA", "show 1")(replica)

    wait_until(lambda: private(office, "U0QA", "Latest"))
    assert "Redis is full" in private(office, "U0QA", "Latest")[0]


def test_a_replica_shows_what_another_one_has_just_recorded(office: Office, replica: str) -> None:
    office.bring("report")
    command(office, "U0QA", "show 1")(replica)

    wait_until(lambda: private(office, "U0QA", "Redemption fails"))
    assert private(office, "U0QA", "There is no bug") == []


def test_a_mention_is_done_and_answered_once_by_two_replicas(office: Office, replica: str) -> None:
    office.bring("report")
    mentioned = {
        "type": "app_mention",
        "user": "U0QA",
        "channel": "C0INCIDENTS",
        "thread_ts": office.root().ts,
    }
    for ts, text, told in (
        ("7.1", "note Redis is full", f"{BUG}: Redis is full"),
        ("7.2", "approve", "Approve is not possible"),
    ):
        event = {**mentioned, "text": f"<@U0BUGBOOK> {text}", "ts": ts, "event_ts": ts}
        for url in (office.bot_url, replica) * 2:
            assert SignedDelivery(state=office.state, bot_url=url).event(event, f"Ev{ts}") == 200
        wait_until(partial(private, office, "U0QA", told))
        settled(office)

        assert len(private(office, "U0QA", told)) == 1
    assert sum("note: Redis is full" in subject for subject in office.subjects()) == 1


def test_a_form_that_is_closed_is_told_of_once(office: Office, replica: str) -> None:
    office.bring("report")
    qa = office.person("qa")
    qa.slash_command(INCIDENTS, "/bug note 1")
    form = qa.form("Add a note")
    values = form.fill({"What happened": "Seen again"})
    view = {**form.view, "state": {"values": values}}
    send = interaction(office, "U0QA", {"type": "view_closed", "view": view, "trigger_id": ""})
    for url in (office.bot_url, replica, replica):
        send(url)

    wait_until(lambda: private(office, "U0QA", "You closed"))
    settled(office)
    assert len(private(office, "U0QA", "You closed")) == 1
