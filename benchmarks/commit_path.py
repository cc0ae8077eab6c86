"""Time the way of an action into the repository, alone and with two replicas, beside plain git."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.actions import ACTOR, UnmeasuredError, note
from benchmarks.corpus import make_corpus_repository
from benchmarks.replicas import RATE, clocked_replicas
from benchmarks.samples import Samples
from benchmarks.section import Section, Told
from tests.postgresql import new_database, programs, running_server
from tracker.assembly import Recorded, Request, Tracker, open_tracker
from tracker.model.bug_id import record_path
from tracker.settings import read_settings
from tracker.workflow.decision import Refused

RECORDS: Final = 10_000
SMALL, LARGE = 1_000, 100_000
RUNS: Final = 60
_TOGETHER: Final = 100  # records in a commit where their number matters, and not their history
WARM_UP: Final = 5
DURABLE, DURABLE_P99, TIMES_GIT = 0.010, 0.050, 10
SHARED, SHARED_P99 = 0.250, 1.0
ABOUT: Final = f"""\
A note on one of {RECORDS:,} records. “Decided and durable” is judging it and writing it to the
ledger, after which it outlives a kill; the peer adds a line to the same file in a work tree of the
same repository with `git add` and `git commit`. “On the remote” is from then until the push was
acknowledged and the replica that took the action knows it: two processes with a clone each take
{RATE:g} actions a second in all at random instants and push to one `git daemon`. With one ledger in
PostgreSQL, as several replicas are to be run, one of them writes for both; with a ledger each they
race for the branch."""
GROWTH: Final = f"""\
A note is judged, committed and pushed to a bare repository on the same disk, among {SMALL:,}
records and among {LARGE:,}. The target allows the second to take twice as long as the first."""


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
    remote, missing = _on_the_remote(shared, folder, tell)
    title = f"The commit path among {RECORDS:,} records"
    return Section(title=title, about=ABOUT, samples=(durable, git, *remote), missing=missing)


def _on_the_remote(
    shared: Path, folder: Path, tell: Told
) -> tuple[tuple[Samples, ...], tuple[str, ...]]:
    tell("Clocking two replicas with a ledger each.")
    apart = _at_the_rate("a ledger each", clocked_replicas(shared, folder / "apart", RECORDS))
    if programs() is None:
        return (apart,), ("PostgreSQL is not installed, so the shared ledger was left out.",)
    tell("Clocking two replicas with one ledger in PostgreSQL.")
    with running_server() as server:
        taken = clocked_replicas(shared, folder / "together", RECORDS, new_database(server))
    return (_at_the_rate("one ledger in PostgreSQL", taken), apart), ()


def _at_the_rate(ledger: str, values: list[float]) -> Samples:
    name = f"On the remote, two replicas at {RATE:g}/s, {ledger}"
    return Samples(name=name, values=values, most=SHARED, most_p99=SHARED_P99)


def clocked_growth(folder: Path, tell: Told) -> Section:
    """What a commit costs in a small and in a large repository."""
    small, large = (_commits(folder / str(count), count, tell) for count in (SMALL, LARGE))
    grown = Samples(name=large.name, values=large.values, peer=small, times_better=0.5)
    return Section(title="Growth of a commit", about=GROWTH, samples=(small, grown))


def _commits(folder: Path, count: int, tell: Told) -> Samples:
    tell(f"Making {count:,} records and committing among them.")
    folder.mkdir()
    make_corpus_repository(folder / "bugs.git", count, together=_TOGETHER)
    with _tracker(folder / "bugs.git", folder / "data", records=False) as tracker:
        values = [_committed(tracker, number) for number in range(-WARM_UP, RUNS)]
    return Samples(name=f"One action among {count:,}", values=values[WARM_UP:])


def _kept(tracker: Tracker, number: int) -> float:
    request = note(f"kept-{number}", "BUG-0001")
    start = time.monotonic()
    decision = tracker.judge(request)
    tracker.submit(request)
    seconds = time.monotonic() - start
    if isinstance(decision, Refused):
        raise UnmeasuredError(decision.reasons)
    return seconds


def _committed(tracker: Tracker, number: int) -> float:
    request = note(f"committed-{number}", "BUG-0001")
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


def _expect_recorded(tracker: Tracker, request: Request) -> None:
    outcome = tracker.outcome(request.id)
    if not isinstance(outcome, Recorded):
        raise UnmeasuredError(outcome)


@contextmanager
def _tracker(repository: Path, data: Path, *, records: bool = True) -> Iterator[Tracker]:
    """Open one that is ready; without the index of records, which a note does not ask."""
    settings = read_settings(env_file=None, repository=str(repository), data_dir=data)
    with closing(open_tracker(settings)) as tracker:
        if records:
            tracker.warm_up()
        else:
            tracker.index.ask_history(lambda _: None)
        yield tracker
