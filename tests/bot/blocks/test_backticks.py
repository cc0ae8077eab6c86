"""Slack shows backticks in plain text, so our sentences put commands in “…” there."""

from collections.abc import Iterator, Mapping

import pytest

from bot.blocks.answers import choose_bug, refusal
from bot.blocks.elements import ours, plain
from bot.blocks.help_page import help_message
from bot.blocks.message import Message
from bot.blocks.room_card import failed_errand
from bot.forms.layout import notice_view
from bot.sentence import sentence
from tests.demo.take_slack_screens import forms, messages
from tracker.workflow.decision import Reason
from tracker.workflow.verbs import VERBS

TOLD = "This needs `users:read`: type `/bug help`."
SHOWN = "This needs “users:read”: type “/bug help”."


def plain_texts(node: object) -> Iterator[str]:
    if isinstance(node, Mapping):
        if node.get("type") == "plain_text":
            yield node["text"]
        for part in node.values():
            yield from plain_texts(part)
    elif isinstance(node, list):
        for part in node:
            yield from plain_texts(part)


@pytest.mark.parametrize(
    "message",
    [
        sentence(TOLD),
        refusal([Reason(gate="x", sentence=TOLD)], "BUG-0001", "note"),
        choose_bug([], "note", TOLD),
        failed_errand("BUG-0001", "open the channel", TOLD),
    ],
    ids=["sentence", "refusal", "question", "failure"],
)
def test_a_sentence_of_ours_has_no_backticks_in_plain_text(message: Message) -> None:
    assert any(SHOWN in text for text in plain_texts(message.blocks))
    assert SHOWN in message.text


def test_a_notice_in_the_place_of_a_form_has_none() -> None:
    assert SHOWN in list(plain_texts(notice_view("Note", TOLD)))


def test_what_people_wrote_stays_as_it_is() -> None:
    assert plain("run `id`")["text"] == "run `id`"
    assert ours("run `id`")["text"] == "run “id”"


def test_no_message_and_no_form_of_the_bot_shows_backticks() -> None:
    shown = {**messages(), **{f"help {verb}": help_message(verb) for verb in VERBS}}
    texts = {name: [each.text, *plain_texts(each.blocks)] for name, each in shown.items()}
    texts |= {name: list(plain_texts(view["blocks"])) for name, view in forms().items()}

    assert [name for name, told in texts.items() if any("`" in text for text in told)] == []
