"""Ask what a bot asks of its records: `python -m benchmarks.bot_questions REPOSITORY DATA_DIR`."""

import contextlib
import sys
from pathlib import Path
from typing import Final

import bot.app as _bot  # what a bot has loaded counts as well
from bot.blocks.bug_list import MOST_LISTED
from bot.home_facts import burning, home_facts
from tracker import clock
from tracker.assembly import BugFilter, Request, UnknownBugError, open_tracker
from tracker.model.person import Person
from tracker.settings import read_settings
from tracker.workflow.agenda import to_remind
from tracker.workflow.verbs import VERBS
from tracker.workflow.week import WEEK, week

WHO: Final = Person(name="Backend Engineer", email="backend@example.com")


def ask(repository: str, data_dir: Path) -> None:
    """Start, look at home, remind, list, search, mistype, record, and tell what was recorded."""
    tracker = open_tracker(read_settings(None, repository=repository, data_dir=data_dir))
    tracker.refresh()
    tracker.warm_up()
    before = tracker.tip()
    tracker.listing(BugFilter(is_open=True, concerning=WHO.email), most=25)
    tracker.listing(BugFilter(is_open=True), most=MOST_LISTED)
    policy, bugs = tracker.policy(), tracker.outlines(clock.now() - WEEK)
    burns, numbers = burning(bugs, policy, clock.now()), week(bugs, policy, clock.now())
    home_facts(WHO, bugs, policy, burns, numbers)
    tuple(to_remind(tracker.agendas(policy), policy, clock.now(), ()))
    tracker.search("redis timeout while saving", most=25)
    tracker.metrics(clock.now(), sources=False)
    tracker.similar(tracker.load("42"))
    with contextlib.suppress(UnknownBugError):
        tracker.find("billing fals with a server")
    note = VERBS["note"].model_validate({"text": "Still the same."})
    tracker.act(Request(id=f"benchmark-{before}", bug="BUG-0042", action=note, actor=WHO))
    tracker.changes_since(before)
    tracker.close()


if __name__ == "__main__":
    print(f"Asking as {_bot.__name__} does.")
    ask(sys.argv[1], Path(sys.argv[2]))
