"""A bot that is killed leaves nobody without an answer, and no file behind."""

import contextlib
import sqlite3
import time
from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest

from demo.cast import workspace
from demo.signed_delivery import SignedDelivery
from demo.signed_person import SignedPerson
from demo.web_api import running_web_api
from demo.web_state import WebState
from tests.bot.office import BUG, INCIDENTS, Office
from tests.bot.test_bot_command import running_bot
from tests.real_git import RealGit, new_bare

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
NOWHERE = "http://127.0.0.1:9/gone"


@pytest.fixture
def state() -> Iterator[WebState]:
    with running_web_api(workspace()) as state:
        yield state


def share_and_report(state: WebState, person: SignedPerson, url: str) -> None:
    """Report a message with a picture from its menu."""
    event = person.share(INCIDENTS, "page.png", PNG, deliver=False)
    shortcut = {
        "type": "message_action",
        "callback_id": "report_bug",
        "channel": {"id": "C0INCIDENTS"},
        "message": {**event, "text": "The page is empty"},
    }
    delivery = SignedDelivery(state=state, bot_url=url)
    delivery.interaction(person.user_id, shortcut, "the shortcut")
    assert person.submit({}).closed


def approve_unheard(state: WebState, url: str) -> None:
    """Ask for a move that is refused, where Slack does not take the answer."""
    type_unheard(state, url, "approve 1")


def type_unheard(state: WebState, url: str, text: str) -> None:
    """Type a command, where Slack does not take the answer at its address."""
    with state.changing():
        fields = {
            "command": "/bug",
            "text": text,
            "channel_id": "C0INCIDENTS",
            "user_id": "U0QA",
            "trigger_id": state.new_trigger("U0QA"),
            "response_url": NOWHERE,
        }
    SignedDelivery(state=state, bot_url=url).command(fields, text)


def wait_until(look: Callable[[], object]) -> None:
    for _ in range(1200):
        if look():
            return
        time.sleep(0.05)
    sentence = "It does not come."
    raise TimeoutError(sentence)


def owed(data: Path) -> str:
    """All answers that are owed in the ledger of a bot."""
    return noted(data, "SELECT about FROM answers")


def tries(data: Path) -> str:
    """How often each file was asked for in vain."""
    return noted(data, "SELECT attempts FROM errands")


def noted(data: Path, query: str) -> str:
    """What the ledger of a bot answers."""
    with contextlib.closing(sqlite3.connect(next(data.rglob("ledger.sqlite3")))) as ledger:
        return str(ledger.execute(query).fetchall())


def reaction_to(ts: str) -> dict[str, Any]:
    """The reaction that puts a message into the timeline, as Slack tells of it."""
    item = {"type": "message", "channel": "C0INCIDENTS", "ts": ts}
    told = {"type": "reaction_added", "user": "U0QA", "reaction": "pushpin", "item": item}
    return {**told, "event_ts": "1.1"}


def subjects(git: RealGit) -> str:
    return git("log", "--format=%s", "main")


def attached(git: RealGit) -> list[str]:
    names = git("ls-tree", "--name-only", "-r", "main").splitlines()
    return [name for name in names if name.endswith(".png")]


@pytest.mark.slow
def test_files_refusals_and_reactions_that_a_killed_bot_had_in_hand_come_from_the_next_one(
    state: WebState, tmp_path: Path
) -> None:
    git = new_bare(tmp_path / "shared.git")
    with running_bot(state, git, tmp_path / "data") as (process, url):
        qa = SignedPerson(state=state, user_id="U0QA", bot_url=url, patience=60.0)
        state.refused["files.info"] = "internal_error"
        share_and_report(state, qa, url)
        qa.await_message(INCIDENTS, f"✅ {BUG}")
        root = qa.await_message(INCIDENTS, f"{BUG} The page is empty")
        reaction = reaction_to(qa.send(INCIDENTS, "Redis is full", thread_ts=root["ts"]))
        state.refused |= {"chat.postEphemeral": "fatal_error", "chat.postMessage": "fatal_error"}
        approve_unheard(state, url)
        wait_until(lambda: "Approve is not possible" in owed(tmp_path / "data"))
        wait_until(lambda: "(1,)" in tries(tmp_path / "data"))
        with state.changing():  # in which Slack answers nobody
            taken = SignedDelivery(state=state, bot_url=url).event(reaction, "Ev0KILLED")
            type_unheard(state, url, "note 1 Rolled back")
            process.kill()
    assert taken == HTTPStatus.SERVICE_UNAVAILABLE
    assert attached(git) == []

    state.refused.clear()
    with running_bot(state, git, tmp_path / "data") as (_, url):
        again = [
            SignedDelivery(state=state, bot_url=url).event(reaction, "Ev0KILLED") for _ in "ab"
        ]
        assert again == [HTTPStatus.OK] * 2
        qa.await_message(INCIDENTS, f"Approve is not possible yet for {BUG}")
        wait_until(lambda: attached(git) and " quote: Redis is full" in subjects(git))
        qa.await_message(INCIDENTS, f"✅ {BUG}: Rolled back")

    assert subjects(git).count(" note: Rolled back") == 1
    assert len(attached(git)) == 1
    assert subjects(git).count(" attach") == 1
    assert subjects(git).count(" quote") == 1


def test_nothing_is_owed_to_whoever_was_answered(office: Office) -> None:
    office.bring("report")
    qa = office.person("qa")
    qa.slash_command(INCIDENTS, "/bug note 1 Seen again")
    qa.await_message(INCIDENTS, "✅ BUG-0001: Seen again")
    qa.slash_command(INCIDENTS, "/bug help")
    qa.await_message(INCIDENTS, "/bug report")
    qa.slash_command(INCIDENTS, "/bug approve 1")
    qa.await_message(INCIDENTS, "Approve is not possible yet")

    wait_until(lambda: not office.tracker.ledger.answers.owed(9))


def test_an_answer_is_noted_before_slack_has_it_so_that_a_kill_asks_nobody_to_type_again(
    office: Office, tmp_path: Path
) -> None:
    office.bring("report")
    qa = office.person("qa")
    qa.slash_command(INCIDENTS, "/bug show 1")  # after which the bot knows who that is
    qa.await_message(INCIDENTS, "What is broken")
    with office.state.changing():  # in which Slack answers nobody
        approve_unheard(office.state, office.bot_url)
        wait_until(lambda: "Approve is not possible" in owed(tmp_path / "data"))
    qa.await_message(INCIDENTS, "Approve is not possible")
    wait_until(lambda: not office.tracker.ledger.answers.owed(9))


def test_an_answer_that_another_bot_has_sent_is_not_sent_again(office: Office) -> None:
    office.bring("report")
    office.bot.answering.stop()
    office.state.refused |= {"chat.postEphemeral": "fatal_error", "chat.postMessage": "fatal_error"}
    unsent, answers = office.bot.voice.announcer.client.unsent, office.tracker.ledger.answers
    approve_unheard(office.state, office.bot_url)
    wait_until(lambda: len(unsent))
    (waiting,) = answers.owed(9)
    assert "Approve is not possible" in waiting.about

    answers.given(waiting.request)
    office.state.refused.clear()
    unsent.send()

    assert len(unsent) == 0
    told = [message["text"] for message in office.person("qa").messages(INCIDENTS)]
    assert not any("Approve is not possible" in text for text in told)
