"""Problems as workflow commands, which GitHub shows beside the lines of a pull request."""

from collections.abc import Iterator

from tracker.checks.report import Report
from tracker.model.problem import Problem


def annotations(report: Report) -> Iterator[str]:
    """Give one command a line."""
    return (_annotation(problem) for problem in report.problems)


def _annotation(problem: Problem) -> str:
    place = problem.place
    properties = {
        "file": place.path,
        "line": str(place.line),
        "col": str(place.column),
        "title": problem.rule,
    }
    said = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::error {said}::{_data(problem.message)}"


def _data(text: str) -> str:
    """Escape what would end a command or begin another one."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
