"""Whatever way a payload takes to Slack, it is checked."""

from demo.web_state import Call
from tests.block_kit.log import problems_in_calls, problems_of_acknowledgement, problems_of_call
from tests.block_kit.samples import message, modal, plain


def test_good_payloads_have_no_problems() -> None:
    calls = [
        Call(method="chat.postMessage", arguments={"text": "x", "blocks": message()}),
        Call(method="views.open", arguments={"view": modal()}),
        Call(method="response_url", arguments={"text": "x"}),
        Call(method="acknowledgement", arguments={}),
        Call(method="auth.test", arguments={}),
    ]

    assert problems_in_calls(calls) == []


def test_a_bad_view_is_found_in_a_call_and_in_an_acknowledgement() -> None:
    view = {**modal(), "title": plain("x" * 25)}

    assert problems_of_call("views.open", {"view": view}) == [
        f"views.open: title/text: '{'x' * 25}' is too long"
    ]
    update = {"response_action": "update", "view": view}
    assert problems_of_acknowledgement(update)[0].startswith("acknowledgement: title/text")


def test_bad_blocks_are_found_in_answers_over_a_response_url() -> None:
    answer = Call(method="response_url", arguments={"blocks": [{"type": "section"}]})

    assert problems_in_calls([answer])[0].startswith("response_url: 0: ")


def test_blocks_that_are_no_list_are_a_problem() -> None:
    assert problems_of_call("chat.update", {"text": "x", "blocks": "[]"}) == [
        "chat.update: blocks is not a list."
    ]
