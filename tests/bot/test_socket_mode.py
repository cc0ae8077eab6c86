"""The Socket Mode connection: kept, made anew, and ended without dropping a request."""

import threading
import time
from collections.abc import Iterator

import pytest
from slack_bolt import App, Args

from bot.app import web_client
from bot.health import Health
from bot.listeners import SlackRefusedError
from bot.socket_mode import Connection, socket_mode
from demo.cast import SOCKET_APP, workspace
from demo.web_api import running_web_api
from tests.bot.socket_slack import SocketSlack, socket_slack


@pytest.fixture
def heard() -> list[str]:
    return []


@pytest.fixture
def begun() -> threading.Semaphore:
    """Released by each command at its begin."""
    return threading.Semaphore(0)


@pytest.fixture
def app(heard: list[str], begun: threading.Semaphore) -> Iterator[App]:
    with running_web_api(workspace()) as state:
        app = App(client=web_client(SOCKET_APP.bot_token, f"{state.base_url}/api/"))

        @app.command("/bug")
        def hear(args: Args) -> None:
            begun.release()
            time.sleep(float(args.body.get("slow", 0)))
            heard.append(args.body["text"])
            args.ack(f"heard {args.body['text']}")

        yield app


@pytest.fixture
def slack() -> Iterator[tuple[SocketSlack, str]]:
    with socket_slack() as found:
        yield found


def command(text: str, **more: str) -> dict[str, str]:
    return {"command": "/bug", "text": text, "user_id": "U0SUPPORT", **more}


def test_a_command_is_heard_and_acknowledged(
    app: App, slack: tuple[SocketSlack, str], heard: list[str]
) -> None:
    there, url = slack
    health = Health(loops=())
    with socket_mode(app, "xapp-1", web_client("xapp-1", url), health):
        envelope = there.send("slash_commands", command("one"))

        assert there.ack(envelope) == [{"text": "heard one"}]
        assert heard == ["one"]
        assert health.problems() == ()
    assert health.problems() == ("The connection to Slack is down.",)


def test_slack_asks_for_another_connection_and_gets_it(
    app: App, slack: tuple[SocketSlack, str]
) -> None:
    there, url = slack
    with socket_mode(app, "xapp-1", web_client("xapp-1", url)):
        there.say({"type": "disconnect", "reason": "refresh_requested"})
        there.await_connection(2)

        assert there.ack(there.send("slash_commands", command("two"))) == [{"text": "heard two"}]


def test_a_connection_that_is_cut_is_made_anew_and_the_next_command_is_heard(
    app: App, slack: tuple[SocketSlack, str]
) -> None:
    there, url = slack
    with socket_mode(app, "xapp-1", web_client("xapp-1", url), look_every=0.2):
        there.cut()
        there.await_connection(2)

        assert there.ack(there.send("slash_commands", command("two"))) == [{"text": "heard two"}]


def test_a_connection_whose_own_monitor_died_while_slack_was_down_is_made_anew(
    app: App, slack: tuple[SocketSlack, str]
) -> None:
    there, url = slack
    with socket_mode(app, "xapp-1", web_client("xapp-1", url), look_every=0.2) as connection:
        connection.client.current_app_monitor.shutdown()  # type: ignore[no-untyped-call]
        there.refuse = True
        there.cut()
        until_down(connection)
        time.sleep(0.5)  # some looks that fail
        there.refuse = False
        there.await_connection(2)

        assert there.ack(there.send("slash_commands", command("two"))) == [{"text": "heard two"}]


def test_a_bot_that_ends_answers_what_has_come(
    app: App, slack: tuple[SocketSlack, str], begun: threading.Semaphore
) -> None:
    there, url = slack
    with socket_mode(app, "xapp-1", web_client("xapp-1", url)):
        slow = [
            there.send("slash_commands", command(str(number), slow="0.3")) for number in range(8)
        ]
        assert all(begun.acquire(timeout=60) for _ in slow)

    assert [there.ack(envelope, seconds=5) for envelope in slow] == [
        [{"text": f"heard {number}"}] for number in range(8)
    ]


def test_an_unknown_envelope_hurts_nobody(app: App, slack: tuple[SocketSlack, str]) -> None:
    there, url = slack
    with socket_mode(app, "xapp-1", web_client("xapp-1", url)):
        there.say({"type": "brand_new", "payload": {}})
        there.say({"type": "slash_commands", "envelope_id": "e", "payload": None})

        assert there.ack(there.send("slash_commands", command("two"))) == [{"text": "heard two"}]


def test_a_connection_that_slack_refuses_is_told_in_a_sentence(
    app: App, slack: tuple[SocketSlack, str]
) -> None:
    there, url = slack
    there.refuse = True

    refused = pytest.raises(SlackRefusedError, match="SLACK_APP_TOKEN")
    with refused, socket_mode(app, "xapp-1", web_client("xapp-1", url)):
        pass


def until_down(connection: Connection) -> None:
    for _ in range(3000):
        if connection.problem():
            return
        time.sleep(0.02)
    sentence = "The connection still stands."
    raise TimeoutError(sentence)
