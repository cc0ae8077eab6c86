"""The HTTP server, its pages for watchers, and what strangers and slow clients do to it."""

import json
import logging
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

import pytest
from slack_bolt import App, Args
from slack_sdk.signature import Clock, SignatureVerifier

from bot.app import web_client
from bot.doors import Watch
from bot.health import Health
from bot.http_server import serving
from bot.loop import Loop
from bot.serving import http
from demo.cast import SOCKET_APP, workspace
from demo.local_http import Answer, get, post
from demo.web_api import running_web_api
from demo.web_state import WebState

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def state() -> Iterator[WebState]:
    with running_web_api(workspace()) as state:
        yield state


@pytest.fixture
def begun() -> threading.Event:
    """Set when a slow command begins."""
    return threading.Event()


@pytest.fixture
def app(state: WebState, begun: threading.Event) -> App:
    client = web_client(SOCKET_APP.bot_token, f"{state.base_url}/api/")
    app = App(client=client, signing_secret=SOCKET_APP.signing_secret)

    @app.command("/slow")
    def slow(args: Args) -> None:
        begun.set()
        time.sleep(float(args.body["text"]))
        args.ack("done")

    return app


def signed(url: str, body: str | bytes, *, age: int = 0, secret: str = "") -> Answer:
    verifier = SignatureVerifier(secret or SOCKET_APP.signing_secret)
    timestamp = str(int(Clock().now()) - age)
    said = body if isinstance(body, str) else ""
    headers = {
        "Content-Type": FORM,
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": str(verifier.generate_signature(timestamp=timestamp, body=said)),
    }
    return post(url, said, headers)


COMMAND = urlencode({"command": "/slow", "text": "0", "user_id": "U0SUPPORT"})


def test_a_signed_command_is_taken_and_a_forged_a_late_and_an_unsigned_one_are_not(
    app: App,
) -> None:
    with http(app, "127.0.0.1", 0) as url:
        assert signed(url, COMMAND).text == "done"
        assert signed(url, COMMAND, age=240).status == 200
        assert signed(url, COMMAND, age=301).status == 401
        assert signed(url, COMMAND, age=-301).status == 401
        assert signed(url, COMMAND, secret="another").status == 401
        assert post(url, COMMAND, {"Content-Type": FORM}).status == 401


def test_a_body_that_was_changed_on_its_way_is_not_taken(app: App) -> None:
    verifier = SignatureVerifier(SOCKET_APP.signing_secret)
    timestamp = str(int(Clock().now()))
    headers = {
        "Content-Type": FORM,
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": str(verifier.generate_signature(timestamp=timestamp, body=COMMAND)),
    }
    with http(app, "127.0.0.1", 0) as url:
        assert post(url, COMMAND.replace("text=0", "text=1"), headers).status == 401


USER = {"user": {"id": "U0SUPPORT"}}


@pytest.mark.parametrize(
    "payload",
    [
        [],
        None,
        "text",
        {"type": "block_actions", "actions": [{"action_id": "move"}]},
        {"type": "block_actions", **USER, "actions": None},
        {"type": "block_actions", **USER, "actions": [{}]},
        {"type": "view_submission", **USER, "view": {"id": "V1", "callback_id": "form:note"}},
        {"type": "view_closed", **USER},
        {"type": "shortcut", "callback_id": "new"},
    ],
)
def test_an_interaction_without_what_all_have_is_refused(app: App, payload: object) -> None:
    with http(app, "127.0.0.1", 0) as url:
        assert signed(url, urlencode({"payload": json.dumps(payload)})).status == 400


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "[]",
        "payload=%7B",
        "null",
        '"text"',
        "{" + '"a":[' * 100_000,
        json.dumps({"type": "event_callback", "event": None}),
        urlencode({"command": "/bug", "text": "list"}),
    ],
)
def test_a_body_that_is_nothing_known_is_refused_and_the_next_is_served(
    app: App, body: str
) -> None:
    with http(app, "127.0.0.1", 0) as url:
        assert signed(url, body).status in {400, 404}
        assert signed(url, COMMAND).status == 200


@pytest.mark.parametrize(
    ("timestamp", "signature"),
    [("abc", "v0=00"), ("nan", "v0=00"), ("²", "v0=00"), ("", ""), (None, "v0=\xe9")],
)
def test_a_signature_that_is_none_is_as_one_that_is_wrong(
    app: App, timestamp: str | None, signature: str
) -> None:
    said = str(int(Clock().now())) if timestamp is None else timestamp
    headers = {
        "Content-Type": FORM,
        "X-Slack-Request-Timestamp": said,
        "X-Slack-Signature": signature,
    }
    with http(app, "127.0.0.1", 0) as url:
        assert post(url, COMMAND, headers).status == 401


def test_bytes_that_are_no_text_are_refused(app: App) -> None:
    with http(app, "127.0.0.1", 0) as url:
        place = urlsplit(url)
        connection = HTTPConnection(str(place.hostname), place.port, timeout=60)
        connection.request("POST", place.path, b"\xff\xfe", {"Content-Type": FORM})
        assert connection.getresponse().status == 400
        connection.close()


