"""Bugs that hold more than any message: Slack takes what is said of them all the same."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.blocks.bug_list import bug_list
from bot.blocks.card import bug_details, root_message
from bot.blocks.elements import plain, section
from bot.blocks.findings import evidence_result, history_result
from bot.blocks.hotfix_sheet import hotfix_status
from bot.blocks.message import Message, message
from bot.blocks.plan_sheet import plan_sheet
from bot.blocks.readiness_sheet import readiness_sheet
from bot.blocks.room_card import room_card
from bot.forms.catalogue import FORMS
from bot.forms.form import form_view
from tests.block_kit.validate import problems_of_blocks, problems_of_view
from tests.builders.incident import POLICY
from tests.builders.life import START, life_at
from tracker.model.investigation import Hypothesis, Investigation, InvestigationStep
from tracker.model.record import BugRecord
from tracker.workflow.readiness import readiness

NOW = START + timedelta(days=60)
SITE = "https://bugs.example.com"


def messages_about(record: BugRecord, text: str) -> Iterator[Message]:
    """Every message that grows with the record."""
    yield root_message(record, POLICY, NOW, SITE, {})
    yield bug_details(record, POLICY, NOW, SITE, {})
    yield hotfix_status(record, POLICY, NOW)
    yield bug_list([record] * 100, POLICY, NOW)
    yield room_card(record, POLICY, NOW, SITE, {})
    yield plan_sheet(searched(record, text)) or bug_list([], POLICY, NOW)
    yield readiness_sheet(record, readiness(record, POLICY, NOW))
    yield history_result(record, [(NOW, text, text)] * 300)
    yield evidence_result(record, [InvestigationStep(title="x" * 300, findings=text)] * 60, ())


def crowded(title: str, text: str) -> BugRecord:
    """A bug with 300 timeline entries and 100 action items, all in long or strange words."""
    life = life_at("verified").act("action", text="x" * 300, horizon="immediate", due="2026-12-01")
    record, (item,) = life.bug, life.bug.actions
    entries = tuple(
        record.timeline[-1].model_copy(update={"key": f"k{number:05d}", "text": text})
        for number in range(300)
    )
    items = tuple(
        item.model_copy(update={"key": f"i{number:05d}", "text": text}) for number in range(100)
    )
    return record.model_copy(update={"title": title, "timeline": entries, "actions": items})


def searched(record: BugRecord, text: str) -> BugRecord:
    """The same with more noted on the way to the cause than a message holds."""
    found = Investigation.model_construct(
        known=(text,) * 60,
        unknown=(text,) * 60,
        conclusion=text,
        hypotheses=(Hypothesis.model_construct(statement=text),) * 60,
        steps=(InvestigationStep.model_construct(title=text),) * 60,
    )
    return record.model_copy(update={"investigation": found})


STRANGE = ("x" * 3000, "🧨" * 1500, "\u0645\u0631\u062d\u0628\u0627 \u202e" * 300, "<&>" * 1000)


@pytest.mark.parametrize("text", STRANGE)
def test_slack_takes_a_bug_with_more_than_a_message_holds(text: str) -> None:
    record = crowded(text, text)
    told = list(messages_about(record, text))

    assert [problem for each in told for problem in problems_of_blocks(each.blocks)] == []


@pytest.mark.parametrize("text", STRANGE[1:3])
@pytest.mark.parametrize("verb", [verb for verb in FORMS if verb != "report"])
def test_slack_takes_every_form_of_such_a_bug(verb: str, text: str) -> None:
    view = form_view(verb, crowded(text, text), POLICY, {}, live=True)

    assert problems_of_view(view) == []


def test_a_message_of_the_greatest_length_is_taken() -> None:
    told = message("A lot", [section(plain("y" * 2990)) for _ in range(30)])

    assert problems_of_blocks(told.blocks) == []
    length = sum(len(block["text"]["text"]) for block in told.blocks if "text" in block)
    assert 10_000 < length <= 13_200
