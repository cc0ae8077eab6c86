import pytest

from demo.message import NoSuchButtonError, pressable


def test_a_menu_names_its_options() -> None:
    option = {"text": {"type": "plain_text", "text": "Close"}, "value": "close"}
    menu = {"type": "overflow", "action_id": "more", "options": [option]}
    message = {"blocks": [{"type": "section", "block_id": "b", "accessory": menu}]}

    chosen = pressable(message, "more", "Close")

    assert chosen is not None
    assert chosen["selected_option"] == option
    with pytest.raises(NoSuchButtonError, match="it offers: Close"):
        pressable(message, "more", "Delete")
