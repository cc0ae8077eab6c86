"""What every stand-in for Slack must be able to play with the tiny bot, step by step."""

import pytest

from demo.form import UnknownAnswerError
from demo.message import visible_text
from demo.participant import ACK_SECONDS, NotAcknowledgedError, Participant

CHANNEL = "#incidents"


def play_command_to_button(person: Participant) -> None:
    assert person.slash_command(CHANNEL, "/bug it") < ACK_SECONDS
    form = person.form("Report a bug")
    assert form.labels == ["What is broken?", "Severity", "Owner"]

    empty = person.submit({})
    assert empty.errors == {"Severity": "Please complete this required field."}

    refused = person.submit({"Severity": "P1 High"})
    assert refused.errors == {"What is broken?": "Say which part is broken."}

    taken = person.submit(
        {"What is broken?": "The reader", "Severity": "P1", "Owner": "Backend Engineer"}
    )
    assert taken.closed

    root = person.await_message(CHANNEL, "P1: The reader (U0BACKEND)")
    assert person.press(CHANNEL, "Claim", ts=root["ts"]) < ACK_SECONDS
    claimed = person.await_message(CHANNEL, f"claimed by <@{person.user_id}>")
    assert claimed["ts"] == root["ts"]
    reply = person.await_message(CHANNEL, "Claimed.", thread_ts=root["ts"])
    assert [message["ts"] for message in person.messages(CHANNEL, thread_ts=root["ts"])] == [
        root["ts"],
        reply["ts"],
    ]
    person.await_message(CHANNEL, "You have it.")


def play_two_forms_in_a_row(person: Participant) -> None:
    person.slash_command(CHANNEL, "/bug details")
    following = person.submit({"Severity": "P0 Critical"})
    assert not following.closed
    assert following.view is not None
    assert following.view["title"]["text"] == "Details"

    assert person.submit({"Seen in": ["logs", "metrics"]}, title="Details").closed
    person.slash_command(CHANNEL, "/bug help")  # its answer comes after the message awaited next
    person.await_message(CHANNEL, "Type /bug")
    assert [message["text"] for message in person.direct_messages()] == ["Seen in logs, metrics"]


def play_closing_a_form(person: Participant) -> None:
    person.slash_command(CHANNEL, "/bug it")
    person.form("Report a bug")
    person.close_form()
    person.slash_command(CHANNEL, "/bug other")

    assert person.form().fill({})["broken"]["v"]["value"] == "other"
    person.close_form()


def play_private_answers(person: Participant, other: Participant) -> None:
    person.slash_command(CHANNEL, "/bug help")
    person.await_message(CHANNEL, "Type /bug and what is broken.")
    person.slash_command(CHANNEL, "/bug list")
    person.await_message(CHANNEL, "No bug is open.")

    assert not any("/bug" in visible_text(seen) for seen in other.messages(CHANNEL))


def play_a_talk_in_the_channel(person: Participant) -> None:
    ts = person.send(CHANNEL, "ping")
    person.await_message(CHANNEL, "pong", thread_ts=ts)
    person.react(CHANNEL, ts, "eyes")
    person.await_message(CHANNEL, ":eyes: noted", thread_ts=ts)


def play_wrong_names(person: Participant) -> None:
    person.slash_command(CHANNEL, "/bug it")
    with pytest.raises(UnknownAnswerError, match="its fields are: What is broken\\?, Severity"):
        person.submit({"What happened?": "x"})
    with pytest.raises(UnknownAnswerError, match="the options are: P0 Critical, P1 High"):
        person.submit({"Severity": "P7"})
    with pytest.raises(UnknownAnswerError, match="'Nobody Known'"):
        person.submit({"Owner": "Nobody Known"})
    person.close_form()


def play_waiting_in_vain(person: Participant) -> None:
    with pytest.raises(TimeoutError, match="Never said"):
        person.await_message(CHANNEL, "Never said")
    with pytest.raises(TimeoutError, match="button 'Fix it'"):
        person.press(CHANNEL, "Fix it")
    with pytest.raises(TimeoutError, match="form 'Fix it'"):
        person.form("Fix it")


def play_silence(person: Participant) -> None:
    with pytest.raises(NotAcknowledgedError, match="/bug silence"):
        person.slash_command(CHANNEL, "/bug silence")
