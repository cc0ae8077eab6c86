"""A person plays with a real bot over the real stand-in, in Socket Mode and over signed HTTP."""

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient

from bot.http_server import serving
from demo.cast import SOCKET_APP, SlackApp, workspace
from demo.local_http import post_json
from demo.person import Person, StandInRefusedError
from demo.stand_in import StandInMissingError, running_stand_in, stand_in_program
from tests.block_kit.log import problems_in_log
from tests.demo import conversation
from tests.demo.tiny_bot import tiny_bot

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def program() -> Path:
    try:
        return stand_in_program(ROOT)
    except StandInMissingError as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="module")
def people(
    program: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str, str], Person]]:
    """One workspace with the bot twice: the same conversations over both ways."""
    bot_port = free_port()
    over_http = SlackApp(
        app_id="A0HTTP",
        bot_user_id="U0HTTPBOOK",
        request_url=f"http://127.0.0.1:{bot_port}/slack/events",
    )
    with ExitStack() as stack:
        base_url = stack.enter_context(
            running_stand_in(
                program=program,
                scratch=tmp_path_factory.mktemp("stand-in"),
                port=free_port(),
                workspace=workspace(SOCKET_APP, over_http),
            )
        )
        handler = SlackRequestHandler(tiny_bot(base_url, over_http), path="/slack/events")
        stack.enter_context(serving(handler, "127.0.0.1", bot_port))
        web_client = WebClient(SOCKET_APP.app_token, base_url=f"{base_url}/api/")
        listener = SocketModeHandler(
            tiny_bot(base_url, SOCKET_APP), SOCKET_APP.app_token, web_client=web_client
        )
        listener.connect()  # type: ignore[no-untyped-call]
        stack.callback(listener.close)
        yield lambda user_id, app_id: Person(
            base_url=base_url, user_id=user_id, app_id=app_id, patience=60.0
        )


@pytest.fixture(params=["A0SOCKET", "A0HTTP"])
def app_id(request: pytest.FixtureRequest) -> str:
    chosen: str = request.param
    return chosen


@pytest.fixture
def person(people: Callable[[str, str], Person], app_id: str) -> Person:
    found = people("U0SUPPORT", app_id)
    post_json(f"{found.base_url}/_control/reset", {})
    return found


def test_a_form_is_refused_corrected_and_leads_to_a_button(person: Person) -> None:
    conversation.play_command_to_button(person)


def test_a_form_may_lead_to_the_next_form(person: Person) -> None:
    conversation.play_two_forms_in_a_row(person)


def test_a_closed_form_is_gone(person: Person) -> None:
    conversation.play_closing_a_form(person)


def test_a_private_answer_is_seen_by_one_person(
    person: Person, people: Callable[[str, str], Person], app_id: str
) -> None:
    conversation.play_private_answers(person, people("U0QA", app_id))


def test_messages_and_reactions_reach_the_bot(person: Person) -> None:
    conversation.play_a_talk_in_the_channel(person)


def test_a_wrong_label_option_or_name_is_told_with_the_right_ones(person: Person) -> None:
    conversation.play_wrong_names(person)


def test_waiting_ends_and_tells_what_was_there(
    people: Callable[[str, str], Person], app_id: str
) -> None:
    impatient = people("U0SUPPORT", app_id)
    conversation.play_waiting_in_vain(
        Person(base_url=impatient.base_url, user_id="U0SUPPORT", app_id=app_id, patience=0.2)
    )


def test_a_bot_that_does_not_acknowledge_is_an_error(person: Person) -> None:
    conversation.play_silence(person)


def test_a_command_to_an_unknown_app_is_an_error(people: Callable[[str, str], Person]) -> None:
    with pytest.raises(StandInRefusedError):
        people("", "A0SOCKET").slash_command("#general", "/bug help")


def test_all_that_the_tiny_bot_sent_is_good_block_kit(person: Person) -> None:
    person.slash_command("#incidents", "/bug it")
    person.form()
    person.close_form()

    assert problems_in_log(person.base_url) == []


def test_a_bad_payload_is_found_in_the_log(person: Person) -> None:
    client = WebClient(SOCKET_APP.bot_token, base_url=f"{person.base_url}/api/")
    client.chat_postMessage(channel="C0GENERAL", text="x", blocks=[{"type": "section"}])
    client.views_publish(user_id="U0QA", view={"type": "home", "blocks": [{"type": "nothing"}]})

    problems = problems_in_log(person.base_url)

    assert any(problem.startswith("chat.postMessage: 0: ") for problem in problems)
    assert any(problem.startswith("message in general: 0: ") for problem in problems)
    assert any(problem.startswith("views.publish: blocks/0/type: ") for problem in problems)
