"""What somebody is told whose request a bot took and was killed before it did anything about it."""

from collections.abc import Mapping
from typing import Any, Final

from bot.blocks.elements import Block, actions, button, plain, section
from bot.blocks.message import Message, message
from bot.blocks.moves import move_button
from bot.blocks.text import one_line
from bot.blocks.words import verb_words

RESUME: Final = "resume"
"""The action id of the button that does what was typed; its value is the receipt."""

_LONGEST: Final = 2500  # characters of what was typed, as it is shown


def interrupted_command(receipt: str, typed: str) -> Message:
    """The command as it was typed, and a button that does it."""
    onward = "“Do it now” does it as you typed it; leave it if you have typed it again meanwhile."
    go = button("Do it now", RESUME, receipt, "primary")
    return _told(f"“{one_line(typed, _LONGEST)}”", onward, go)


def interrupted_press(about: Mapping[str, Any]) -> Message:
    """What was pressed, as far as the receipt knows it, and how it can be done after all."""
    if about.get("closed"):
        onward = "What you entered in it is kept for a week: open the form again to go on."
        return _told("a form that you closed", onward)
    if "verb" not in about:
        return _told("what you pressed", "If no form is open before you, please press it again.")
    bug = str(about["bug"])
    named = f" for {bug}" if any(map(str.isdigit, bug)) else ""
    again = move_button(about["verb"], bug, primary=True)
    return _told(f"“{verb_words(about['verb'])}”{named}", "Press it here.", again)


def _told(did: str, onward: str, *buttons: Block) -> Message:
    told = (
        f"Bugbook was restarted while it was at work on {did}, and nothing of it was recorded."
        f" {onward}"
    )
    return message(told, [section(plain(told)), *([actions(buttons)] if buttons else [])])
