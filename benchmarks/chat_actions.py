"""Time actions in chat on the real bot, and a plain git commit of the same change beside each."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from benchmarks.samples import Samples
from benchmarks.section import Section, Told
from demo.cast import MEMBERS
from demo.repository import make_repository
from demo.stage import Place, Stage, open_stage
from demo.turn import Result, Turn
from tracker.model.bug_id import record_path

ACTIONS = 40
WARM_UP = 3  # actions before the clock counts: the first ones load code and open files
ACK_TARGET, DONE_TARGET = 0.1, 1.0  # seconds, from issue 2 and the design's paragraph 6
REPORTER = MEMBERS[0]
ABOUT = """\
Each action is a note typed in chat; “done” is the moment at which the person sees the answer, after
the commit was pushed to a bare repository on the same disk. The peer is plain git, adding a line to
the same file, committing and pushing, right after each action."""


@dataclass(kw_only=True)
class Clocked:
    """What was measured, in the order of the actions."""

    acknowledged: list[float] = field(default_factory=list)
    done: list[float] = field(default_factory=list)
    plain_git: list[float] = field(default_factory=list)

    def section(self, slack: str) -> Section:
        """The rows of the table, without the warm-up."""
        peer = Samples(name="git add, commit, push", values=self.plain_git[WARM_UP:])
        acknowledged = Samples(
            name="Slash command acknowledged",
            values=self.acknowledged[WARM_UP:],
            most=ACK_TARGET,
        )
        done = Samples(
            name="“Done” in chat", values=self.done[WARM_UP:], most=DONE_TARGET, peer=peer
        )
        title = "Actions in chat, with a local remote"
        about = f"{ABOUT} Slack: {slack}."
        return Section(title=title, about=about, samples=(acknowledged, done, peer))


def clocked_actions(folder: Path, tell: Told) -> Section:
    """Report a bug and add notes to it."""
    tell(f"Clocking {ACTIONS} actions in chat.")
    original = make_repository(folder / "original", monitor_for=timedelta(seconds=1))
    shared, other = _bare(original, folder / "shared.git"), _bare(original, folder / "other.git")
    place = Place(folder=folder, repository=shared, site_url="http://127.0.0.1/")
    clocked = Clocked()
    with open_stage(place) as stage:
        bug = _report(stage)
        with _peer(shared, other, folder / "peer", bug) as peer:
            for number in range(ACTIONS + WARM_UP):
                _clock(stage, bug, number, clocked)
                clocked.plain_git.append(peer.commit(f"Something happened, number {number}"))
        return clocked.section(
            "local-slack, Socket Mode" if stage.chat else "in-process, signed HTTP"
        )


def _clock(stage: Stage, bug: str, number: int, clocked: Clocked) -> None:
    result = _turn(stage, "note", bug, {"text": f"Something happened, number {number}"})
    clocked.acknowledged.append(result.acknowledged)
    clocked.done.append(result.seconds)
    stage.dismiss(stage.person(REPORTER.email), result.before)


def _report(stage: Stage) -> str:
    fields = {"title": "The reader beeps twice", "what_is_broken": "It should beep once."}
    return _turn(stage, "report", "", fields).said.removeprefix("✅ ").partition(":")[0]


def _turn(stage: Stage, verb: str, bug: str, fields: dict[str, str]) -> Result:
    return Turn(
        person=stage.person(REPORTER.email),
        verb=verb,
        bug=bug,
        fields=fields,
        read=lambda: None,
        tell=lambda _: None,
    ).play()


@dataclass(frozen=True, kw_only=True)
class Peer:
    """Somebody who writes into the same file by hand and pushes to a repository of their own."""

    folder: Path
    record: str

    def commit(self, text: str) -> float:
        """Add one entry to the timeline and share it; seconds that git took."""
        with (self.folder / self.record).open("a", encoding="utf-8") as record:
            record.write(f"  # {text}\n")
        start = time.monotonic()
        _git(self.folder, "add", self.record)
        _git(self.folder, "commit", "--quiet", "--message", f"note: {text}")
        _git(self.folder, "push", "--quiet", "origin", "main")
        return time.monotonic() - start


@contextmanager
def _peer(shared: Path, other: Path, folder: Path, bug: str) -> Iterator[Peer]:
    _git(other, "fetch", "--quiet", str(shared), "main:main", "--force")
    _git(other.parent, "clone", "--quiet", str(other), str(folder))
    _git(folder, "config", "user.name", REPORTER.real_name)
    _git(folder, "config", "user.email", REPORTER.email)
    yield Peer(folder=folder, record=record_path(bug))


def _bare(original: Path, copy: Path) -> Path:
    _git(original, "clone", "--quiet", "--bare", str(original), str(copy))
    _git(copy, "remote", "remove", "origin")  # or the bot would follow it
    return copy


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)
