"""What a person can do by hand in the chat window of the demonstration."""

import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from demo.cast import CHANNELS, SOCKET_APP, workspace
from demo.local_http import get, post_json
from demo.ports import free_port
from demo.stand_in import StandInMissingError, running_stand_in, stand_in_program
from demo.window import chat_window
from tests.demo.tiny_bot import tiny_bot
from tests.guards import REPOSITORY

pytestmark = [pytest.mark.slow, pytest.mark.browser]


@pytest.fixture(scope="module")
def stand_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    try:
        program = stand_in_program(REPOSITORY)
    except StandInMissingError as missing:
        pytest.skip(str(missing))
    scratch = tmp_path_factory.mktemp("stand-in")
    with ExitStack() as stack:
        base_url = stack.enter_context(
            running_stand_in(
                program=program, scratch=scratch, port=free_port(), workspace=workspace()
            )
        )
        listener = SocketModeHandler(
            tiny_bot(base_url, SOCKET_APP),
            SOCKET_APP.app_token,
            web_client=WebClient(SOCKET_APP.app_token, base_url=f"{base_url}/api/"),
        )
        listener.connect()  # type: ignore[no-untyped-call]
        stack.callback(listener.close)
        yield base_url


@pytest.fixture
def window(chromium: Browser, stand_in: str) -> Iterator[Page]:
    post_json(f"{stand_in}/_control/reset", {})
    with chat_window(stand_in) as address:
        page = chromium.new_page()
        page.goto(address)
        yield page
        page.close()


def say(window: Page, text: str) -> None:
    window.locator("textarea.composer-input").fill(text)
    window.locator("button.composer-send").click()


def entry(window: Page, label: str, kind: str = "input") -> Locator:
    return window.locator(f".bk-input:has(> label:text-is('{label}')) {kind}")


def submit(window: Page) -> None:
    window.locator(".modal-btn.primary").click()


def test_a_form_starts_and_is_sent_with_what_was_typed_before(window: Page) -> None:
    say(window, "/bug the reader")
    expect(entry(window, "What is broken?")).to_have_value("the reader")

    entry(window, "Severity", "select").select_option(label="P1 High")
    submit(window)

    expect(window.locator(".messages")).to_contain_text("P1: the reader (nobody)")


def test_a_person_can_be_chosen(window: Page) -> None:
    say(window, "/bug the reader")
    entry(window, "Severity", "select").select_option(label="P0 Critical")
    entry(window, "Owner", "select").select_option(label="Backend Engineer")
    submit(window)

    expect(window.locator(".messages")).to_contain_text("P0: the reader (U0BACKEND)")


def test_an_error_names_the_label_of_its_input(window: Page) -> None:
    say(window, "/bug it")
    entry(window, "Severity", "select").select_option(label="P0 Critical")
    submit(window)

    expect(window.locator(".modal-error")).to_have_text(
        "What is broken?: Say which part is broken."
    )
    entry(window, "What is broken?").fill("the reader\\nand the app")
    submit(window)
    expect(window.locator(".messages")).to_contain_text(re.compile(r"P0: the reader\s*and the app"))


def test_a_file_is_pasted_into_the_chat_and_sent_once(window: Page, stand_in: str) -> None:
    window.locator("textarea.composer-input").evaluate(
        """(box) => {
          const clipboardData = new DataTransfer();
          clipboardData.items.add(new File(["ERROR slow"], "scan.log", { type: "text/plain" }));
          box.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
        }"""
    )
    expect(window.locator(".composer-attachment")).to_contain_text("scan.log")
    say(window, "Here is the log")

    expect(window.locator(".messages")).to_contain_text("scan.log")
    expect(window.locator(".composer-attachment")).to_have_count(0)
    expect(window.locator(".composer-error")).to_have_count(0)
    (kept,) = get(f"{stand_in}/_control/messages/{CHANNELS[0].channel_id}").json()["messages"]
    assert [file["name"] for file in kept["files"]] == ["scan.log"]


def test_nothing_stands_beside_the_screen_of_a_phone_a_tablet_or_a_desk(window: Page) -> None:
    say(window, "x" * 300)
    expect(window.locator(".messages")).to_contain_text("xxx")

    for width in (390, 768, 1440):
        window.set_viewport_size({"width": width, "height": 844})
        beyond = window.evaluate(
            """() => [...document.querySelectorAll(".app *")]
              .filter((part) => part.getBoundingClientRect().right > innerWidth + 1)
              .filter((part) => !part.closest(".sidebar")).map((part) => part.className)"""
        )
        assert beyond == [], width


def test_the_window_is_for_this_machine_alone(stand_in: str) -> None:
    with chat_window(stand_in) as address:
        assert address.startswith("http://127.0.0.1:")


def test_other_addresses_are_the_stand_ins(stand_in: str) -> None:
    with chat_window(stand_in) as address:
        port = int(address.rstrip("/").rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(b"GET /emoji/x HTTP/1.0\r\n\r\n")
            answer = connection.makefile("rb").read().decode()

    assert answer.startswith("HTTP/1.0 307")
    assert f"Location: {stand_in}/emoji/x" in answer
