"""A problem in a file: where it is, and what to do about it."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Place:
    """A position in a file of the repository; line and column count from 1, in characters."""

    path: str
    line: int
    column: int

    def __str__(self) -> str:
        """Give `bugs/000/BUG-0042.yaml:17:5`, which editors and terminals can follow."""
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What is wrong at a place and what is expected, in full sentences, with a short rule code."""

    place: Place
    message: str
    rule: str

    def __str__(self) -> str:
        """Give the problem as one line of text."""
        return f"{self.place}: {self.message} [{self.rule}]"


class ProblemsFound(Exception):  # noqa: N818 - the name says what happened, as the callers read it
    """A text was refused; carries every problem that could be found."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        """Give one problem a line."""
        return "\n".join(str(problem) for problem in self.problems)
