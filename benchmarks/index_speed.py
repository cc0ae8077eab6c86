"""Time the index: built, refreshed, and asked by whole processes, beside other tools."""

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Final

from benchmarks.corpus import make_corpus_repository
from benchmarks.peers import Peers, PeerUnavailableError
from benchmarks.process import run
from benchmarks.samples import Samples, Unit
from benchmarks.section import Section, Told
from tracker.location import Location
from tracker.lookup import data_folder
from tracker.store.bug_index import BugIndex
from tracker.store.clone import Clone, open_clone
from tracker.store.commit_writer import NewCommit, Signature
from tracker.store.remote import resolve_remote

RECORDS: Final = 10_000
RUNS: Final = 7
REFRESHES: Final = 30
BUILD, REFRESH, LOOK = 15.0, 0.020, 0.4  # seconds
_LOOKS: Final = (
    ("list",),
    ("list", "--open", "--severity", "P0"),
    ("show", "42"),
    ("search", "server error"),
)
_PATH: Final = "bugs/000/BUG-0042.yaml"
_WHO: Final = Signature(
    name="Backend Engineer", email="backend@example.com", time=datetime(2026, 1, 1, tzinfo=UTC)
)
ABOUT: Final = f"""\
An index of {RECORDS:,} records and as many commits: made from nothing; brought up to one more
commit that changes a record; and asked by `bugbook list`, `show` and `search` as whole processes,
imports and a fetch from a repository on the same machine included. `doorstop` looks at as many
items, each with the text of a record's title and report alone, and `reno list` at a part of them,
each of which is taken to cost the same."""


def clocked_index(folder: Path, tell: Told) -> Section:
    """Make the records and their index, ask it, and let the peers list theirs."""
    tell(f"Writing {RECORDS:,} records.")
    shared = folder / "bugs.git"
    make_corpus_repository(shared, RECORDS)
    place = Location(repository=str(shared), branch="main", data_dir=folder / "data")
    remote = resolve_remote(place.repository, place.branch)
    clone = open_clone(data_folder(place, remote), remote)  # the commands use the same
    tell("Making the index.")
    built = _timed(BugIndex(clone=clone).rebuild)
    tell(f"That took {built:.1f} s. Following {REFRESHES} commits.")
    refreshed = list(_refreshes(clone))
    peers, missing = _peers(Peers(folder), tell)
    return Section(
        title=f"Index of {RECORDS:,} records",
        about=ABOUT,
        samples=(
            Samples(name="built from nothing", values=[built], unit=Unit.SECONDS, most=BUILD),
            Samples(name="brought up to one more commit", values=refreshed, most=REFRESH),
            *_commands(folder, place, tell),
            *peers,
        ),
        missing=missing,
    )


def _refreshes(clone: Clone) -> Iterator[float]:
    """Commit one change after another, and time how the index follows."""
    index = BugIndex(clone=clone)
    index.warm_up()
    for number in range(REFRESHES):
        with clone.writing() as writer:
            tip = writer.fetch()
            text = (clone.read(_PATH, tip) or b"") + f"# {number}\n".encode()
            new = NewCommit(changes={_PATH: text}, subject="Edit", author=_WHO, committer=_WHO)
            writer.push(writer.commit(new, tip))
        yield _timed(index.warm_up)


def _commands(folder: Path, place: Location, tell: Told) -> Iterator[Samples]:
    bugbook = str(Path(sys.executable).with_name("bugbook"))
    settings = {
        "BUGBOOK_DATA_DIR": str(place.data_dir),
        "BUGBOOK_REPOSITORY": place.repository,
        "BUGBOOK_BRANCH": place.branch,
    }
    for words in _LOOKS:
        tell(f"Running bugbook {' '.join(words)}.")
        taken = [
            run(bugbook, *words, folder=folder, environment=settings).seconds
            for _ in range(RUNS + 1)
        ][1:]  # the first one writes the bytecode
        yield Samples(name=f"`bugbook {' '.join(words)}`", values=taken, most=LOOK)


def _peers(peers: Peers, tell: Told) -> tuple[tuple[Samples, ...], tuple[str, ...]]:
    tell("Installing Doorstop and reno, and giving them as many items.")
    try:
        doorstop = str(peers.commands / "doorstop")
    except PeerUnavailableError as error:
        return (), (str(error),)
    items = peers.doorstop_tree(RECORDS)
    tell("Running doorstop and reno list.")
    checked = run(doorstop, "-F", "-W", "-L", "-C", folder=items).seconds
    name, listed = peers.reno_notes("list", RECORDS)
    return (
        Samples(
            name=f"{peers.version('doorstop')} -F -W -L -C", values=[checked], unit=Unit.SECONDS
        ),
        Samples(name=name, values=[listed], unit=Unit.SECONDS),
    ), ()


def _timed(work: Callable[[], object]) -> float:
    start = monotonic()
    work()
    return monotonic() - start
