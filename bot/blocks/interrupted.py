"""What somebody is told whose request a bot took and was killed before it did anything about it."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from bot.blocks.elements import Block, actions, button, plain, section
from bot.blocks.message import Message, message
from bot.blocks.moves import move_button
from bot.blocks.text import one_line
from bot.blocks.words import verb_words

RESUME: Final = "resume"
"""The action id of the button that does what was typed; its value is the receipt."""

_HOME: Final = (
    "Bugbook was restarted while it showed your home page without a search. Nothing is lost: open"
    " the page again."
)
_ELSE: Final = MappingProxyType(
    {
        "closed": (
            "a form that you closed",
            "What you entered in it is kept for a week: open the form again to go on.",
        ),
        "shortcut": (
            "the shortcut that you chose at a message",
            "If no form is open before you, please choose it again there.",
        ),
    }
)
_UNKNOWN: Final = ("what you pressed", "If no form is open before you, please press it again.")
_BUG: Final = re.compile(r"\b[A-Z][A-Z0-9]*-[0-9]+$")
_SEARCHED: Final = 200  # characters, which is what the field takes
_ON_BUTTON: Final = 50
_LONGEST: Final = 2500  # characters of what was typed, as it is shown


def interrupted_command(receipt: str, typed: str) -> Message:
    """The command as it was typed, and a button that does it."""
    onward = "“Do it now” does it as you typed it; leave it if you have typed it again meanwhile."
    go = button("Do it now", RESUME, receipt, "primary")
    return _told(f"“{one_line(typed, _LONGEST)}”", onward, go)


def interrupted_search(receipt: str, words: str) -> Message:
    """The search of a home page, of which nothing is lost, and a button that does it."""
    shown = one_line(words, _SEARCHED)
    told = f"Bugbook was restarted while it searched for “{shown}”. Nothing is lost; search again:"
    again = button(f"Search again for “{one_line(words, _ON_BUTTON)}”", RESUME, receipt, "primary")
    return message(told, [section(plain(told)), actions([again])])


def interrupted_press(about: Mapping[str, Any]) -> Message:
    """What was pressed, as far as the receipt knows it, and how it can be done after all."""
    if "verb" in about or "button" in about:
        return _offered_again(about)
    if "searched" in about:
        return message(_HOME, [section(plain(_HOME))])
    known = next((told for name, told in _ELSE.items() if about.get(name)), _UNKNOWN)
    return _told(*known)


def _offered_again(about: Mapping[str, Any]) -> Message:
    if "verb" in about:
        label, value = verb_words(about["verb"]), str(about["bug"])
        again = move_button(about["verb"], value, primary=True)
    else:
        label, value = about["button"], about["value"]
        again = button(label, about["action_id"], value, "primary")
    bug = _BUG.search(value)
    named = f"“{label}” for {bug[0]}" if bug else f"“{label}”"
    return _told(named, "Press it here.", again, row=about.get("row", ""))


def _told(did: str, onward: str, *buttons: Block, row: str = "") -> Message:
    """Say it, with buttons in a row that is called as it was: an answer is known by its row."""
    told = (
        f"Bugbook was restarted while it was at work on {did}, and nothing of it was recorded."
        f" {onward}"
    )
    named = {"block_id": row} if row else {}
    rows = [{**actions(buttons), **named}] if buttons else []
    return message(told, [section(plain(told)), *rows])
