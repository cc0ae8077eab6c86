"""The storm: two replicas, real git over the network, and everything that can go wrong at once."""

import shutil
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from tests.chaos.deliveries import FIRST, deliver, report_fields, request
from tests.chaos.lives import Life, running_nursery
from tests.chaos.people import Engineer
from tests.chaos.servers import Cable, git_daemon, smart_http
from tests.real_git import RealGit, new_bare, new_checkout
from tracker.model.record import BugRecord
from tracker.store.record_file import read_record

REDELIVERED = 0.3  # of all requests
CALM_SECONDS = 120.0


@dataclass(kw_only=True)
class Told:
    """What was asked and what was acknowledged."""

    asked: dict[str, dict[str, Any]] = field(default_factory=dict)
    acknowledged: set[str] = field(default_factory=set)
    redelivered: int = 0


@dataclass(kw_only=True)
class Report:
    """What a storm did, and what was wrong after it."""

    seed: int
    seconds: float
    kills: int = 0
    pauses: int = 0
    disks_lost: int = 0
    cuts: int = 0
    asked: int = 0
    acknowledged: int = 0
    redelivered: int = 0
    committed: int = 0
    by_hand: int = 0
    merges: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"Seed {self.seed}, {self.seconds:.0f} s: {self.kills} kills, {self.pauses} pauses,"
            f" {self.disks_lost} disks lost and {self.cuts} network cuts; {self.asked} actions"
            f" asked for, {self.redelivered} of them delivered again, {self.acknowledged}"
            f" acknowledged, {self.committed} committed beside {self.by_hand} pushes by hand and"
            f" {self.merges} merges. Acknowledged and lost: {len(self.lost)}. Doubled:"
            f" {len(self.doubled)}. Otherwise wrong: {self.wrong or 'nothing'}."
        )


