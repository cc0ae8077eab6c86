"""Play all incidents of the source documents in Slack: `make incidents`.

Each is played twice, over the stand-in in Socket Mode and over signed HTTP, with nothing but what a
person can type, fill in and press. The record must then say what the one in `bugs/` says, times
aside. Exit code 1 names every difference.
"""

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final

import click
from rich.console import Console

from demo.facts import missing_facts
from demo.form import UnknownAnswerError
from demo.narrator import Narrator
from demo.participant import NotAcknowledgedError
from demo.player import Player
from demo.repository import PROJECT, make_repository
from demo.stage import LISTENS, Place, open_stage
from demo.story import read_story, story_problems
from tracker.model.trouble import TroubleError
from tracker.operations.read_work_tree import read_work_tree
from tracker.operations.scenario import Scenario, read_scenario
from tracker.workflow.actions.report import ReportBug

SCENARIOS: Final = Path(__file__).with_name("scenarios")
NAMES: Final = tuple(sorted(path.stem for path in SCENARIOS.glob("*.yaml")))
WINDOW: Final = timedelta(seconds=8)  # monitoring, which is hours in the documents


class Silent(Narrator):
    """Tells nothing of a play that nobody watches."""

    def act(self, who: str, what: str) -> None:
        """Say nothing of what somebody does."""

    def answer(self, said: str, seconds: float) -> None:
        """Say nothing of the bot's answer."""

    def refusal(self, said: str) -> None:
        """Say nothing of a refusal."""


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(NAMES), metavar="[NAME]...")
def main(names: tuple[str, ...]) -> None:
    """Play incidents in Slack and compare the records with `bugs/`; all of them without a name."""
    console, wrong = Console(soft_wrap=True), 0
    with tempfile.TemporaryDirectory(prefix="bugbook-incidents-") as folder:
        for name in names or NAMES:
            for window in (True, False):
                how = "Socket Mode" if window else "signed HTTP"
                problems = tuple(play(name, Path(folder), window=window))
                mark = "✗" if problems else "✓"
                console.print("\n    ".join((f"{mark} {name}, {how}", *problems)), markup=False)
                wrong += bool(problems)
    sys.exit(min(wrong, 1))


def play(name: str, folder: Path, *, window: bool) -> Iterator[str]:
    """Play one incident; yields every difference from its record in this repository.

    All plays share a folder, in which the bot keeps what it would make anew at each start.
    """
    path = SCENARIOS / f"{name}.yaml"
    scenario = with_number(read_scenario(path.read_bytes(), path.name))
    repository = folder / f"{name}-{'socket' if window else 'http'}"
    place = Place(
        folder=folder,
        repository=make_repository(repository, monitor_for=WINDOW),
        site_url=f"http://{LISTENS}/",
    )
    try:
        with open_stage(place, window=window) as stage:
            narrator = Silent(console=Console(), pace=0)
            player = Player(stage=stage, narrator=narrator, monitor_for=WINDOW)
            player.play(scenario)
    except (TroubleError, NotAcknowledgedError, TimeoutError, UnknownAnswerError) as trouble:
        yield str(trouble)
        return
    yield from differences(repository, scenario, player.bug)


def with_number(scenario: Scenario) -> Scenario:
    """The same with the incident's number typed: the bot would give one of this year."""
    (first, *_) = scenario.steps
    hotfix = next(
        (
            record.hotfix
            for record in read_work_tree(PROJECT).records
            if isinstance(first.action, ReportBug) and record.id == first.action.id
        ),
        None,
    )
    if hotfix is None:
        return scenario
    steps = tuple(
        replace(step, action=step.action.model_copy(update={"incident": hotfix.incident}))
        if step.action.verb == "hotfix-declare"
        else step
        for step in scenario.steps
    )
    return replace(scenario, steps=steps)


def differences(repository: Path, scenario: Scenario, bug: str) -> Iterator[str]:
    """What the record and its history say otherwise than this repository's own record."""
    own = {record.id: record for record in read_work_tree(PROJECT).records}
    made = {
        record.id: record.model_copy(update={"policy": own[bug].policy})
        for record in read_work_tree(repository).records
    }
    yield from missing_facts(own[bug], made[bug])[0]
    yield from missing_facts(made[bug], own[bug])[0]
    yield from story_problems(read_story(repository), scenario)


if __name__ == "__main__":
    main()
