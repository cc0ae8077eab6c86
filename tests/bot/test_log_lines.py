"""What the log says, and what it must never say."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from slack_bolt import App, Args
from slack_sdk.errors import SlackApiError

from bot.app import web_client
from bot.boundary import bounded
from bot.log_lines import JsonLines, TextLines, log_handler
from bot.serving import http
from demo.cast import SOCKET_APP
from demo.signed_person import SignedPerson
from tests.bot.office import INCIDENTS, open_office
from tracker.settings import LogStyle
from tracker.store.secrets import SecretScanner

CANARY = "zebrafinch"


@contextmanager
def logged(style: LogStyle) -> Iterator[io.StringIO]:
    """All that the bot logs at the level `debug`."""
    stream, root = io.StringIO(), logging.getLogger()
    handler, level = log_handler(style, stream), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield stream
    finally:
        root.setLevel(level)
        root.removeHandler(handler)


def failing(args: Args) -> None:
    raise ValueError(args.body["text"])


@pytest.mark.parametrize("style", LogStyle)
def test_nothing_that_people_type_and_no_token_is_logged_at_any_level(
    tmp_path: Path, scanner: SecretScanner, style: LogStyle
) -> None:
    with logged(style) as stream, open_office(tmp_path, scanner) as office:
        support = office.person("support")
        office.report(f"Redemption {CANARY} fails")
        support.slash_command(INCIDENTS, f"/bug note 1 {CANARY}")
        support.await_message(INCIDENTS, f"✅ BUG-0001: {CANARY}")
        support.slash_command(INCIDENTS, f"/bug {CANARY}= 1")
        support.slash_command(INCIDENTS, f"/bug close 1 {CANARY}")
        support.await_message(INCIDENTS, "not possible")
        support.slash_command(INCIDENTS, f"/bug list status={CANARY}")
        support.await_message(INCIDENTS, "is no status")
        support.send(INCIDENTS, f"<@U0BUGBOOK> note {CANARY}", thread_ts=office.root().ts)
        app = App(client=office.bot.desk.client, signing_secret=SOCKET_APP.signing_secret)
        app.command("/bug")(bounded(failing))
        with http(app, "127.0.0.1", 0) as url:
            person = SignedPerson(
                state=office.state, user_id="U0SUPPORT", bot_url=url, patience=60.0
            )
            person.slash_command(INCIDENTS, f"/bug {CANARY}")
            person.await_message(INCIDENTS, "Something went wrong")
        with pytest.raises(SlackApiError, match="invalid_auth"):
            web_client("xoxb-wrong", f"{office.state.base_url}/api/").auth_test()
    said = stream.getvalue()

    assert "A request of Slack failed." in said
    assert CANARY not in said
    for secret in (SOCKET_APP.bot_token, SOCKET_APP.signing_secret, "xoxb-wrong"):
        assert secret not in said


def fill_the_disk() -> None:
    raise KeyError(CANARY) from OSError(28, "No space left on device")


def test_a_line_can_be_json_with_the_places_of_an_error() -> None:
    with pytest.raises(KeyError) as raised:
        fill_the_disk()
    found = (KeyError, raised.value, raised.value.__traceback__)
    record = logging.LogRecord("bot", logging.ERROR, "x.py", 1, "Told %s", ("them",), found)

    line = json.loads(JsonLines().format(record))

    assert (line["level"], line["message"]) == ("error", "Told them")
    assert line["error"][0] == "builtins.KeyError"
    assert any("in fill_the_disk" in place for place in line["error"])
    assert line["error"][-1] == "builtins.OSError: No space left on device"


def test_a_token_in_our_own_line_is_replaced() -> None:
    record = logging.LogRecord("bot", logging.INFO, "x.py", 1, "With xoxb-12-ab.", (), None)

    assert TextLines().format(record).endswith("INFO bot: With [token].")


def test_a_library_is_heard_without_its_words() -> None:
    record = logging.LogRecord("slack_sdk.web", logging.ERROR, "x.py", 7, CANARY, (), None)

    assert TextLines().format(record).endswith("slack_sdk.web: x.None reports a problem (line 7).")
