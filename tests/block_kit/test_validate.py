"""The stand-in accepts any blocks; these checks refuse what Slack refuses, and nothing else."""

import copy
from collections.abc import Callable

import pytest

from tests.block_kit.samples import (
    Payload,
    button,
    message,
    modal,
    mrkdwn,
    option,
    plain,
    select,
)
from tests.block_kit.validate import problems_of_blocks, problems_of_view


def test_a_good_message_has_no_problems() -> None:
    assert problems_of_blocks(message()) == []


def test_a_good_modal_has_no_problems() -> None:
    assert problems_of_view(modal()) == []


def test_a_good_home_has_no_problems() -> None:
    assert problems_of_view({"type": "home", "blocks": message()}) == []


def test_a_message_may_be_as_long_as_slack_allows() -> None:
    sections = [{"type": "section", "text": mrkdwn("x" * 3000)} for _ in range(4)]

    assert problems_of_blocks([*sections, {"type": "section", "text": mrkdwn("x" * 1200)}]) == []


BLOCK_MISTAKES: dict[str, tuple[Callable[[list[Payload]], object], str]] = {
    "an unknown type of block": (lambda b: b.append({"type": "button_row"}), "7/type"),
    "a block that only has a type": (lambda b: b.append({"type": "section"}), "7"),
    "an unknown key": (lambda b: b[0].update(colour="red"), "colour"),
    "a header in mrkdwn": (lambda b: b[0].update(text=mrkdwn("x")), "0/text"),
    "a header of 151 characters": (lambda b: b[0].update(text=plain("x" * 151)), "0/text/text"),
    "a text as a bare string": (lambda b: b[2].update(text="Next"), "2/text"),
    "an empty text": (lambda b: b[2].update(text=mrkdwn("")), "2/text/text"),
    "a section of 3,001 characters": (
        lambda b: b[2].update(text=mrkdwn("x" * 3001)),
        "2/text/text",
    ),
    "a section without text and fields": (lambda b: b[1].pop("fields"), "1: "),
    "eleven fields": (lambda b: b[1].update(fields=[mrkdwn("x")] * 11), "1/fields"),
    "no fields at all": (lambda b: b[1].update(fields=[]), "1/fields"),
    "a field of 2,001 characters": (
        lambda b: b[1].update(fields=[mrkdwn("x" * 2001)]),
        "1/fields/0/text",
    ),
    "eleven context elements": (
        lambda b: b[3].update(elements=[mrkdwn("x")] * 11),
        "3/elements",
    ),
    "a button in a context": (lambda b: b[3].update(elements=[button("x")]), "3/elements/0/type"),
    "twenty-six buttons": (
        lambda b: b[5].update(elements=[button(f"b{n}") for n in range(26)]),
        "5/elements",
    ),
    "a button of 76 characters": (
        lambda b: b[5]["elements"][0].update(text=plain("x" * 76)),
        "5/elements/0/text/text",
    ),
    "a button value of 2,001 characters": (
        lambda b: b[5]["elements"][0].update(value="x" * 2001),
        "5/elements/0/value",
    ),
    "a button style that does not exist": (
        lambda b: b[5]["elements"][0].update(style="warning"),
        "5/elements/0/style",
    ),
    "an action_id of 256 characters": (
        lambda b: b[5]["elements"][0].update(action_id="x" * 256),
        "5/elements/0/action_id",
    ),
    "a select without options": (
        lambda b: b[2].update(accessory=select()),
        "2/accessory/options",
    ),
    "a select with 101 options": (
        lambda b: b[2].update(accessory=select(*[option(f"o{n}") for n in range(101)])),
        "2/accessory/options",
    ),
    "an option of 76 characters": (
        lambda b: b[2].update(accessory=select(option("x" * 76))),
        "2/accessory/options/0",
    ),
    "six choices in an overflow menu": (
        lambda b: b[2].update(
            accessory={
                "type": "overflow",
                "action_id": "more",
                "options": [option(f"o{n}") for n in range(6)],
            }
        ),
        "2/accessory/options",
    ),
    "an unknown element in rich text": (
        lambda b: b[6]["elements"][0]["elements"].append({"type": "bold", "text": "x"}),
        "6/elements/0/elements/1/type",
    ),
    "fifty-one blocks": (lambda b: b.extend([{"type": "divider"}] * 44), "(root)"),
    "a block_id twice": (lambda b: b[5].update(block_id="facts"), "block_id: 'facts'"),
    "an action_id twice in one block": (
        lambda b: b[5]["elements"].append(button("triage", "Again")),
        "the action_id 'triage'",
    ),
    "13,201 characters in all": (
        lambda b: b.extend({"type": "section", "text": mrkdwn("x" * 2700)} for _ in range(5)),
        "over 13200",
    ),
}


