"""Find the bug that a command is about, or ask for it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.asked import Asked
from bot.blocks.answers import choose_bug
from bot.blocks.message import Message
from bot.bug_choice import meant_bug
from bot.command_line import CommandLine, words_of_title
from bot.desk import Desk
from bot.draft import Draft
from tracker.assembly import BugFilter, UnknownBugError
from tracker.model.record import BugRecord

_CHOICE: Final = "choice-"


def find_or_ask(desk: Desk, asked: Asked, line: CommandLine, draft: Draft) -> BugRecord | None:
    """Return the bug that was named or can only be meant; None after a list to choose from.

    What was typed is kept for whichever bug is chosen. Raises UnknownBugError with the nearest ids.
    """
    if line.bug is not None:
        return _named(desk, asked, line, draft, line.bug)
    title, _ = words_of_title(line)
    if title:
        return _named(desk, asked, line, draft, title)
    standing = desk.tracker.listing(BugFilter(is_open=True)).bugs
    hotfix = line.word == "status" or line.word.startswith("hotfix-")
    choice = meant_bug(standing, desk.people.person(asked.user), hotfix=hotfix)
    if choice.bug is not None:
        return desk.tracker.load(choice.bug.id)
    _ask(desk, asked, line.word, draft, [desk.tracker.load(bug.id) for bug in choice.candidates])
    return None


def _named(
    desk: Desk, asked: Asked, line: CommandLine, draft: Draft, name: str
) -> BugRecord | None:
    """The bug with a number, or the only one with these words in its title; else a list."""
    try:
        return desk.tracker.load(name)
    except UnknownBugError as error:
        if not error.suggestions:
            raise
        found = [desk.tracker.load(bug) for bug in error.suggestions]
        holding = [record for record in found if name.lower() in record.title.lower()]
        if len(holding) == 1:
            return holding[0]
        _ask(desk, asked, line.word, draft, holding or found, lead=str(error))
        return None


def _ask(  # noqa: PLR0917 - whom to ask, and what about
    desk: Desk,
    asked: Asked,
    word: str,
    draft: Draft,
    candidates: Sequence[BugRecord],
    lead: str = "",
) -> None:
    """A list to choose from; what was typed is kept for each."""
    if draft.says_something:
        for record in candidates:
            desk.keep_draft(asked, word, record.id, draft)
    asked.reply(marked_as_choice(choose_bug(candidates, word, lead)))


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
