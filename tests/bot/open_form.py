"""What a person does in an open form besides submitting it, as Slack tells the bot."""

from collections.abc import Mapping
from typing import Any

from demo.form import Answer
from demo.signed_delivery import SignedDelivery
from demo.signed_person import SignedPerson


def choose(person: SignedPerson, label: str, answers: Mapping[str, Answer]) -> None:
    """Answer one input that tells of each choice; the others are entered beside it."""
    form = person.form()
    block = next(block for block in form.inputs if block["label"]["text"] == label)
    action = {
        "type": block["element"]["type"],
        "action_id": block["element"]["action_id"],
        "block_id": block["block_id"],
        "action_ts": "1.1",
    }
    _tell(person, answers, {"type": "block_actions", "container": {}, "actions": [action]})


def press_inside(person: SignedPerson, button: str, answers: Mapping[str, Answer]) -> None:
    """Press a button of the form, with these answers entered."""
    blocks = person.form().view["blocks"]
    rows = [block["elements"] for block in blocks if block["type"] == "actions"]
    found = next(part for row in rows for part in row if part["text"]["text"] == button)
    action = {**found, "block_id": "buttons", "action_ts": "1.1"}
    _tell(person, answers, {"type": "block_actions", "container": {}, "actions": [action]})


def give_up(person: SignedPerson, answers: Mapping[str, Answer]) -> None:
    """Close the form with these answers entered, where Slack tells them."""
    payload = {"type": "view_closed", "is_cleared": False}
    _tell(person, answers, payload)
    with person.state.changing():
        person.state.views.pop(person.user_id, None)


def _tell(person: SignedPerson, answers: Mapping[str, Answer], payload: dict[str, Any]) -> None:
    form = person.form()
    view = {**form.view, "state": {"values": form.fill(answers)}}
    delivery = SignedDelivery(state=person.state, bot_url=person.bot_url)
    delivery.interaction(person.user_id, {**payload, "view": view}, "something in a form")
