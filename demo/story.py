"""Whether the history of the scratch repository reads like the scenario."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pygit2

from bot.incident_rooms import BUGBOOK
from tracker.operations.scenario import Scenario

TRAILERS = ("Action", "Actor", "Request", "Policy")  # design §4, step 5


@dataclass(frozen=True, kw_only=True)
class Commit:
    """One commit as `git log` shows it."""

    author: str
    subject: str
    trailers: dict[str, str]


def read_story(repository: Path) -> tuple[Commit, ...]:
    """The commits since the repository was made, oldest first, without those of the bot itself."""
    history = pygit2.Repository(str(repository))
    walker = history.walk(history.head.target, pygit2.enums.SortMode.TOPOLOGICAL)
    commits = tuple(_commit(commit) for commit in walker)
    told = commits[-2::-1]  # without the first one, which is the demonstration's own
    return tuple(commit for commit in told if commit.author != str(BUGBOOK))


def story_problems(story: Sequence[Commit], scenario: Scenario) -> tuple[str, ...]:
    """Every difference, as a sentence; one commit for each action, by the person who acted."""
    problems = [
        f"There are {len(story)} commits for {len(scenario.steps)} actions."
        for _ in range(len(story) != len(scenario.steps))
    ]
    for number, (commit, step) in enumerate(zip(story, scenario.steps, strict=False), start=1):
        where = f"Commit {number}, {commit.subject!r},"
        if commit.author != str(step.actor):
            problems.append(f"{where} is by {commit.author}, not by {step.actor}.")
        if commit.trailers.get("Action") != step.action.verb:
            problems.append(f"{where} is no `{step.action.verb}`.")
        problems.extend(
            f"{where} has no trailer {name}." for name in TRAILERS if not commit.trailers.get(name)
        )
    return tuple(problems)


def _commit(commit: pygit2.Commit) -> Commit:
    subject, _, rest = commit.message.partition("\n")
    lines = [line.partition(": ") for line in rest.strip().split("\n")]
    return Commit(
        author=f"{commit.author.name} <{commit.author.email}>",
        subject=subject,
        trailers={key: text for key, found, text in lines if found},
    )
