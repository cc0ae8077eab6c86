"""Find the bug that a command is about, or ask for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.asked import Asked
from bot.blocks.answers import choose_bug
from bot.blocks.message import Message
from bot.blocks.text import one_line
from bot.bug_choice import meant_bug
from bot.command_line import LOOKS, CommandLine, words_of_title
from bot.desk import Desk
from bot.draft import Draft
from bot.waiting import waiting_reports, waiting_reports_of
from tracker.assembly import BugFilter, UnknownBugError
from tracker.model.record import BugRecord
from tracker.model.trouble import TroubleError

_CHOICE: Final = "choice-"


def find_or_ask(desk: Desk, asked: Asked, line: CommandLine, draft: Draft) -> BugRecord | None:
    """Return the bug that was named or can only be meant; None after a list to choose from.

    What was typed is kept for whichever bug is chosen. Raises UnknownBugError with the nearest ids.
    """
    found = find(desk, asked, line)
    if found.record is None:
        keep_for_each(desk, asked, line.word, found.candidates, draft)
        question = choose_bug(found.candidates, line.word, found.lead)
        asked.reply(marked_as_choice(question))
    return found.record


@dataclass(frozen=True, kw_only=True)
class Found:
    """The one bug that is meant, or those that may be, with what to say of them."""

    record: BugRecord | None = None
    candidates: tuple[BugRecord, ...] = ()
    lead: str = ""


def find(desk: Desk, asked: Asked, line: CommandLine) -> Found:
    """Look for the bug of a command by its number, by words of its title, or by whose it is.

    Raises UnknownBugError where nothing is near.
    """
    name = line.bug or words_of_title(line)[0]
    if name:
        return _named(desk, name, reads=line.word in LOOKS)
    standing = desk.tracker.listing(BugFilter(is_open=True)).bugs
    hotfix = line.word == "status" or line.word.startswith("hotfix-")
    caller = desk.people.person(asked.user)
    choice = meant_bug(standing, caller, hotfix=hotfix, text=line.text)
    on_track = choice.bug is not None and choice.bug.on_hotfix_track and hotfix
    waiting = "" if on_track else waiting_reports_of(desk.tracker, caller)
    if choice.bug is not None and not waiting:
        return Found(record=desk.tracker.load(choice.bug.id))
    meant = choice.candidates if choice.bug is None else (choice.bug,)
    candidates = tuple(desk.tracker.load(bug.id) for bug in meant)
    return Found(candidates=candidates, lead=waiting or choice.lead)


def _named(desk: Desk, name: str, *, reads: bool) -> Found:
    """The bug with a number, or the only one with these words in its title; else the nearest.

    Words that do not stand together in the title suffice to read, and are asked about otherwise.
    """
    try:
        return Found(record=desk.tracker.load(name))
    except UnknownBugError as error:
        if waiting := waiting_reports(desk.tracker):
            message = f"There is no bug “{one_line(name, 60)}” yet. {waiting}"
            raise TroubleError(message) from error
        if not error.suggestions:
            raise
        found = tuple(desk.tracker.load(bug) for bug in error.suggestions)
        holding = tuple(record for record in found if name.lower() in record.title.lower())
        if len(holding) == 1:
            return Found(record=holding[0])
        words = name.lower().split()
        apart = tuple(each for each in found if all(word in each.title.lower() for word in words))
        if len(apart) == 1 and not holding:
            lead = f"Do you mean {apart[0].id}, whose title has the words “{one_line(name, 60)}”?"
            return Found(record=apart[0]) if reads else Found(candidates=apart, lead=lead)
        return Found(candidates=holding or found, lead=str(error))


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
