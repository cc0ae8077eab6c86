"""Problems for people at a terminal: the sentence, then the line with a caret under the place."""

from collections.abc import Iterator
from typing import Final

from rich.cells import cell_len
from rich.text import Text

from tracker.checks.report import Report
from tracker.model.problem import Problem
from tracker.model.text import UNSAFE_CHARACTER, escape_character

_WIDEST: Final = 100  # characters of a line that are shown
_BEFORE: Final = 60  # of these before the caret, when the line is cut


def text_report(report: Report) -> Iterator[Text]:
    """Give the lines to print, one problem after the other."""
    for problem in report.problems:
        yield _headline(problem)
        line = report.sources.get((problem.place.path, problem.place.line))
        if line is not None:
            yield from _excerpt(line, problem.place.line, problem.place.column)


def _headline(problem: Problem) -> Text:
    place, message = _safe(str(problem.place)), _safe(problem.message)
    return Text.assemble((place, "bold"), ": ", message, " ", (f"[{problem.rule}]", "red"))


def _excerpt(line: str, number: int, column: int) -> Iterator[Text]:
    start = max(0, column - 1 - _BEFORE) if len(line) > _WIDEST else 0
    dots = "…" if start else ""
    before = f"{dots}{_safe(line[start : column - 1])}"
    shown = f"{before}{_safe(line[column - 1 : start + _WIDEST])}"
    more = "…" if len(line) > start + _WIDEST else ""
    gutter = f"{number:>6} | "
    yield Text.assemble((gutter, "dim"), f"{shown}{more}")
    yield Text.assemble((" " * 6 + " | ", "dim"), " " * cell_len(before), ("^", "bold red"))


def _safe(text: str) -> str:
    """One line without what steers a terminal or hides."""
    visible = UNSAFE_CHARACTER.sub(lambda found: escape_character(found[0]), text)
    return visible.replace("\t", " ").replace("\n", " ")
