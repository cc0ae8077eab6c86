"""Many actions through a Slack that fails in both directions; what became of each is counted.

`python -m tests.faults.bad_day 1000` plays it and prints the counts; the same seed makes the same
schedule.
"""

import random
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from bot.app import Bot, build_bot, web_client
from bot.serving import http
from demo.cast import MEMBERS, SOCKET_APP, workspace
from demo.participant import NotAcknowledgedError
from demo.signed_delivery import SignedDelivery
from demo.web_api import WebApi
from demo.web_state import WebState
from demo.wsgi_thread import serving
from tests.builders.life import SUPPORT
from tests.faults.faulty_slack import TIMEOUT, FaultySlack
from tests.real_git import RealGit, new_bare
from tracker.assembly import Recorded, Request, Tracker, open_tracker
from tracker.operations.intake import Intake
from tracker.settings import read_settings
from tracker.store.secrets import SecretScanner
from tracker.workflow.verbs import VERBS

CHANNEL: Final = "C0INCIDENTS"
BUGS: Final = 5
PEOPLE: Final = 8
SHARE: Final = 0.15
"""Of the calls and deliveries that fail."""

_WAIT: Final = 120.0  # seconds until a person types again what was not answered


@dataclass(kw_only=True)
class Storm:
    """A bot, its Slack and its repository, and what people typed."""

    state: WebState
    slack: FaultySlack
    bot: Bot
    bot_url: str
    git: RealGit
    seed: int
    deliveries: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def play(self, actions: int) -> "Counts":
        """Let people type all actions, end the bad day, and count what became of them."""
        with ThreadPoolExecutor(PEOPLE) as people:
            list(people.map(self._act, range(actions)))
        self.slack.quiet = True
        for loop in self.bot.loops:
            loop.wake()
        until(lambda: self.count(actions).whole, 300)
        return self.count(actions)

    def count(self, actions: int) -> "Counts":
        """How often each action is in git, in its thread, and was answered to its person."""
        subjects = Counter(self.git("log", "--format=%s", "main").splitlines())
        told, answered = Counter[str](), set[str]()
        with self.state.changing():
            for messages in self.state.messages.values():
                for message in messages.values():
                    text = str(message.get("text", ""))
                    if message.get("thread_ts") and "ephemeral_to" not in message:
                        told[text] += 1
                    elif "✅" in text:
                        answered.add(text.partition(": ")[2].rstrip("."))
        names = [text_of(number) for number in range(actions)]
        return Counts(
            actions=actions,
            committed=Counter(
                subjects[f"{bug_of(n)} note: {name}"] for n, name in enumerate(names)
            ),
            announced=Counter(told[name] for name in names),
            unanswered=sum(name not in answered for name in names),
        )

    def _act(self, number: int) -> None:
        """Type a note, and type it again only if nothing is heard of it."""
        dice = random.Random(self.seed * 100_003 + number)  # noqa: S311 - a schedule, no secret
        user = MEMBERS[number % len(MEMBERS)].user_id
        while True:
            fault = dice.choice(("twice", "unheard", "undelivered"))
            fault = fault if dice.random() < SHARE else "none"
            with self._lock:
                self.deliveries[fault] += 1
            self._deliver(self._command(number, user), fault)
            if fault == "undelivered":
                continue  # Slack shows an error at once
            if until(lambda: self._is_known(number), _WAIT):
                return

    def _command(self, number: int, user: str) -> dict[str, str]:
        with self.state.changing():
            return {
                "command": "/bug",
                "text": f"note {bug_of(number)} {text_of(number)}",
                "channel_id": CHANNEL,
                "user_id": user,
                "trigger_id": self.state.new_trigger(user),
                "response_url": self.state.new_response_url(CHANNEL, user),
            }

    def _deliver(self, fields: dict[str, str], fault: str) -> None:
        delivery = SignedDelivery(state=self.state, bot_url=self.bot_url)
        for _ in range({"undelivered": 0, "twice": 2}.get(fault, 1)):
            with suppress(NotAcknowledgedError):  # the action may be taken all the same
                delivery.command(fields, "the note")

    def _is_known(self, number: int) -> bool:
        """Whether the person hears of it, or it is committed and its answer on its way."""
        return f"note: {text_of(number)}" in self.git("log", "--format=%s", "main")


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Of so many actions, how many are there once, twice or never."""

    actions: int
    committed: Counter[int]
    announced: Counter[int]
    unanswered: int

    @property
    def whole(self) -> bool:
        """Whether every action is in git once, told once, and answered."""
        once = {1: self.actions}
        return self.committed == once and self.announced == once and not self.unanswered


def text_of(number: int) -> str:
    return f"Observation {number:05d} holds"


def bug_of(number: int) -> str:
    return f"BUG-{number % BUGS + 1:04d}"


def until(look: Any, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not look():
        if time.monotonic() > end:
            return False
        time.sleep(0.2)
    return True


@contextmanager
def storm(folder: Path, scanner: SecretScanner, *, seed: int) -> Iterator[Storm]:
    """A bot with some bugs, in a Slack that fails."""
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
        report(tracker)
        bot.start()
        stack.callback(bot.stop)
        url = stack.enter_context(http(bot.app, "127.0.0.1", 0))
        slack.quiet = False
        yield Storm(state=state, slack=slack, bot=bot, bot_url=url, git=git, seed=seed)
        slack.quiet = True


def report(tracker: Tracker) -> None:
    for number in range(BUGS):
        action = VERBS["report"].model_validate(
            {
                "title": "Redemption fails",
                "what_is_broken": "It is refused.",
                "environment": {"stage": "production"},
                "id": bug_of(number),
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
        counts = weather.play(actions)
        seconds = time.monotonic() - began
    sys.stdout.write(
        f"{actions} actions, seed {seed}, {seconds:.0f} s.\n"
        f"Faults of Slack: {dict(weather.slack.faults)}; deliveries: {dict(weather.deliveries)}.\n"
        f"Times in git: {dict(counts.committed)}; times announced: {dict(counts.announced)};"
        f" unanswered: {counts.unanswered}.\n"
    )
    return 0 if counts.whole else 1


if __name__ == "__main__":
    sys.exit(main())
