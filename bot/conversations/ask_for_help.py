"""Ask what can be typed."""

from bot.asked import Asked
from bot.blocks.answers import choose_bug
from bot.blocks.elements import Block, actions, ours, section
from bot.blocks.help_page import help_message
from bot.blocks.message import message
from bot.blocks.moves import move_button
from bot.blocks.text import quoted
from bot.bug_finding import find
from bot.choosing import keep_for_each, marked_as_choice
from bot.command_line import CommandLine, Misread
from bot.desk import Desk
from bot.draft import Draft
from bot.recorder import NO_BUG
from bot.studies import OF_ONE_BUG
from bot.typed_draft import typed_draft
from tracker.assembly import UnknownBugError
from tracker.model.record import BugRecord
from tracker.workflow.verbs import VERBS


def help_with(desk: Desk, asked: Asked, line: CommandLine) -> None:
    """Tell all commands, or one of them."""
    del desk
    asked.reply(help_message(line.typed.strip() or None))


def suggest(desk: Desk, asked: Asked, misread: Misread, command: str) -> None:
    """Say that nothing was done, what was probably meant, and give buttons that do it."""
    meant = f"Did you mean `{command} {misread.nearest}`? " if misread.nearest else ""
    typed = misread.typed[:60]
    rows, buttons = [], []
    line = misread.meant
    if line is not None and line.word in VERBS and line.word != "report":
        found = _meant(desk, asked, line)
        keep_for_each(desk, asked, line.word, found, typed_draft(line, asked.user, desk.now()))
        rows = choose_bug(found, line.word).blocks[1:] if found and line.bug is None else []
        buttons += [move_button(line.word, bug.id, primary=True) for bug in found if line.bug]
    elif line is not None and line.word in OF_ONE_BUG and line.bug:
        found = _meant(desk, asked, line)
        buttons += [move_button(line.word, bug.id, primary=True) for bug in found]
    if len(misread.whole.split()) > 1:
        said = Draft(text=misread.whole, at=desk.now())
        if line is not None and line.word == "report":
            said = Draft(text=line.text, pairs=line.pairs, at=desk.now())
        desk.keep_draft(asked, "report", None, said.to_show())
        buttons.append(move_button("report", NO_BUG))
    told = (
        f"There is no command `{command} {typed}`, and nothing was changed. {meant}"
        f"`{command} help` lists all commands; to report a bug, type `/bug report` and what is"
        " broken."
    )
    asked.reply(
        marked_as_choice(message(quoted(told), [section(ours(told)), *rows, *_row(buttons)]))
    )


def _row(buttons: list[Block]) -> list[Block]:
    return [actions(buttons)] if buttons else []


def _meant(desk: Desk, asked: Asked, line: CommandLine) -> tuple[BugRecord, ...]:
    """The bugs that a line with a slip in its verb may be about."""
    try:
        found = find(desk.tracker, desk.people.person(asked.user), line)
    except UnknownBugError:
        return ()
    return (found.record,) if found.record is not None else found.candidates
