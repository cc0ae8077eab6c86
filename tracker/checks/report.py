"""What a check found."""

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.model.problem import Problem


@dataclass(frozen=True, kw_only=True)
class Report:
    """Problems by file and line, how many records were checked, and the lines to show."""

    problems: tuple[Problem, ...]
    records: int
    sources: Mapping[tuple[str, int], str]
    """The text of each line that has a problem; a line that holds a secret is not among them."""

    @property
    def files(self) -> int:
        """In how many files there are problems."""
        return len({problem.place.path for problem in self.problems})


def summary(report: Report, seconds: float) -> str:
    """Say in a line what was checked and what was found."""
    checked = f"{_count(report.records, 'record')} checked in {seconds:.1f} s."
    if not report.problems:
        return f"No problems: {checked}"
    found = f"{_count(len(report.problems), 'problem')} in {_count(report.files, 'file')}"
    return f"{found}; {checked}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
