"""Weigh a process that has loaded the bot and asks what a bot asks, among many records."""

import sys
from pathlib import Path
from typing import Final

from benchmarks.corpus import make_corpus_repository
from benchmarks.process import run
from benchmarks.samples import Samples, Unit
from benchmarks.section import Section, Told
from tracker.assembly import open_tracker
from tracker.settings import read_settings

RECORDS: Final = 100_000
MEMORY: Final = 250e6  # bytes
ABOUT: Final = f"""\
The peak of a process that has loaded the bot and asks what a bot asks among {RECORDS:,} records:
who has what, a home page, reminders, a search, numbers, likeness, a mistyped title, an action and
its announcement. Its index and clone exist before."""


def weighed_bot(folder: Path, tell: Told) -> Section:
    """Make the repository and its index, and weigh the process that asks."""
    tell(f"Writing {RECORDS:,} records, and making their index.")
    repository, data_dir = folder / "bugs.git", folder / "data"
    make_corpus_repository(repository, RECORDS)
    tracker = open_tracker(read_settings(None, repository=str(repository), data_dir=data_dir))
    tracker.warm_up()
    tracker.close()
    tell("Asking what a bot asks.")
    usage = run(
        sys.executable,
        "-m",
        "benchmarks.bot_questions",
        str(repository),
        str(data_dir),
        folder=Path.cwd(),
    )
    found = Samples(
        name="memory of the bot", values=[usage.memory], unit=Unit.MEGABYTES, most=MEMORY
    )
    return Section(title=f"Memory among {RECORDS:,} records", about=ABOUT, samples=(found,))
