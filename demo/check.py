"""Look at what the demonstration made: the record, its history and its site."""

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from demo.child import bugbook
from demo.facts import missing_facts, told_record
from demo.site_check import page_count, site_problems
from demo.story import read_story, story_problems
from tracker.model.status import Status
from tracker.model.trouble import TroubleError
from tracker.operations.read_work_tree import read_work_tree
from tracker.operations.scenario import Scenario

BUILD_SECONDS: Final = 120.0


class FoundWantingError(TroubleError):
    """What was made is not what the scenario tells; the text lists every difference."""


@dataclass(frozen=True, kw_only=True)
class Made:
    """How much there is after the demonstration."""

    commits: int
    facts: int
    pages: int
    site: Path


def checked(repository: Path, scenario: Scenario, bug: str) -> Made:
    """Build the site and compare everything with the scenario.

    Raises:
        FoundWantingError: something is missing or wrong.
    """
    site = build_site(repository)
    tree = read_work_tree(repository)
    problems = [str(problem) for problem in tree.problems]
    record = next((record for record in tree.records if record.id == bug), None)
    if record is None:
        problems.append(f"There is no record of {bug}.")
        raise FoundWantingError("\n".join(problems))
    if record.status is not Status.CLOSED:
        problems.append(f"{bug} is {record.status.words}, not closed.")
    told = told_record(scenario, bug, tree.policy)
    missing, count = missing_facts(told, record)
    story = read_story(repository)
    problems += [*missing, *story_problems(story, scenario), *site_problems(repository, site)]
    if problems:
        raise FoundWantingError("\n".join(problems))
    return Made(commits=len(story), facts=count, pages=page_count(site), site=site)


def build_site(repository: Path) -> Path:
    """Build as a team's continuous integration would; raises FoundWantingError on any warning."""
    built = subprocess.run(
        bugbook("site", "build", "--strict"),
        cwd=repository,
        capture_output=True,
        check=False,
        text=True,
        timeout=BUILD_SECONDS,
    )
    if built.returncode:
        message = f"The site cannot be built:\n{built.stdout}{built.stderr}".rstrip()
        raise FoundWantingError(message)
    return repository / "site" / "public"
