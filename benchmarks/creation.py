"""Time the creation of one record among many, as a whole process, beside other tools."""

import sys
from pathlib import Path
from typing import Final

from benchmarks.corpus import make_corpus_repository
from benchmarks.peers import Peers, PeerUnavailableError
from benchmarks.process import run
from benchmarks.samples import Samples
from benchmarks.section import Section, Told

RECORDS: Final = 5000
RUNS: Final = 5
ABOUT: Final = f"""\
One record is added to {RECORDS:,}, as a whole process. Bugbook judges the report, numbers it, looks
for secrets, commits and pushes it to a repository on the same disk; the peers write one file and
commit nothing."""


def clocked_creation(folder: Path, tell: Told) -> Section:
    """Add records with Bugbook and with each peer that can be had."""
    tell(f"Adding a record to {RECORDS:,}.")
    make_corpus_repository(folder / "bugs.git", RECORDS)
    peers, missing = _peers(Peers(folder), tell)
    bugbook = str(Path(sys.executable).with_name("bugbook"))
    data = {
        "BUGBOOK_DATA_DIR": str(folder / "data"),
        "BUGBOOK_REPOSITORY": str(folder / "bugs.git"),
    }
    what = ("--title", "The door beeps twice", "--what-is-broken", "It should beep once.")
    report = (bugbook, "report", *what, "--environment-stage", "production")
    author = ("--as", "Support Team <support@example.com>")
    tell("Adding records with Bugbook.")
    seconds = [
        run(*report, *author, folder=folder, environment=data).seconds for _ in range(1 + RUNS)
    ]
    own = Samples(name="`bugbook report`, committed and pushed", values=seconds[1:])
    return Section(
        title=f"One record more among {RECORDS:,}",
        about=ABOUT,
        samples=(own, *peers),
        missing=missing,
    )


def _peers(peers: Peers, tell: Told) -> tuple[tuple[Samples, ...], tuple[str, ...]]:
    try:
        bin_folder = peers.commands
    except PeerUnavailableError as error:
        return (), (str(error),)
    tell("Adding records with reno, towncrier and Doorstop.")
    reno, towncrier, doorstop = (
        str(bin_folder / name) for name in ("reno", "towncrier", "doorstop")
    )
    trees = {
        f"{peers.version('reno')} new": (peers.reno_tree(RECORDS), (reno, "-q", "new", "door")),
        f"{peers.version('towncrier')} create": (
            peers.towncrier_tree(RECORDS),
            (towncrier, "create", "-c", "The door beeps twice.", "+.bugfix.md"),
        ),
        f"{peers.version('doorstop')} add": (
            peers.doorstop_tree(RECORDS),
            (doorstop, "-q", "add", "BUG"),
        ),
    }
    return tuple(
        Samples(name=name, values=[run(*command, folder=tree).seconds for _ in range(RUNS)])
        for name, (tree, command) in trees.items()
    ), ()
