"""Look at bugs without changing them: one, or many."""

from functools import partial
from typing import Final

from slack_bolt import App, Args

from bot.asked import Asked, by_interaction
from bot.blocks.bug_list import MOST_LISTED, bug_list
from bot.blocks.card import bug_details
from bot.blocks.findings import search_result
from bot.blocks.moves import MOVE, pressed
from bot.boundary import bounded
from bot.bug_filter import read_filter, refuse_mistyped
from bot.bug_people import slack_ids
from bot.choosing import find_or_ask
from bot.command_line import CommandLine
from bot.desk import Desk
from bot.draft import Draft
from bot.sentence import sentence
from bot.slack_text import mentioned
from bot.waiting import waiting_for, waiting_reports
from tracker.assembly import BugFilter
from tracker.model.problem import Problem
from tracker.model.record import BugRecord

_MOST: Final = 16  # hits; one more than are shown
_MOST_PROBLEMS: Final = 5  # in one message; the check lists all


def show(desk: Desk, asked: Asked, line: CommandLine) -> None:
    """Show one bug to the person who asked."""
    found = find_or_ask(desk, asked, line, Draft(at=desk.tracker.now()))
    if found is not None:
        _show(desk, asked, found)


def list_bugs(desk: Desk, asked: Asked, line: CommandLine) -> None:
    """List the bugs that fit the words, the worst first."""
    named = mentioned(line.typed)
    people = desk.people.persons(named)
    me = desk.people.person(asked.user)
    _list(desk, asked, read_filter(line.text, line.pairs, me=me, people=people))


def search(desk: Desk, asked: Asked, line: CommandLine) -> None:
    """Find bugs by any of their texts, closed ones too, the best hit first."""
    if not line.typed:
        asked.reply(sentence("Say what to look for: /bug search signature."))
        return
    hits = desk.tracker.search(line.typed, most=_MOST).hits
    asked.reply(search_result(hits, _MOST))


def register(app: App, desk: Desk) -> None:
    """Listen to the button that shows a chosen bug."""
    app.action(f"{MOVE}show")(bounded(partial(_on_show, desk)))


def _on_show(desk: Desk, args: Args) -> None:
    args.ack()
    asked = by_interaction(args.body, args.client, "show")
    desk.tracker.catch_up()
    _show(desk, asked, desk.tracker.load(pressed(args.payload)[1]))


def _show(desk: Desk, asked: Asked, record: BugRecord) -> None:
    policy, now = desk.tracker.policy(), desk.tracker.now()
    ids, reader = slack_ids(record, desk.people), desk.people.accounts.stale(asked.user)
    by = reader.person if reader else None
    asked.reply(bug_details(record, policy, now, desk.site_url, ids, by))
    if waiting := waiting_for(desk.tracker, record.id):
        asked.reply(sentence(waiting))


def _list(desk: Desk, asked: Asked, wanted: BugFilter) -> None:
    tracker = desk.tracker
    found = tracker.listing(wanted, most=MOST_LISTED)
    if not found.total:
        refuse_mistyped(wanted.text, unlikely_too=True)
    shown = tuple(tracker.records_of(found.bugs))
    asked.reply(bug_list(shown, tracker.policy(), tracker.now(), total=found.total))
    if waiting := waiting_reports(tracker):
        asked.reply(sentence(waiting))
    if found.problems:
        asked.reply(sentence(f"These files cannot be read: {_places(found.problems)}"))
    if wrong := tracker.policy_problems():
        told = "Nothing can be recorded until this is corrected; the last valid policy is shown."
        asked.reply(sentence(f"{_places(wrong)} {told}"))


def _places(problems: tuple[Problem, ...]) -> str:
    return " ".join(str(problem) for problem in problems[:_MOST_PROBLEMS])
