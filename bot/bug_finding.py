"""Find the bug that a command is about: by its number, by words, or by whose it is."""

from dataclasses import dataclass

from bot.blocks.text import one_line
from bot.bug_choice import meant_bug
from bot.command_line import LOOKS, CommandLine, words_of_title
from bot.waiting import waiting_reports, waiting_reports_of
from tracker.assembly import BugFilter, Tracker, UnknownBugError
from tracker.model.person import Person
from tracker.model.record import BugRecord
from tracker.model.trouble import TroubleError


@dataclass(frozen=True, kw_only=True)
class Found:
    """The one bug that is meant, or those that may be, with what to say of them."""

    record: BugRecord | None = None
    candidates: tuple[BugRecord, ...] = ()
    lead: str = ""


def find(tracker: Tracker, caller: Person, line: CommandLine) -> Found:
    """Look for the bug of a command by its number, by words of its title, or by whose it is.

    Raises UnknownBugError where nothing is near.
    """
    name = line.bug or words_of_title(line)[0]
    if name:
        return _named(tracker, name, reads=line.word in LOOKS)
    standing = tracker.listing(BugFilter(is_open=True)).bugs
    choice = meant_bug(standing, caller, line.word, tracker.now(), line.text)
    is_hotfix = line.word == "status" or line.word.startswith("hotfix-")
    on_track = choice.bug is not None and choice.bug.on_hotfix_track and is_hotfix
    waiting = "" if on_track else waiting_reports_of(tracker, caller)
    if choice.bug is not None and not waiting:
        return Found(record=tracker.load(choice.bug.id))
    meant = choice.candidates if choice.bug is None else (choice.bug,)
    candidates = tuple(tracker.load(bug.id) for bug in meant)
    return Found(candidates=candidates, lead=waiting or choice.lead)


def _named(tracker: Tracker, name: str, *, reads: bool) -> Found:
    """The bug with a number, or the only one with these words in its title; else the nearest.

    Words that do not stand together in the title suffice to read, and are asked about otherwise.
    """
    try:
        return Found(record=tracker.load(name))
    except UnknownBugError as error:
        if waiting := waiting_reports(tracker):
            message = f"There is no bug “{one_line(name, 60)}” yet. {waiting}"
            raise TroubleError(message) from error
        if not error.suggestions:
            raise
        found = tuple(tracker.load(bug) for bug in error.suggestions)
        holding = tuple(record for record in found if name.lower() in record.title.lower())
        if len(holding) == 1:
            return Found(record=holding[0])
        words = name.lower().split()
        apart = tuple(each for each in found if all(word in each.title.lower() for word in words))
        if len(apart) == 1 and not holding:
            lead = f"Do you mean {apart[0].id}, whose title has the words “{one_line(name, 60)}”?"
            return Found(record=apart[0]) if reads else Found(candidates=apart, lead=lead)
        return Found(candidates=holding or found, lead=str(error))
