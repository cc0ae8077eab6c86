"""Find the bug that a command is about, or ask for it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.asked import Asked
from bot.blocks.answers import choose_bug
from bot.blocks.message import Message
from bot.bug_finding import find
from bot.command_line import CommandLine
from bot.desk import Desk
from bot.draft import Draft
from tracker.model.record import BugRecord

_CHOICE: Final = "choice-"


def find_or_ask(desk: Desk, asked: Asked, line: CommandLine, draft: Draft) -> BugRecord | None:
    """Return the bug that was named or can only be meant; None after a list to choose from.

    What was typed is kept for whichever bug is chosen. Raises UnknownBugError with the nearest ids.
    """
    found = find(desk.tracker, desk.people.person(asked.user), line)
    if found.record is None:
        keep_for_each(desk, asked, line.word, found.candidates, draft)
        question = choose_bug(found.candidates, line.word, found.lead)
        asked.reply(marked_as_choice(question))
    return found.record


def keep_for_each(
    desk: Desk, asked: Asked, word: str, candidates: Sequence[BugRecord], draft: Draft
) -> None:
    """Keep what was typed for whichever bug is chosen."""
    for record in candidates if draft.says_something else ():
        desk.keep_draft(asked, word, record.id, draft)


def is_choice(action: Mapping[str, Any]) -> bool:
    """Whether a pressed button answers the question which bug is meant."""
    return str(action.get("block_id", "")).startswith(_CHOICE)


def marked_as_choice(question: Message) -> Message:
    """The question with names for its buttons, by which the answer is known."""
    blocks = [
        {**block, "block_id": f"{_CHOICE}{place}"} if _has_buttons(block) else block
        for place, block in enumerate(question.blocks)
    ]
    return Message(text=question.text, blocks=blocks)


def _has_buttons(block: Mapping[str, Any]) -> bool:
    return "accessory" in block or block["type"] == "actions"
