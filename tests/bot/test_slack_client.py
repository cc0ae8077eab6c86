"""The client of Slack's Web API, against one that answers as it is told."""

import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import pytest
from slack_sdk.errors import SlackApiError

from bot.lanes import Lanes
from bot.slack_client import QueuedClient, error_code, is_passing, is_unclear
from bot.unsent import Unsent
from demo.wsgi_thread import serving

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

Answer = tuple[str, dict[str, str], object]

OK: Answer = ("200 OK", {}, {"ok": True, "ts": "1.1"})
LIMITED: Answer = (
    "429 Too Many Requests",
    {"Retry-After": "30"},
    {"ok": False, "error": "ratelimited"},
)
BROKEN: Answer = ("500 Internal Server Error", {}, "oops")


@dataclass(kw_only=True)
class Slack:
    """Answers with the next of `answers`, and with success after them."""

    answers: list[Answer] = field(default_factory=list)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    slow: float = 0.0

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode()
        said = json.loads(body) if body.startswith("{") else dict(parse_qsl(body))
        time.sleep(self.slow)
        self.asked.append((environ["PATH_INFO"].removeprefix("/api/"), said))
        status, headers, answer = self.answers.pop(0) if self.answers else OK
        start_response(status, [("Content-Type", "application/json"), *headers.items()])
        return [(answer if isinstance(answer, str) else json.dumps(answer)).encode()]


@pytest.fixture
def slack() -> Slack:
    return Slack()


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def client(slack: Slack, slept: list[float]) -> Iterator[QueuedClient]:
    """A client whose clock runs ahead while it sleeps."""
    lanes = Lanes(sleep=slept.append, monotonic=lambda: sum(slept))
    with serving(slack) as url:
        yield QueuedClient("xoxb-1", f"{url}/api/", lanes=lanes)


def test_a_rate_limit_is_waited_out_and_the_message_is_sent_once(
    client: QueuedClient, slack: Slack, slept: list[float]
) -> None:
    slack.answers = [LIMITED]

    assert client.chat_postMessage(channel="C1", text="It works")["ts"] == "1.1"

    assert slept == [30.0]
    assert len(slack.asked) == 2


def test_a_rate_limit_holds_for_all_messages_of_its_channel_and_no_others(
    client: QueuedClient, slept: list[float]
) -> None:
    client.lanes.close("chat.postMessage C1", 30)

    client.chat_postMessage(channel="C2", text="Two")
    assert slept == []

    client.chat_postMessage(channel="C1", text="One")
    assert slept == [30.0]


def test_a_rate_limit_of_what_has_no_channel_holds_for_all_calls_of_it(
    client: QueuedClient, slack: Slack, slept: list[float]
) -> None:
    slack.answers = [LIMITED]

    client.users_info(user="U1")
    client.users_info(user="U2")

    assert slept == [30.0]


def test_who_is_in_a_hurry_is_sent_away_at_once_where_slack_wants_a_wait(
    client: QueuedClient, slack: Slack, slept: list[float]
) -> None:
    slack.answers = [LIMITED]
    hurried = client.hurried()

    for _ in range(2):
        with pytest.raises(SlackApiError, match="ratelimited") as refused:
            hurried.chat_postMessage(channel="C1", text="One")
        assert is_passing(refused.value)
        assert not is_unclear(refused.value)
    assert hurried.chat_postMessage(channel="C2", text="Two")["ts"] == "1.1"

    assert slept == []
    assert len(slack.asked) == 2


def test_an_answer_that_ends_within_is_none(client: QueuedClient, slack: Slack) -> None:
    slack.answers = [("200 OK", {}, '{"ok": true, "ts"')]

    with pytest.raises(ConnectionError) as broken:
        client.chat_postMessage(channel="C1", text="One")

    assert is_unclear(broken.value)


def test_a_rate_limit_without_end_is_given_up_and_may_be_tried_again(
    client: QueuedClient, slack: Slack, slept: list[float]
) -> None:
    slack.answers = [LIMITED] * 9

    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel="C1", text="It works")

    assert is_passing(refused.value)
    assert not is_unclear(refused.value)
    assert sum(slept) == 120.0


def test_a_form_is_not_opened_late(client: QueuedClient, slack: Slack, slept: list[float]) -> None:
    slack.answers = [LIMITED]

    with pytest.raises(SlackApiError, match="ratelimited"):
        client.views_open(trigger_id="1", view={"type": "modal"})

    assert slept == []


def test_an_edit_is_repeated_when_slack_breaks_and_a_new_message_is_not(
    client: QueuedClient, slack: Slack
) -> None:
    slack.answers = [BROKEN, BROKEN]
    client.chat_update(channel="C1", ts="1.1", text="It works")
    assert len(slack.asked) == 3

    slack.answers = [BROKEN]
    with pytest.raises(SlackApiError) as broken:
        client.chat_postMessage(channel="C1", text="It works")
    assert is_unclear(broken.value)
    assert len(slack.asked) == 4


def test_a_refusal_is_not_repeated(client: QueuedClient, slack: Slack) -> None:
    slack.answers = [("200 OK", {}, {"ok": False, "error": "message_not_found"})]

    with pytest.raises(SlackApiError) as refused:
        client.chat_update(channel="C1", ts="1.1", text="It works")

    assert error_code(refused.value) == "message_not_found"
    assert not is_passing(refused.value)


def test_a_slack_that_nobody_can_reach_was_not_asked() -> None:
    client = QueuedClient("xoxb-1", "http://127.0.0.1:9/api/")

    with pytest.raises(OSError, match="refused") as refused:
        client.chat_postMessage(channel="C1", text="It works")

    assert is_passing(refused.value)
    assert not is_unclear(refused.value)


def test_a_channel_hears_what_many_threads_say_one_after_the_other() -> None:
    lanes, inside, most = Lanes(), [0], [0]

    def say() -> None:
        with lanes.turn("C1"):
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            time.sleep(0.002)
            inside[0] -= 1

    in_threads(say, 8)

    assert most == [1]


def test_messages_go_out_in_the_order_in_which_they_were_asked_for(
    client: QueuedClient, slack: Slack
) -> None:
    slack.slow = 0.05
    threads = []
    for number in range(4):
        thread = threading.Thread(
            target=client.chat_postMessage, kwargs={"channel": "C1", "text": str(number)}
        )
        thread.start()
        threads.append(thread)
        time.sleep(0.01)
    for thread in threads:
        thread.join()

    assert [said["text"] for _, said in slack.asked] == ["0", "1", "2", "3"]


def test_unsent_answers_are_sent_in_order_once_slack_is_back() -> None:
    unsent, sent, back = Unsent(), list[int](), [False]

    def attempt(number: int) -> Callable[[], bool]:
        def send() -> bool:
            sent.extend([number] if back[0] else [])
            return back[0]

        return send

    for number in range(3):
        unsent.keep(attempt(number))
    unsent.send()
    assert (sent, len(unsent)) == ([], 3)

    back[0] = True
    unsent.send()

    assert (sent, len(unsent)) == ([0, 1, 2], 0)


def in_threads(work: Callable[[], Any], count: int) -> None:
    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