def test_an_oversized_body_is_refused_before_it_is_sent(app: App) -> None:
    with http(app, "127.0.0.1", 0) as url:
        place = urlsplit(url)
        connection = HTTPConnection(str(place.hostname), place.port, timeout=60)
        connection.putrequest("POST", place.path)
        connection.putheader("Content-Type", FORM)
        connection.putheader("Content-Length", "1000001")
        connection.endheaders()
        assert connection.getresponse().status == 413
        connection.close()


def test_other_paths_and_methods_are_not_found(app: App) -> None:
    with http(app, "127.0.0.1", 0) as url:
        assert get(url).status == 404
        assert post(f"{url}/more", COMMAND, {"Content-Type": FORM}).status == 404


def test_clients_that_send_a_byte_now_and_then_keep_nobody_from_being_served(app: App) -> None:
    with http(app, "127.0.0.1", 0) as url:
        place = urlsplit(url)
        address = (str(place.hostname), int(place.port or 0))
        slow = [socket.create_connection(address) for _ in range(60)]
        for connection in slow:
            connection.sendall(b"POST /slack/events HTTP/1.1\r\nContent-Length: 9\r\n\r\nc")

        began = time.monotonic()
        assert signed(url, COMMAND).status == 200

        assert time.monotonic() - began < 2
        for connection in slow:
            connection.close()


def test_only_a_crowd_that_waits_for_threads_is_logged(
    app: App, caplog: pytest.LogCaptureFixture
) -> None:
    with http(app, "127.0.0.1", 0):
        for depth in (3, 250):
            logging.getLogger("waitress.queue").warning("Task queue depth is %d", depth)

    told = [line.getMessage() for line in caplog.records if line.name == "waitress.queue"]
    assert told == ["Task queue depth is 250"]


def test_a_server_that_ends_answers_what_has_come_and_takes_nothing_new(
    app: App, begun: threading.Event
) -> None:
    answers: list[Answer] = []
    with http(app, "127.0.0.1", 0) as url:
        body = urlencode({"command": "/slow", "text": "0.5", "user_id": "U0SUPPORT"})
        asking = threading.Thread(target=lambda: answers.append(signed(url, body)))
        asking.start()
        assert begun.wait(60)
    asking.join()

    assert [answer.text for answer in answers] == ["done"]
    with pytest.raises(OSError, match="refused"):
        signed(url, COMMAND)


@contextmanager
def watched(step: threading.Event) -> Iterator[tuple[str, Health]]:
    def wait() -> None:
        step.wait(60)

    loop = Loop(name="committer", step=wait, interval=60)
    health = Health(loops=(loop,))
    loop.start()
    with serving(Watch(health=health), "127.0.0.1", 0) as url:
        yield url, health
    step.set()
    loop.stop()


def test_watchers_are_told_what_is_wrong() -> None:
    go_on = threading.Event()
    go_on.set()
    with watched(go_on) as (url, health):
        assert get(f"{url}/healthz").json() == {"ok": True, "problems": []}
        assert get(f"{url}/readyz").status == 200

        health.checks.append(lambda: "The connection to Slack is down.")
        answer = get(f"{url}/readyz")
        assert (answer.status, answer.json()["problems"]) == (
            503,
            ["The connection to Slack is down."],
        )
        assert get(f"{url}/healthz").status == 200

        health.loops[0].stop()
        assert get(f"{url}/healthz").json()["problems"] == ["The committer does not run."]
        assert get(f"{url}/other").status == 404


def test_a_bot_that_ends_wants_no_new_requests() -> None:
    go_on = threading.Event()
    go_on.set()
    with watched(go_on) as (url, health):
        health.draining.set()

        assert get(f"{url}/readyz").json()["problems"] == ["The bot is ending."]


def test_a_thread_that_does_not_get_on_is_a_fault() -> None:
    hold = threading.Event()
    with watched(hold) as (_, health):
        for _ in range(100):
            if health.loops[0].fault(0.05):
                break
            time.sleep(0.02)

        assert "has not got on for 0.05 seconds" in health.loops[0].fault(0.05)
        assert health.faults() == ()


def test_the_metrics_count_requests_and_name_nobody(app: App) -> None:
    with http(app, "127.0.0.1", 0, Health(loops=())) as url:
        signed(url, COMMAND)
        said = get(url.replace("/slack/events", "/metrics")).text

    assert 'bugbook_requests_total{kind="http",outcome="200"}' in said
    assert "bugbook_acknowledged_seconds_bucket" in said
    assert "U0SUPPORT" not in said


def test_metrics_with_a_port_of_their_own_are_not_on_slack_s(app: App) -> None:
    with http(app, "127.0.0.1", 0, Health(loops=()), metrics=False) as url:
        assert get(url.replace("/slack/events", "/metrics")).status == 404
        assert get(url.replace("/slack/events", "/healthz")).status == 200


def test_the_server_does_not_say_what_it_is(app: App) -> None:
    with http(app, "127.0.0.1", 0) as url:
        place = urlsplit(url)
        connection = HTTPConnection(str(place.hostname), place.port, timeout=60)
        connection.request("GET", "/")
        assert connection.getresponse().getheader("Server") is None
        connection.close()
