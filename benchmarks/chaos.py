"""Count what kill -9, cuts and redelivery do to acknowledged actions; nothing is timed."""

from contextlib import ExitStack
from pathlib import Path
from typing import Final

from benchmarks.samples import Samples, Unit
from benchmarks.section import Section, Told
from tests.chaos.storm import Report, Storm
from tests.postgresql import new_database, programs, running_server

SECONDS: Final = 240.0  # of each of the two storms
KILLS: Final = 200
SEED: Final = 2026
ABOUT: Final = """\
Two replicas take actions while they are killed with `kill -9` at random instants and their network
is cut; 30 % of all requests are delivered again, to either replica, and an engineer pushes and
merges by hand. Once each replica has a ledger of its own, and once both share one in PostgreSQL,
where they are paused and lose their disks as well."""


def counted_chaos(folder: Path, tell: Told) -> Section:
    """Let both storms blow and count."""
    tell(f"A storm of {SECONDS:.0f} s on two ledgers.")
    reports = [Storm(folder=folder / "apart", seconds=SECONDS, seed=SEED).blow()]
    tell(str(reports[0]))
    missing: tuple[str, ...] = ()
    if programs() is None:
        missing = ("PostgreSQL is not installed, so the storm on a shared ledger was left out.",)
    else:
        tell(f"A storm of {SECONDS:.0f} s on one ledger.")
        with ExitStack() as stack:
            database = new_database(stack.enter_context(running_server()))
            storm = Storm(folder=folder / "one", seconds=SECONDS, seed=SEED, database=database)
            reports.append(storm.blow())
        tell(str(reports[1]))
    rows = (
        _count("Kills", reports, "kills", least=KILLS),
        _count("Network cuts", reports, "cuts"),
        _count("Actions acknowledged", reports, "acknowledged"),
        _count("Delivered again", reports, "redelivered"),
        _count("Acknowledged and lost", reports, "lost", most=0),
        _count("Doubled", reports, "doubled", most=0),
        _count("Otherwise wrong", reports, "wrong", most=0),
    )
    return Section(title="Under kill -9", about=ABOUT, samples=rows, missing=missing)


def _count(
    name: str,
    reports: list[Report],
    what: str,
    *,
    most: float | None = None,
    least: float | None = None,
) -> Samples:
    found = (getattr(report, what) for report in reports)
    total = sum(each if isinstance(each, int) else len(each) for each in found)
    return Samples(name=name, values=[total], unit=Unit.COUNT, most=most, least=least)
