"""Time the way of an action into the repository, alone and with two replicas, beside plain git."""

import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path
from random import Random
from typing import Final

from benchmarks.corpus import make_corpus_repository
from benchmarks.samples import Samples
from benchmarks.section import Section, Told
from bot.loop import Loop
from demo.cast import MEMBERS
from demo.ports import free_port
from tracker.assembly import Recorded, Request, Tracker, Waiting, open_tracker
from tracker.model.bug_id import record_path
from tracker.model.person import Person
from tracker.settings import read_settings
from tracker.workflow.actions.edits import AddNote
from tracker.workflow.decision import Refused

RECORDS: Final = 10_000
SMALL, LARGE = 1_000, 100_000
RUNS: Final = 60
WARM_UP: Final = 5
RATE: Final = 5.0  # actions a second of both replicas together
REPLICATED: Final = 150
PATIENCE: Final = 60.0
ACTOR: Final = Person(name=MEMBERS[0].real_name, email=MEMBERS[0].email)
DURABLE, DURABLE_P99, TIMES_GIT = 0.010, 0.050, 10
SHARED, SHARED_P99 = 0.250, 1.0
ABOUT: Final = f"""\
A note on one of {RECORDS:,} records. “Decided and durable” is judging it and writing it to the
ledger, after which it outlives a kill; the peer adds a line to the same file in a work tree of the
same repository with `git add` and `git commit`. “On the remote” is from then until the push was
acknowledged: two replicas, each with a clone and a ledger of its own, take {RATE:g} actions a
second in all at random instants and push to one `git daemon`."""
GROWTH: Final = f"""\
A note is judged, committed and pushed to a bare repository on the same disk, among {SMALL:,}
records and among {LARGE:,}. The target allows the second to take twice as long as the first."""


class UnmeasuredError(Exception):
    """An action was not recorded, so its time says nothing."""


def clocked_commits(folder: Path, tell: Told) -> Section:
    """The first three figures of the commit path, and plain git."""
    tell(f"Making {RECORDS:,} records.")
    shared = folder / "bugs.git"
    make_corpus_repository(shared, RECORDS)
    tell("Clocking git add and git commit.")
    git = Samples(name="git add && git commit", values=_plain_git(shared, folder / "tree"))
    tell("Clocking judged and kept actions.")
    with _tracker(shared, folder / "alone") as tracker:
        durable = Samples(
            name="Decided and durable",
            values=[_kept(tracker, number) for number in range(-WARM_UP, RUNS)][WARM_UP:],
            most=DURABLE,
            most_p99=DURABLE_P99,
            peer=git,
            times_better=TIMES_GIT,
        )
    tell(f"Clocking two replicas with {REPLICATED} actions.")
    remote = Samples(
        name=f"On the remote, two replicas at {RATE:g}/s",
        values=_replicated(shared, folder),
        most=SHARED,
        most_p99=SHARED_P99,
    )
    title = f"The commit path among {RECORDS:,} records"
    return Section(title=title, about=ABOUT, samples=(durable, git, remote))


def clocked_growth(folder: Path, tell: Told) -> Section:
    """What a commit costs in a small and in a large repository."""
    small, large = (_commits(folder / str(count), count, tell) for count in (SMALL, LARGE))
    grown = Samples(name=large.name, values=large.values, peer=small, times_better=0.5)
    return Section(title="Growth of a commit", about=GROWTH, samples=(small, grown))


def _commits(folder: Path, count: int, tell: Told) -> Samples:
    tell(f"Making {count:,} records and committing among them.")
    folder.mkdir()
    make_corpus_repository(folder / "bugs.git", count)
    with _tracker(folder / "bugs.git", folder / "data") as tracker:
        values = [_committed(tracker, number) for number in range(-WARM_UP, RUNS)]
    return Samples(name=f"One action among {count:,}", values=values[WARM_UP:])


