"""Channels gone, the bot put out, tokens revoked, storms of limits, and Slack away for an hour."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.reminding import BEGUN
from demo.message import visible_text
from demo.participant import NotAcknowledgedError
from tests.bot.office import BUG, INCIDENTS, Office, open_office
from tracker.store.secrets import SecretScanner

NOWHERE = "http://127.0.0.1:9/api/"


def wait(office: Office, look: Callable[[], object], what: str) -> None:
    """Look again and again, also at what changes without Slack."""
    for _ in range(1200):
        with office.state.changing():
            if look():
                return
        time.sleep(0.05)
    sentence = f"There was no {what}."
    raise TimeoutError(sentence)


def notes(office: Office, text: str) -> list[str]:
    """The notes with this text that everybody sees, wherever they stand."""
    return [
        str(message["text"])
        for messages in office.state.messages.values()
        for message in messages.values()
        if message.get("thread_ts") and "ephemeral_to" not in message and text in message["text"]
    ]


def answers(office: Office, text: str) -> list[str]:
    return [
        str(message["text"])
        for messages in office.state.messages.values()
        for message in messages.values()
        if "✅" in message["text"] and text in message["text"]
    ]


def roots(office: Office, channel: str) -> list[str]:
    return [
        visible_text(message)
        for message in office.state.visible(channel, "")
        if "bot_id" in message and not message.get("thread_ts")
    ]


@contextmanager
def refusing(office: Office, code: str, *methods: str) -> Iterator[None]:
    """Slack answers these methods, or these in one channel, with an error."""
    with office.state.changing():
        office.state.refused = dict.fromkeys(methods, code)
    yield
    with office.state.changing():
        office.state.refused = {}


def note(office: Office, text: str) -> None:
    """Note something, and be answered."""
    support = office.person("support")
    support.slash_command(INCIDENTS, f"/bug note 1 {text}")
    support.await_message(INCIDENTS, f"✅ {BUG}: {text}")


def catch_up(office: Office) -> None:
    for loop in office.bot.loops:
        loop.wake()


@pytest.mark.parametrize("code", ["channel_not_found", "is_archived", "not_in_channel"])
def test_a_bug_whose_channel_is_gone_is_shown_where_the_policy_says(
    office: Office, code: str
) -> None:
    office.bring("report")
    before = office.root()
    with refusing(office, code, "chat.update"):
        note(office, "Seen again")
        wait(office, lambda: office.root() != before, "second message")

    assert "Seen again" in roots(office, "C0INCIDENTS")[-1]
    note(office, "And again")
    wait(office, lambda: notes(office, "And again"), "note in the new thread")
    assert len(roots(office, "C0INCIDENTS")) == 2


def test_a_bot_that_was_put_out_of_the_channel_answers_and_goes_on_once_it_is_back(
    office: Office,
) -> None:
    with refusing(office, "not_in_channel", "chat.postMessage", "chat.postEphemeral"):
        assert office.report() == BUG
        note(office, "Seen again")
    note(office, "And again")
    wait(office, lambda: office.tracker.ledger.root_message(BUG), "message of the bug")

    (shown,) = roots(office, "C0INCIDENTS")
    assert "Seen again" in shown


def test_a_revoked_token_keeps_all_news_and_answers_for_the_next_one(office: Office) -> None:
    office.bring("report")
    support = office.person("support")
    with refusing(office, "token_revoked", "*"):
        office.state.response_urls.clear()
        support.slash_command(INCIDENTS, "/bug note 1 Seen again")
        with office.state.changing():
            office.state.response_urls.clear()
        wait(office, lambda: f"{BUG} note: Seen again" in office.subjects(), "commit")
        wait(office, lambda: office.calls("chat.update"), "try to tell")
        assert notes(office, "Seen again") == []

    catch_up(office)
    wait(office, lambda: notes(office, "Seen again"), "note")
    wait(office, lambda: answers(office, "Seen again"), "answer")
    assert len(notes(office, "Seen again")) == len(answers(office, "Seen again")) == 1


def test_in_a_storm_of_limits_everything_is_said_once(office: Office) -> None:
    office.bring("report")
    slept: list[float] = []
    lanes = office.bot.voice.announcer.client.lanes
    lanes.sleep, lanes.monotonic = slept.append, lambda: sum(slept)
    texts = [f"Observation {number}" for number in range(5)]
    with refusing(office, "ratelimited", "chat.postMessage", "chat.update"):
        for text in texts:
            note(office, text)
        catch_up(office)
        wait(office, lambda: len(office.calls("chat.update")) > 1, "tries in the storm")
        assert not any(notes(office, text) for text in texts)
    slept.append(3600)
    catch_up(office)

    wait(office, lambda: all(notes(office, text) for text in texts), "all notes")
    assert [len(notes(office, text)) for text in texts] == [1] * len(texts)


def test_one_channel_that_slack_limits_holds_up_no_other(office: Office) -> None:
    office.bring("report")
    with office.state.changing():
        office.state.add_channel("C0QUIET", "quiet")
    office.tracker.ledger.keep_root_message(replace(office.root(), channel="C0QUIET"))
    with refusing(office, "ratelimited", "chat.update C0QUIET"):
        note(office, "Seen again")
        second = office.report("The till is closed")
        wait(office, lambda: office.tracker.ledger.root_message(second), "message of the other bug")

        assert notes(office, "Seen again") == []


def test_after_an_hour_without_slack_nothing_is_lost_doubled_or_unanswered(office: Office) -> None:
    office.bot.voice.remind.stop()
    office.tracker.ledger.move_cursor(BEGUN, "begun")
    office.bring("report")
    support, hurried = office.person("support"), office.bot.voice.announcer.client
    client = office.bot.desk.client
    there = client.base_url
    client.base_url = hurried.base_url = NOWHERE
    with office.state.changing():
        url, office.state.base_url = office.state.base_url, "http://127.0.0.1:9"
    support.slash_command(INCIDENTS, "/bug note 1 The last one that came through")
    wait(office, lambda: len(hurried.unsent) == 1, "answer that waits")
    office.bot.voice.announcer.follow()
    later = office.tracker.now() + timedelta(hours=1)
    reminding = office.bot.voice.reminding
    away = replace(reminding, tracker=replace(office.tracker, now=lambda: later))
    away.step()
    assert notes(office, "Nobody has judged it") == []

    client.base_url = hurried.base_url = there
    office.state.base_url = url
    catch_up(office)
    wait(office, lambda: answers(office, "The last one"), "answer")
    wait(office, lambda: notes(office, "The last one"), "note")
    away.step()
    away.step()
    catch_up(office)

    note(office, "After all")
    assert len(answers(office, "The last one")) == len(notes(office, "The last one")) == 1
    assert office.subjects().count(f"{BUG} note: The last one that came through") == 1


def test_an_answer_that_slack_never_took_is_given_by_the_next_process(
    tmp_path: Path, scanner: SecretScanner
) -> None:
    with open_office(tmp_path, scanner) as before:
        before.bring("report")
        client = before.bot.desk.client
        client.base_url = NOWHERE
        with before.state.changing():
            before.state.base_url = "http://127.0.0.1:9"
        before.person("support").slash_command(INCIDENTS, "/bug note 1 Seen again")
        wait(before, lambda: len(before.bot.voice.announcer.client.unsent) == 1, "waiting answer")

    with open_office(tmp_path, scanner, git=before.git) as after:
        wait(after, lambda: answers(after, "Seen again"), "answer")
        assert len(answers(after, "Seen again")) == 1
        assert after.subjects().count(f"{BUG} note: Seen again") == 1


def test_a_reaction_to_what_slack_does_not_give_out_is_answered_and_works_again(
    office: Office,
) -> None:
    office.bring("report")
    qa = office.person("qa")
    ts = qa.send(INCIDENTS, "Redis is full", thread_ts=office.root().ts)
    with refusing(office, "internal_error", "conversations.replies"):
        qa.react(INCIDENTS, ts, "pushpin")
        qa.await_message(INCIDENTS, "Slack does not give the message out just now")
    qa.react(INCIDENTS, ts, "pushpin", present=False)
    qa.react(INCIDENTS, ts, "pushpin")
    wait(office, lambda: f"{BUG} quote: Redis is full" in office.subjects(), "quote")


def test_a_command_that_could_not_come_in_is_shown_as_an_error_and_changes_nothing(
    office: Office,
) -> None:
    office.bring("report")
    support = replace(office.person("support"), bot_url="http://127.0.0.1:9/slack/events")
    with pytest.raises(NotAcknowledgedError):
        support.slash_command(INCIDENTS, "/bug note 1 Lost")

    assert office.subjects() == [f"{BUG} report: Redemption fails"]
