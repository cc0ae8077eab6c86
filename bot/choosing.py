"""Find the bug that a command is about, or ask for it."""

from bot.asked import Asked
from bot.blocks.answers import choose_bug
from bot.bug_choice import meant_bug
from bot.command_line import CommandLine
from bot.desk import Desk
from bot.draft import Draft
from tracker.assembly import BugFilter
from tracker.model.record import BugRecord


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
    asked.reply(choose_bug(choice.candidates, line.word))
    return None
