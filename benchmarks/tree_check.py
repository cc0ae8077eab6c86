"""Time `bugbook check` on many records, and the checks of other tools on as many beside it."""

import sys
from pathlib import Path
from typing import Final

from benchmarks.corpus import make_corpus_repository, write_corpus
from benchmarks.peers import Peers, PeerUnavailableError
from benchmarks.process import run
from benchmarks.samples import Samples, Unit
from benchmarks.section import Section, Told

RECORDS: Final = 5000
COLD_TARGET, WARM_TARGET = 6.0, 0.6  # seconds
WARM_RUNS: Final = 5
ABOUT: Final = f"""\
`bugbook check` as a whole process on {RECORDS:,} records of every severity in every state: first on
records that nothing has read before, then again with nothing changed; each program has run once
before, so that its bytecode is there, as that of an installed one. The peers look at as many
items, each with the text of a record's title and report and nothing else, in the same run and as
whole processes: `doorstop -F -W -L`, and `reno lint` on a part, each item of which is taken to cost
the same; they look at everything anew, whether it has changed or not. They know no states, gates or
secrets, and their items are a fifth of our records in size, so the ratios say what a team waits for
and not what is done in that time."""


def clocked_check(folder: Path, tell: Told) -> Section:
    """Make the records and check them, beside the peers that can be had."""
    tell(f"Writing {RECORDS:,} records.")
    make_corpus_repository(folder / "bugs.git", RECORDS)
    tree = folder / "tree"
    run("git", "clone", "--quiet", str(folder / "bugs.git"), str(tree), folder=folder)
    peers, missing = _peers(Peers(folder), tell)
    cold, warm = _own(tree, tell, peers)
    return Section(
        title=f"Check of {RECORDS:,} records",
        about=ABOUT,
        samples=(*cold, *warm, *peers),
        missing=missing,
    )


def _own(
    tree: Path, tell: Told, peers: tuple[Samples, ...]
) -> tuple[tuple[Samples, ...], tuple[Samples, ...]]:
    tell("Checking them with Bugbook, for the first time and again.")
    bugbook = str(Path(sys.executable).with_name("bugbook"))
    data = {"BUGBOOK_DATA_DIR": str(tree.parent / "data")}
    one = tree.parent / "one"
    write_corpus(one, 1)
    run(bugbook, "check", folder=one, environment=data)
    first, *more = [
        run(bugbook, "check", folder=tree, environment=data).seconds for _ in range(1 + WARM_RUNS)
    ]
    return (
        _rows("`bugbook check`, cold", [first], COLD_TARGET, peers),
        _rows("`bugbook check`, nothing changed", more, WARM_TARGET, peers),
    )


def _rows(
    name: str, seconds: list[float], most: float, peers: tuple[Samples, ...]
) -> tuple[Samples, ...]:
    """One row without a peer, or one for each peer with what is asked beside it."""
    alone = Samples(name=name, values=seconds, unit=Unit.SECONDS, most=most)
    asked = {"doorstop": 5, "reno": 20}
    beside = tuple(
        Samples(
            name=f"{name}, beside {peer.name}",
            values=seconds,
            unit=Unit.SECONDS,
            peer=peer,
            times_better=asked[peer.name.partition(" ")[0]],
        )
        for peer in peers
    )
    return (alone, *beside)


def _peers(peers: Peers, tell: Told) -> tuple[tuple[Samples, ...], tuple[str, ...]]:
    tell("Installing Doorstop and reno, and giving them as many items.")
    try:
        doorstop = str(peers.commands / "doorstop")
    except PeerUnavailableError as error:
        return (), (str(error),)
    tell("Checking them with Doorstop.")
    run(doorstop, "-F", "-W", "-L", folder=peers.doorstop_tree(1))
    items = peers.doorstop_tree(RECORDS)
    checked = run(doorstop, "-F", "-W", "-L", folder=items)
    tell(f"That took {checked.seconds:.1f} s. Checking notes with reno.")
    name, linted = peers.reno_notes("lint", RECORDS)
    found = {
        f"{peers.version('doorstop')} -F -W -L": checked.seconds,
        name: linted,
    }
    return tuple(
        Samples(name=name, values=[seconds], unit=Unit.SECONDS) for name, seconds in found.items()
    ), ()
