"""Find the bug that a command is about, or ask for it."""

from collections.abc import Mapping
from typing import Any, Final

from bot.asked import Asked
from bot.blocks.answers import choose_bug
from bot.blocks.message import Message
from bot.bug_choice import meant_bug
from bot.command_line import CommandLine
from bot.desk import Desk
from bot.draft import Draft
from tracker.assembly import BugFilter
from tracker.model.record import BugRecord

_CHOICE: Final = "choice-"


def find_or_ask(desk: Desk, asked: Asked, line: CommandLine, draft: Draft) -> BugRecord | None:
    """Return the bug that was named or can only be meant; None after a list to choose from.

    What was typed is kept for whichever bug is chosen. Raises UnknownBugError with the nearest ids.
    """
    if line.bug is not None:
        return desk.tracker.load(line.bug)
    standing = desk.tracker.list_bugs(BugFilter(is_open=True)).records
    hotfix = line.word == "status" or line.word.startswith("hotfix-")
    choice = meant_bug(standing, desk.people.person(asked.user), hotfix=hotfix)
    if choice.bug is not None:
        return choice.bug
    for record in choice.candidates:
        desk.keep_draft(asked, line.word, record.id, draft)
    asked.reply(_marked(choose_bug(choice.candidates, line.word)))
    return None


def is_choice(action: Mapping[str, Any]) -> bool:
    """Whether a pressed button answers the question which bug is meant."""
    return str(action.get("block_id", "")).startswith(_CHOICE)


def _marked(question: Message) -> Message:
    """The question with names for its buttons, by which the answer is known."""
    blocks = [
        {**block, "block_id": f"{_CHOICE}{place}"} if "accessory" in block else block
        for place, block in enumerate(question.blocks)
    ]
    return Message(text=question.text, blocks=blocks)
