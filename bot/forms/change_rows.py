"""Commits and files of a fix, as people note them down."""

import re
from typing import Final

from bot.forms.rows import NOTHING, Row, columns_of, filled, items, parts, row_of
from bot.forms.scene import UnreadableError
from tracker.model.fix import ChangedFile

COMMIT_SYNTAX: Final = "Hashes one a line, or whole messages divided by a line of ---"
FILE_SYNTAX: Final = "One a line: path | lines changed | function; function"


def read_commits(text: str) -> list[str]:
    """Hashes, or whole messages."""
    commits: list[str] = []
    for part in parts(text):
        lines = filled(part)
        hashes = all(" " not in line for line in lines)
        commits.extend(lines if hashes else [part.strip()])
    return commits


def write_commits(commits: tuple[str, ...]) -> str:
    """The same, as `read_commits` reads it."""
    return "\n---\n".join(commits)


def read_files(text: str) -> list[Row]:
    """Files with the number of changed lines and the functions."""
    rows = []
    for number, line in enumerate(filled(text), start=1):
        path, count, functions = columns_of(line, number, (1, 3), FILE_SYNTAX)
        row: Row = {"path": path, "functions": items(functions)}
        if count not in NOTHING:
            digits = re.search(r"[0-9]+", count)
            if digits is None:
                sentence = f"Line {number}: give the lines changed as a number, not “{count}”."
                raise UnreadableError(sentence)
            row["lines"] = int(digits[0])
        rows.append(row)
    return rows


def write_files(files: tuple[ChangedFile, ...]) -> str:
    """The same, as `read_files` reads it."""
    return "\n".join(row_of(file.path, file.lines, "; ".join(file.functions)) for file in files)
