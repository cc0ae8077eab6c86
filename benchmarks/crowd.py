"""Time fifty people who type commands at the same moment, on a repository of 10,000 bugs."""

import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final

from benchmarks.corpus import make_corpus_repository
from benchmarks.samples import Samples, Unit
from benchmarks.section import Section, Told
from bot.doors import PATH
from demo.cast import MEMBERS, SOCKET_APP, workspace
from demo.child import bugbook, running_child
from demo.ports import free_port
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
_AT_REST: Final = 5.0  # seconds without a call of the bot, in which it hardly works
_HARDLY: Final = 0.25  # seconds of a processor in that time
_NEWEST: Final = 400  # messages among which an answer is looked for
ABOUT: Final = f"""\
{PEOPLE} people type a note on different open bugs of {RECORDS:,} at the same moment, {EACH} times
each, the next as soon as the last is answered. The bot is `bugbook bot` in a process of its own, at
rest before; people and Slack are played in another one on the same cores. “Done” is the moment at
which the person sees the answer, after the push to a bare repository on the same disk."""


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
    for message in islice(reversed(state.messages[CHANNEL].values()), _NEWEST):
        said = str(message.get("text", ""))
        if "✅" in said and said.endswith((text, f"{text}.")):
            return True
    return None


@contextmanager
def _bot(folder: Path) -> Iterator[tuple[WebState, str, tuple[str, ...]]]:
    """The bot over signed HTTP in its own process, once it is at rest, and the open bugs."""
    repository, data_dir, port = str(folder / "shared.git"), folder / "data", free_port()
    settings = read_settings(env_file=None, repository=repository, data_dir=data_dir)
    with closing(open_tracker(settings)) as tracker:
        found = tracker.listing(BugFilter(is_open=True), most=PEOPLE).bugs
    with (
        running_web_api(workspace()) as state,
        running_child(
            "The bot",
            bugbook("bot", "--mode", "http", "--port", str(port)),
            folder=folder,
            log=folder / "bot.log",
            settings={
                "BUGBOOK_REPOSITORY": repository,
                "BUGBOOK_DATA_DIR": str(data_dir),
                "SLACK_BOT_TOKEN": SOCKET_APP.bot_token,
                "SLACK_SIGNING_SECRET": SOCKET_APP.signing_secret,
                "SLACK_API_URL": f"{state.base_url}/api/",
                "PYTHONPATH": str(Path.cwd()),
            },
        ) as child,
    ):
        child.await_answer(f"http://127.0.0.1:{port}/readyz", _PATIENCE)
        child.await_that(
            _Quiet(state=state, process=child.process.pid).look, "come to rest", _PATIENCE
        )
        bugs = tuple(bug.id for bug in found if bug.status is not Status.CLOSED)
        yield state, f"http://127.0.0.1:{port}{PATH}", bugs


@dataclass(kw_only=True)
class _Quiet:
    """Whether the bot has not called Slack for a while, and reads no bugs behind the scenes."""

    state: WebState
    process: int
    calls: int = -1
    since: float = 0.0
    worked: float = 0.0

    def look(self) -> bool:
        """Look once more."""
        worked = _processor_seconds(self.process)
        if len(self.state.calls) != self.calls or worked - self.worked > _HARDLY:
            self.calls, self.since, self.worked = len(self.state.calls), time.monotonic(), worked
        return time.monotonic() - self.since > _AT_REST


def _processor_seconds(process: int) -> float:
    """What a process has used so far, as Linux counts it (proc(5), fields 14 and 15)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
