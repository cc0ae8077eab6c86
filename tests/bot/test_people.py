from collections.abc import Iterator

import pytest

from bot.app import web_client
from bot.kept import Kept
from bot.people import LIFETIME, People, UnknownUserError, person_of
from demo.cast import SOCKET_APP, workspace
from demo.web_api import running_web_api
from demo.web_state import WebState
from tracker.model.person import Person

SENIOR = Person(name="Senior Engineer", email="senior@example.com")


@pytest.fixture
def state() -> Iterator[WebState]:
    with running_web_api(workspace()) as state:
        yield state


@pytest.fixture
def people(state: WebState) -> People:
    return People(client=web_client(SOCKET_APP.bot_token, f"{state.base_url}/api"))


def test_a_user_is_the_git_author_with_their_name_and_address(people: People) -> None:
    found = people.person("U0BACKEND")

    assert str(found) == "Backend Engineer <backend@example.com>"


def test_slack_is_asked_once(people: People, state: WebState) -> None:
    people.persons(["U0BACKEND", "U0BACKEND"])
    people.person("U0BACKEND")
    assert people.slack_id(people.person("U0BACKEND")) == "U0BACKEND"

    assert [call.method for call in state.calls] == ["users.info", "auth.test"]


def test_after_warming_up_slack_is_not_asked(people: People, state: WebState) -> None:
    people.warm_up()

    assert people.person("U0QA").name == "QA Team"
    assert people.id_of_name("QA") == "U0QA"
    assert people.remembered_id(SENIOR) == "U0SENIOR"
    assert [call.method for call in state.calls] == ["users.list", "auth.test"]


def test_a_person_is_found_by_their_address(people: People) -> None:
    assert people.remembered_id(SENIOR) is None
    assert people.slack_id(SENIOR) == "U0SENIOR"


def test_somebody_whom_slack_does_not_know_is_asked_for_once(
    people: People, state: WebState
) -> None:
    stranger = Person(name="Stranger", email="stranger@example.com")

    assert people.slack_id(stranger) is None
    assert people.slack_id(stranger) is None
    assert len(state.calls) == 1


def test_an_unknown_user_is_told_in_a_sentence(people: People) -> None:
    with pytest.raises(UnknownUserError, match="Nobody here has the Slack id U0NOBODY"):
        people.person("U0NOBODY")


def test_an_unreachable_slack_is_told_in_a_sentence() -> None:
    people = People(client=web_client("xoxb-1", "http://127.0.0.1:9/api/"))

    with pytest.raises(UnknownUserError):
        people.person("U0BACKEND")
    assert people.slack_id(SENIOR) is None


def test_without_an_address_the_user_id_stands_in_for_it(people: People) -> None:
    person = person_of({"id": "U0BOT", "name": "bot", "profile": {}})

    assert person.email == "u0bot@slack.invalid"
    assert people.slack_id(person) == "U0BOT"


def test_a_name_cannot_break_a_commit() -> None:
    user = {"id": "U1", "profile": {"real_name": "A <b@c>\n\u202eB", "email": "a@example.com"}}

    assert person_of(user).name == "A b@c \\u202eB"


def test_only_so_much_is_kept() -> None:
    kept = Kept[int](size=2)
    for number in range(3):
        kept.keep(str(number), number)

    assert kept.items() == (("1", 1), ("2", 2))
    assert kept.take("2") == 2
    assert kept.take("2") is None


def test_what_slack_said_is_asked_anew_after_a_while_and_counts_while_slack_is_away(
    state: WebState,
) -> None:
    clock = [0.0]
    people = People(client=web_client(SOCKET_APP.bot_token, f"{state.base_url}/api/"))
    people.accounts.monotonic = lambda: clock[0]
    people.person("U0BACKEND")
    clock[0] = LIFETIME + 1
    people.person("U0BACKEND")
    assert [call.method for call in state.calls].count("users.info") == 2

    clock[0] *= 2
    people.client.base_url = "http://127.0.0.1:9/api/"

    assert people.person("U0BACKEND").name == "Backend Engineer"
