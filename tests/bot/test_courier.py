"""A message is there once, whoever sends it and whatever gets lost on the way."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from slack_sdk.web import SlackResponse

from bot.delivery import BeingSentError, Courier
from bot.sentence import sentence
from bot.slack_client import QueuedClient
from demo.cast import SOCKET_APP, workspace
from demo.web_api import running_web_api
from demo.web_state import WebState
from tracker.store.deliveries import DeliveryState
from tracker.store.ledger import Ledger, open_ledger, sqlite_url

NOW = datetime.fromisoformat("2026-03-02T09:00:00+00:00")
HELLO = sentence("Hello.")


class LossyClient(QueuedClient):
    """A client that sends, and loses as many answers as it is told to."""

    lost = 0

    def api_call(self, api_method: str, **given: Any) -> SlackResponse:
        answer = super().api_call(api_method, **given)
        if api_method == "chat.postMessage" and self.lost:
            self.lost -= 1
            message = "The connection ended within an answer."
            raise ConnectionResetError(message)
        return answer


@pytest.fixture
def state() -> Iterator[WebState]:
    with running_web_api(workspace()) as state:
        yield state


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = open_ledger(sqlite_url(tmp_path / "ledger.sqlite3"))
    yield opened
    opened.close()


@pytest.fixture
def client(state: WebState) -> LossyClient:
    return LossyClient(SOCKET_APP.bot_token, f"{state.base_url}/api/")


def clock(at: datetime = NOW) -> Callable[[], datetime]:
    return lambda: at


def courier(client: QueuedClient, ledger: Ledger, at: datetime | None = None) -> Courier:
    now = clock(at) if at else clock(datetime.now(tz=NOW.tzinfo))
    return Courier(client=client, deliveries=ledger.deliveries, now=now)


def said(state: WebState) -> int:
    return len(state.visible("C0GENERAL", ""))


def test_the_same_message_is_sent_once(
    state: WebState, client: LossyClient, ledger: Ledger
) -> None:
    first = courier(client, ledger).post("hello", "C0GENERAL", HELLO)

    assert courier(client, ledger).post("hello", "C0GENERAL", HELLO) == first
    assert said(state) == 1


@pytest.mark.parametrize("thread", [None, "root"])
def test_a_lost_answer_is_looked_for_before_the_message_is_sent_again(
    state: WebState, client: LossyClient, ledger: Ledger, thread: str | None
) -> None:
    here = courier(client, ledger)
    ts = here.post("root", "C0GENERAL", HELLO) if thread else None
    client.lost = 1
    with pytest.raises(ConnectionResetError):
        here.post("hello", "C0GENERAL", HELLO, thread_ts=ts)
    before = said(state)

    assert here.post("hello", "C0GENERAL", HELLO, thread_ts=ts)
    assert said(state) == before


def test_what_never_arrived_is_sent_again(state: WebState, ledger: Ledger) -> None:
    nowhere = QueuedClient(SOCKET_APP.bot_token, "http://127.0.0.1:9/api/")
    with pytest.raises(OSError, match="refused"):
        courier(nowhere, ledger).post("hello", "C0GENERAL", HELLO)

    there = QueuedClient(SOCKET_APP.bot_token, f"{state.base_url}/api/")
    assert courier(there, ledger).post("hello", "C0GENERAL", HELLO)
    assert said(state) == 1


def test_a_message_that_another_is_sending_is_left_alone_for_a_while(
    state: WebState, client: LossyClient, ledger: Ledger
) -> None:
    now = datetime.now(tz=NOW.tzinfo)
    ledger.deliveries.claim("hello", now)
    with pytest.raises(BeingSentError):
        courier(client, ledger, now + timedelta(seconds=10)).post("hello", "C0GENERAL", HELLO)

    assert courier(client, ledger, now + timedelta(hours=1)).post("hello", "C0GENERAL", HELLO)
    assert said(state) == 1


def test_what_slack_never_takes_is_not_tried_for_ever(
    state: WebState, client: LossyClient, ledger: Ledger
) -> None:
    assert courier(client, ledger).post("hello", "C0NOWHERE", HELLO) == ""
    assert courier(client, ledger).post("hello", "C0NOWHERE", HELLO) == ""

    found = ledger.deliveries.look("hello")
    assert found is not None
    assert found.state is DeliveryState.REFUSED
    assert len([each for each in state.calls if each.method == "chat.postMessage"]) == 1


def test_many_threads_send_one_message(
    state: WebState, client: LossyClient, ledger: Ledger
) -> None:
    def send() -> None:
        try:
            courier(client, ledger).post("hello", "C0GENERAL", HELLO)
        except BeingSentError:
            return

    threads = [Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert said(state) == 1