def _kept(tracker: Tracker, number: int) -> float:
    request = _note(f"kept-{number}", 1)
    start = time.monotonic()
    decision = tracker.judge(request)
    tracker.submit(request)
    seconds = time.monotonic() - start
    if isinstance(decision, Refused):
        raise UnmeasuredError(decision.reasons)
    return seconds


def _committed(tracker: Tracker, number: int) -> float:
    request = _note(f"committed-{number}", 1)
    start = time.monotonic()
    tracker.judge(request)
    tracker.submit(request)
    tracker.commit_pending()
    seconds = time.monotonic() - start
    _expect_recorded(tracker, request)
    return seconds


def _plain_git(shared: Path, tree: Path) -> list[float]:
    run = partial(subprocess.run, check=True, capture_output=True)
    run(["git", "clone", "--quiet", str(shared), str(tree)])
    run(["git", "config", "user.name", ACTOR.name], cwd=tree)
    run(["git", "config", "user.email", ACTOR.email], cwd=tree)
    record = record_path("BUG-0001")
    seconds = []
    for number in range(WARM_UP + RUNS):
        with (tree / record).open("a", encoding="utf-8") as file:
            file.write(f"# {number}\n")
        start = time.monotonic()
        run(["git", "add", record], cwd=tree)
        run(["git", "commit", "--quiet", "--message", f"note {number}"], cwd=tree)
        seconds.append(time.monotonic() - start)
    return seconds[WARM_UP:]


def _replicated(shared: Path, folder: Path) -> list[float]:
    """Seconds from kept to shared of each action, the first of each replica left out."""
    random = Random(1)  # noqa: S311 - the same instants in every run
    with ExitStack() as stack:
        address = stack.enter_context(_git_daemon(shared))
        replicas = []
        for name in ("one", "two"):
            tracker = stack.enter_context(_tracker(address, folder / name))
            loop = Loop(name=name, step=partial(_commit, tracker), interval=5.0)
            loop.start()
            stack.callback(loop.stop)
            replicas.append((tracker, loop))
        pool = stack.enter_context(ThreadPoolExecutor(64))
        waits = []
        for number in range(WARM_UP + REPLICATED):
            tracker, loop = random.choice(replicas)
            request = _note(f"replicated-{number}", random.randint(1, RECORDS))
            waits.append(pool.submit(_shared, tracker, loop, request))
            threading.Event().wait(random.expovariate(RATE))
        return [each.result() for each in waits][WARM_UP:]


def _commit(tracker: Tracker) -> None:
    tracker.commit_pending()


def _shared(tracker: Tracker, loop: Loop, request: Request) -> float:
    tracker.submit(request)
    start = time.monotonic()
    loop.wake()
    while isinstance(tracker.outcome(request.id), Waiting):
        if time.monotonic() - start > PATIENCE:
            break
        time.sleep(0.005)
    seconds = time.monotonic() - start
    _expect_recorded(tracker, request)
    return seconds


def _expect_recorded(tracker: Tracker, request: Request) -> None:
    outcome = tracker.outcome(request.id)
    if not isinstance(outcome, Recorded):
        raise UnmeasuredError(outcome)


def _note(request: str, bug: int) -> Request:
    action = AddNote(text=f"Something happened: {request}.")
    return Request(id=request, bug=f"BUG-{bug:04d}", action=action, actor=ACTOR)


@contextmanager
def _tracker(repository: Path | str, data: Path) -> Iterator[Tracker]:
    settings = read_settings(env_file=None, repository=str(repository), data_dir=data)
    with closing(open_tracker(settings)) as tracker:
        tracker.warm_up()
        yield tracker


@contextmanager
def _git_daemon(shared: Path) -> Iterator[str]:
    port = free_port()
    options = ("--export-all", "--enable=receive-pack", "--listen=127.0.0.1", f"--port={port}")
    command = ["git", "daemon", *options, f"--base-path={shared.parent}", str(shared.parent)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as daemon:
        try:
            yield f"git://127.0.0.1:{port}/{shared.name}"
        finally:
            daemon.terminate()