@dataclass(kw_only=True)
class Storm:
    """Runs for so many seconds; with a database the replicas share a ledger in it."""

    folder: Path
    seconds: float
    seed: int
    database: str = ""
    rate: float = 5.0  # actions a second in all

    def blow(self) -> Report:
        """Let it all happen, then wait for calm and look at what is there."""
        report = Report(seed=self.seed, seconds=self.seconds)
        told = Told()
        with self._replicas() as (lives, cables, shared, engineer):
            over = time.monotonic() + self.seconds
            with ThreadPoolExecutor() as pool:
                by_hand = pool.submit(engineer.work)
                trouble = [
                    pool.submit(self._ask, lives, told, over),
                    pool.submit(self._harm, lives, report, over),
                    pool.submit(self._cut, cables, over),
                ]
                wait(trouble)
                engineer.done.set()
                for each in (*trouble, by_hand):
                    each.result()
            for life in lives:
                life.await_calm(CALM_SECONDS)
            report.cuts = sum(cable.cuts for cable in cables)
            for life in lives:
                life.kill()
            self._judge(report, told, shared, engineer, lives)
        return report

    @contextmanager
    def _replicas(self) -> Iterator[tuple[list[Life], list[Cable], RealGit, Engineer]]:
        served = self.folder / "served"
        served.mkdir(parents=True)
        shared = new_bare(served / "bugs.git")
        shared("config", "http.receivepack", "true")
        shared("config", "receive.denyNonFastForwards", "true")
        with ExitStack() as stack:
            nursery = stack.enter_context(running_nursery(self.folder / "replicas.log"))
            ports = (
                stack.enter_context(git_daemon(served)),
                stack.enter_context(smart_http(served)),
            )
            cables = [Cable(target=port) for port in ports]
            lives = []
            for cable, scheme, name in zip(cables, ("git", "http"), ("one", "two"), strict=True):
                cable.start()
                stack.callback(cable.close)
                life = Life(
                    name=name,
                    folder=self.folder / name,
                    remote=f"{scheme}://127.0.0.1:{cable.port}/bugs.git",
                    database=self.database,
                    nursery=nursery,
                )
                lives.append(life)
            for life in lives:
                life.start()
                stack.callback(life.kill)
            for name in FIRST:
                fields = report_fields(name)
                asked = {"id": name, "bug": None, "verb": "report", "fields": fields}
                assert deliver(lives[0].port, asked)
            lives[0].await_calm(CALM_SECONDS)
            git = new_checkout(self.folder / "engineer", shared)
            engineer = Engineer(git=git, random=Random(self.seed + 1))
            engineer.set_up()
            yield lives, cables, shared, engineer

    def _ask(self, lives: list[Life], told: Told, over: float) -> None:
        """Ask for actions, each of a replica that is up, and deliver some of them again."""
        random = Random(self.seed + 2)
        number = 0
        while time.monotonic() < over:
            number += 1
            asked = request(f"q-{number}", random)
            told.asked[asked["id"]] = asked
            again = random.random() < REDELIVERED
            for _ in range(2 if again else 1):
                life = random.choice(lives)
                if deliver(life.port, asked):
                    told.acknowledged.add(asked["id"])
            told.redelivered += again
            time.sleep(random.expovariate(self.rate))

    def _harm(self, lives: list[Life], report: Report, over: float) -> None:
        """Kill at random instants; on a shared ledger, pause and take a disk away, too."""
        random = Random(self.seed + 3)
        while time.monotonic() < over:
            time.sleep(random.uniform(0.02, 1.2))
            life = random.choice(lives)
            if self.database and random.random() < 0.03:
                report.pauses += 1
                life.pause(random.uniform(1.0, 14.0))
                continue
            life.kill()
            report.kills += 1
            if self.database and random.random() < 0.2:
                report.disks_lost += 1
                lost = life.folder.with_name(f"{life.name}-lost-{report.disks_lost}")
                life.folder.rename(lost)  # at once: git may be writing in it still
                shutil.rmtree(lost, ignore_errors=True)
            life.start()

    def _cut(self, cables: list[Cable], over: float) -> None:
        random = Random(self.seed + 4)
        while time.monotonic() < over:
            time.sleep(random.uniform(1.0, 8.0))
            cable = random.choice(cables)
            cable.cut()
            time.sleep(random.uniform(0.1, 3.0))
            cable.mend()

    def _judge(
        self, report: Report, told: Told, shared: RealGit, engineer: Engineer, lives: list[Life]
    ) -> None:
        """Compare what people were told with what is in git."""
        log = shared("log", "--format=%(trailers:key=Request,valueonly,separator=%x20)", "main")
        found = Counter(log.split())
        report.asked, report.acknowledged = len(told.asked), len(told.acknowledged)
        report.redelivered, report.committed = told.redelivered, len(found)
        report.by_hand, report.merges = len(engineer.pushed), engineer.merged
        report.lost = sorted(told.acknowledged - set(found))
        report.doubled = sorted(name for name, times in found.items() if times > 1)
        notes = Counter(
            entry.text
            for record in _records(shared)
            for entry in record.timeline
            if entry.action == "note"
        )
        committed = {told.asked[name]["fields"].get("text") for name in found if name in told.asked}
        subjects = Counter(shared("log", "--format=%s", "main").splitlines())
        problems = {
            "requests that nobody made": {
                n for n in set(found) - set(told.asked) if not n.startswith("first")
            },
            "pushes by hand that are gone": [s for s in engineer.pushed if subjects[s] != 1],
            "notes that are not there exactly once": [n for n, times in notes.items() if times > 1],
            "notes of other requests": set(notes) ^ (committed - {None}),
            "damage": shared("fsck", "--strict", "--no-dangling"),
        } | {
            f"damage of clone {life.name}": RealGit(life.folder / "clone.git")(
                "fsck", "--no-dangling"
            )
            for life in lives
        }
        report.wrong = [f"{what}: {those}" for what, those in problems.items() if those]


def _records(shared: RealGit) -> Iterator[BugRecord]:
    for path in shared("ls-tree", "-r", "--name-only", "main", "bugs").splitlines():
        yield read_record(shared("show", f"main:{path}").encode() + b"\n", path)
