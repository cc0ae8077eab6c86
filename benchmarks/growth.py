"""Measure what more records cost: each commit, and the memory of a bot."""

import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import Final

from benchmarks.bot_questions import WHO
from benchmarks.corpus import make_corpus_repository
from benchmarks.process import run
from benchmarks.samples import Samples, Unit
from benchmarks.section import Section, Told
from tracker.assembly import Recorded, Request, open_tracker
from tracker.settings import read_settings
from tracker.workflow.verbs import VERBS

FEW, MANY = 1_000, 100_000
NOTES: Final = 30
WARM_UP: Final = 3
MEMORY: Final = 250e6  # bytes
ABOUT: Final = f"""\
A note that is added to a bug, from the outbox to the commit in a repository on the same machine,
among {FEW:,} and among {MANY:,} records; twice as long is the most that growth may cost. Memory is
the peak of a process that has loaded the bot and asks what a bot asks: who has what, a home page, a
search, numbers, likeness, a mistyped title, an action and its announcement. Its index and clone
exist before."""


def clocked_growth(folder: Path, tell: Told) -> Section:
    """Make both repositories, act on them, and weigh the process that asks the larger one."""
    few = _commits(folder, FEW, tell)
    many = _commits(folder, MANY, tell)
    tell(f"Asking what a bot asks among {MANY:,} records.")
    usage = run(
        sys.executable,
        "-m",
        "benchmarks.bot_questions",
        str(_repository(folder, MANY)),
        str(folder / f"data-{MANY}"),
        folder=Path.cwd(),
    )
    alone = Samples(name=f"commit among {FEW:,} records", values=few)
    return Section(
        title=f"Growth to {MANY:,} records",
        about=ABOUT,
        samples=(
            alone,
            Samples(
                name=f"commit among {MANY:,} records", values=many, peer=alone, times_better=0.5
            ),
            Samples(
                name="memory of the bot", values=[usage.memory], unit=Unit.MEGABYTES, most=MEMORY
            ),
        ),
    )


def _repository(folder: Path, count: int) -> Path:
    return folder / f"bugs-{count}.git"


def _commits(folder: Path, count: int, tell: Told) -> list[float]:
    tell(f"Writing {count:,} records, and making their index.")
    repository = _repository(folder, count)
    make_corpus_repository(repository, count)
    run("git", "-C", str(repository), "gc", "--quiet", folder=folder)
    data_dir = folder / f"data-{count}"
    tracker = open_tracker(read_settings(None, repository=str(repository), data_dir=data_dir))
    tracker.warm_up()
    tell(f"Adding {NOTES} notes.")
    note = VERBS["note"].model_validate({"text": "Still the same."})

    def added() -> Iterator[float]:
        for number in range(WARM_UP + NOTES):
            request = Request(
                id=f"note-{number}", bug=f"BUG-{1 + number:04d}", action=note, actor=WHO
            )
            start = monotonic()
            tracker.submit(request)
            tracker.commit_pending()
            yield monotonic() - start
            if tracker.outcome(request.id).__class__ is not Recorded:
                raise AssertionError(request.id)

    taken = list(added())[WARM_UP:]
    tracker.close()
    return taken
