"""Time fifty people who type commands at the same moment, on a repository of 10,000 bugs."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.corpus import make_corpus_repository
from benchmarks.samples import Samples, Unit
from benchmarks.section import Section, Told
from bot.app import build_bot, web_client
from bot.serving import http
from demo.cast import MEMBERS, SOCKET_APP, workspace
from demo.signed_delivery import SignedDelivery
from demo.web_api import running_web_api
from demo.web_state import WebState
from tracker.assembly import open_tracker
from tracker.model.status import Status
from tracker.settings import read_settings
from tracker.workflow.bug_filter import BugFilter

PEOPLE: Final = 50
EACH: Final = 4
RECORDS: Final = 10_000
CHANNEL: Final = "C0INCIDENTS"
_PATIENCE: Final = 120.0  # seconds for one answer
ABOUT: Final = f"""\
{PEOPLE} people type a note on different open bugs of {RECORDS:,} at the same moment, {EACH} times
each, the next as soon as the last is answered; Slack is played in the same process and takes part
of the cores. “Done” is the moment at which the person sees the answer, after the push to a bare
repository on the same disk."""


@dataclass(kw_only=True)
class Crowd:
    """What was measured, in seconds."""

    acknowledged: list[float] = field(default_factory=list)
    done: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def clocked_crowd(folder: Path, tell: Told) -> Section:
    """Let the crowd type; the answers' times and how many a second."""
    tell(f"Making {RECORDS:,} bugs and letting {PEOPLE} people type.")
    make_corpus_repository(folder / "shared.git", RECORDS)
    crowd = Crowd()
    with _bot(folder) as (state, url, bugs):
        began = time.monotonic()
        with ThreadPoolExecutor(PEOPLE) as people:
            list(people.map(lambda number: _person(crowd, state, url, bugs, number), range(PEOPLE)))
        seconds = time.monotonic() - began
    return Section(
        title=f"{PEOPLE} people at once, {RECORDS:,} bugs",
        about=ABOUT,
        samples=(
            Samples(name="Acknowledged", values=crowd.acknowledged, most=0.1, most_p99=1.0),
            Samples(name="“Done” in chat", values=crowd.done),
            Samples(name="Actions", values=[len(crowd.done) / seconds], unit=Unit.RATE),
        ),
    )


def _person(crowd: Crowd, state: WebState, url: str, bugs: tuple[str, ...], number: int) -> None:
    user = MEMBERS[number % len(MEMBERS)].user_id
    for turn in range(EACH):
        text = f"Person {number} saw it, time {turn}"
        with state.changing():
            fields = {
                "command": "/bug",
                "text": f"note {bugs[number % len(bugs)]} {text}",
                "channel_id": CHANNEL,
                "user_id": user,
                "trigger_id": state.new_trigger(user),
                "response_url": state.new_response_url(CHANNEL, user),
            }
        began = time.monotonic()
        _, seconds = SignedDelivery(state=state, bot_url=url).command(fields, "a note")
        state.until(partial(_answered, state, text), "answer", _PATIENCE)
        with crowd.lock:
            crowd.acknowledged.append(seconds)
            crowd.done.append(time.monotonic() - began)


def _answered(state: WebState, text: str) -> bool | None:
    """Whether somebody is told that it is done; the newest messages are looked at first."""
    for message in reversed(state.messages[CHANNEL].values()):
        said = str(message.get("text", ""))
        if "✅" in said and said.endswith((text, f"{text}.")):
            return True
    return None


@contextmanager
def _bot(folder: Path) -> Iterator[tuple[WebState, str, tuple[str, ...]]]:
    """The bot over signed HTTP, and the open bugs."""
    repository = str(folder / "shared.git")
    settings = read_settings(env_file=None, repository=repository, data_dir=folder / "data")
    with ExitStack() as stack:
        state = stack.enter_context(running_web_api(workspace()))
        tracker = stack.enter_context(closing(open_tracker(settings)))
        client = web_client(SOCKET_APP.bot_token, f"{state.base_url}/api/")
        bot = build_bot(tracker, client, signing_secret=SOCKET_APP.signing_secret)
        bot.start()
        stack.callback(bot.stop)
        found = tracker.listing(BugFilter(is_open=True), most=PEOPLE).bugs
        bugs = tuple(bug.id for bug in found if bug.status is not Status.CLOSED)
        yield state, stack.enter_context(http(bot.app, "127.0.0.1", 0)), bugs