@pytest.mark.parametrize("name", BLOCK_MISTAKES)
def test_a_mistake_in_a_message_is_found_where_it_is(name: str) -> None:
    plant, place = BLOCK_MISTAKES[name]
    blocks = copy.deepcopy(message())
    plant(blocks)

    assert any(place in problem for problem in problems_of_blocks(blocks)), name


VIEW_MISTAKES: dict[str, tuple[Callable[[Payload], object], str]] = {
    "no type": (lambda v: v.pop("type"), "type"),
    "no title": (lambda v: v.pop("title"), "title"),
    "a title of 25 characters": (lambda v: v.update(title=plain("x" * 25)), "title/text"),
    "a title in mrkdwn": (lambda v: v.update(title=mrkdwn("x")), "title"),
    "a submit of 25 characters": (lambda v: v.update(submit=plain("x" * 25)), "submit/text"),
    "no submit beside an input": (lambda v: v.pop("submit"), "submit"),
    "no blocks": (lambda v: v.pop("blocks"), "blocks"),
    "a hundred and one blocks": (
        lambda v: v["blocks"].extend([{"type": "divider"}] * 96),
        "blocks: ",
    ),
    "private metadata of 3,001 characters": (
        lambda v: v.update(private_metadata="x" * 3001),
        "private_metadata",
    ),
    "a callback_id of 256 characters": (
        lambda v: v.update(callback_id="x" * 256),
        "callback_id",
    ),
    "an unknown key": (lambda v: v.update(state={}), "state"),
    "a key that only Slack sets": (lambda v: v.update(id="V1"), "id"),
    "an input without a label": (lambda v: v["blocks"][1].pop("label"), "blocks/1"),
    "an input without an element": (lambda v: v["blocks"][1].pop("element"), "blocks/1"),
    "a button as an input": (
        lambda v: v["blocks"][1].update(element=button("x")),
        "blocks/1/element",
    ),
    "a label in mrkdwn": (lambda v: v["blocks"][1].update(label=mrkdwn("x")), "blocks/1/label"),
    "a placeholder of 151 characters": (
        lambda v: v["blocks"][1]["element"].update(placeholder=plain("x" * 151)),
        "blocks/1/element/placeholder",
    ),
    "a text longer than Slack keeps": (
        lambda v: v["blocks"][1]["element"].update(max_length=3001),
        "blocks/1/element/max_length",
    ),
    "a shortest length over the longest": (
        lambda v: v["blocks"][1]["element"].update(min_length=9, max_length=8),
        "min_length",
    ),
    "an initial option that is not offered": (
        lambda v: v["blocks"][2]["element"].update(initial_option=option("P9")),
        "initial option",
    ),
    "options beside option groups": (
        lambda v: v["blocks"][2]["element"].update(
            option_groups=[{"label": plain("Levels"), "options": [option("P2")]}]
        ),
        "option_groups",
    ),
    "an option value twice": (
        lambda v: v["blocks"][2]["element"]["options"].append(option("P0")),
        "'P0'",
    ),
    "an input whose block_id is taken": (
        lambda v: v["blocks"][2].update(block_id="broken"),
        "'broken'",
    ),
    "optional as a word": (lambda v: v["blocks"][1].update(optional="yes"), "optional"),
}


@pytest.mark.parametrize("name", VIEW_MISTAKES)
def test_a_mistake_in_a_modal_is_found_where_it_is(name: str) -> None:
    plant, place = VIEW_MISTAKES[name]
    view = copy.deepcopy(modal())
    plant(view)

    assert any(place in problem for problem in problems_of_view(view)), name


def test_a_home_with_an_unknown_block_is_refused() -> None:
    view = {"type": "home", "blocks": [{"type": "modal_row"}]}

    assert problems_of_view(view) != []
