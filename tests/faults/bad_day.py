"""Many actions through a Slack that fails in both directions; what became of each is counted.

`python -m tests.faults.bad_day 1000` plays it and prints the counts; the same seed makes the same
schedule.
"""

import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from bot.app import Bot, build_bot, web_client
from bot.serving import http
from bot.socket_mode import socket_mode
from demo.cast import MEMBERS, SOCKET_APP, workspace
from demo.web_api import WebApi
from demo.web_state import WebState
from demo.wsgi_thread import serving
from tests.bot.socket_slack import socket_slack
from tests.builders.life import SUPPORT
from tests.faults.day_of_bugs import DEEDS, SHARED, Day, Deed
from tests.faults.faulty_delivery import Mail
from tests.faults.faulty_slack import TIMEOUT, FaultySlack
from tests.faults.persistent_person import CHANNEL, PersistentPerson
from tests.faults.tally import Tally, tally
from tests.real_git import RealGit, new_bare
from tracker.assembly import Recorded, Request, Tracker, open_tracker
from tracker.operations.intake import Intake
from tracker.settings import read_settings
from tracker.store.secrets import SecretScanner
from tracker.workflow.verbs import VERBS

SHARE: Final = 0.15
"""Of the calls and deliveries that fail."""

_CALM: Final = 300.0  # seconds after the bad day in which everything must be said
_LOOK_EVERY: Final = 0.3  # seconds between two looks of a thread at what it has to try again


@dataclass(kw_only=True)
class Storm:
    """A bot, its Slack and its repository, and what people did."""

    state: WebState
    slack: FaultySlack
    mail: Mail
    bot: Bot
    bot_url: str
    git: RealGit
    tell: Callable[[str], object] = str
    deeds: list[Deed] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def play(self, actions: int) -> Tally:
        """Let people do so many things, end the bad day, and count what became of them."""
        bugs = range(-(-actions // DEEDS))
        with ThreadPoolExecutor(len(MEMBERS)) as people:
            list(people.map(lambda first: self._live(first, bugs), range(len(MEMBERS))))
        self.slack.quiet = self.mail.quiet = True
        self.mail.late.shutdown(wait=True)
        for loop in self.bot.loops:
            loop.wake()
        end = time.monotonic() + _CALM
        while not (found := self.count()).whole and time.monotonic() < end:
            time.sleep(0.5)
        return found

    def count(self) -> Tally:
        """Count what was done so far."""
        with self.state.changing():
            said = [dict(each) for each in self.state.messages[CHANNEL].values()]
        public = [each for each in said if "bot_id" in each and "ephemeral_to" not in each]
        return tally(self.deeds, self.git, public, self.bot.desk.tracker)

    def _live(self, first: int, bugs: range) -> None:
        person, reviewer = self._person(first), self._person(first + 1)
        day = Day(person=person, reviewer=reviewer, bot_user=self.state.app.bot_user_id)
        for bug in bugs[first :: len(MEMBERS)]:
            for deed in day.bring(bug):
                with self._lock:
                    self.deeds.append(deed)
                    if len(self.deeds) % 50 == 0:
                        self.tell(f"{len(self.deeds)} done")

    def _person(self, number: int) -> PersistentPerson:
        user = MEMBERS[number % len(MEMBERS)].user_id
        return PersistentPerson(
            state=self.state, user_id=user, bot_url=self.bot_url, patience=60.0, mail=self.mail
        )


@contextmanager
def storm(folder: Path, scanner: SecretScanner, *, seed: int) -> Iterator[Storm]:
    """A bot that is reached over HTTP and Socket Mode, with some bugs, in a Slack that fails."""
    git = new_bare(folder / "shared.git")
    settings = read_settings(env_file=None, repository=str(git.path), data_dir=folder / "data")
    places = workspace()
    state = WebState(workspace=places, app=places.apps[0])
    slack = FaultySlack(inside=WebApi(state=state), share=SHARE, seed=seed, quiet=True)
    with ExitStack() as stack:
        state.base_url = stack.enter_context(serving(slack))
        opened = stack.enter_context(closing(open_tracker(settings)))
        tracker = replace(opened, intake=Intake(scanner=scanner))
        client = web_client(SOCKET_APP.bot_token, f"{state.base_url}/api/", timeout=TIMEOUT)
        bot = build_bot(tracker, client, signing_secret=SOCKET_APP.signing_secret)
        for loop in bot.loops:
            loop.interval = min(loop.interval, _LOOK_EVERY)  # so that the day is over sooner
        report(tracker)
        bot.start()
        stack.callback(bot.stop)
        url = stack.enter_context(http(bot.app, "127.0.0.1", 0))
        sockets, address = stack.enter_context(socket_slack())
        asking = web_client(SOCKET_APP.app_token, address)
        stack.enter_context(
            socket_mode(bot.app, SOCKET_APP.app_token, asking, look_every=_LOOK_EVERY)
        )
        mail = Mail(sockets=sockets, share=SHARE, seed=seed)
        slack.quiet = mail.quiet = False
        yield Storm(state=state, slack=slack, mail=mail, bot=bot, bot_url=url, git=git)
        slack.quiet = mail.quiet = True


def report(tracker: Tracker) -> None:
    """Report the bugs that everybody writes to; the bot tells them once it begins."""
    for number in range(1, SHARED + 1):
        action = VERBS["report"].model_validate(
            {
                "title": "Redemption fails",
                "what_is_broken": "It is refused.",
                "environment": {"stage": "production"},
                "id": f"BUG-{number:04d}",
            }
        )
        request = Request(id=f"storm-{number}", bug=None, action=action, actor=SUPPORT)
        outcome = tracker.act(request)
        assert isinstance(outcome, Recorded), outcome


def main() -> int:
    """Play a storm of the size that was asked for; exit 1 when anything was lost or doubled."""
    actions = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    scanner = SecretScanner()
    scanner.warm_up()
    with (
        tempfile.TemporaryDirectory(prefix="bugbook-faults-") as folder,
        storm(Path(folder), scanner, seed=seed) as weather,
    ):
        began = time.monotonic()
        weather.tell = lambda words: sys.stderr.write(
            f"{words}, {time.monotonic() - began:.0f} s\n"
        )
        found = weather.play(actions)
        seconds = time.monotonic() - began
    lines = (
        f"{found.deeds} actions, seed {seed}, {seconds:.0f} s.",
        f"Faults of Slack's answers: {dict(weather.slack.faults)}.",
        f"Deliveries to the bot: {dict(weather.mail.carried)}, {dict(weather.mail.faults)}.",
        f"Times in git: {dict(found.committed)}; times announced: {dict(found.announced)}.",
        f"Unanswered: {found.unanswered}; requests twice: {found.requests_twice};",
        f"said twice: {found.said_twice}; messages out of date: {found.outdated}.",
    )
    sys.stdout.write("\n".join(lines) + "\n")
    return 0 if found.whole and found.deeds >= actions else 1


if __name__ == "__main__":
    sys.exit(main())
