"""Places in code or configuration, and lines of a changelog, as people note them down."""

from typing import Final

from bot.forms.rows import NOTHING, Row, columns_of, parts, read_lines, row_of
from bot.forms.scene import UnreadableError
from tracker.model.changelog import ChangeKind, ChangeLine
from tracker.model.excerpt import Excerpt

EXCERPT_SYNTAX: Final = (
    "First line: place | what it shows | language. The lines below it are the code. "
    "Divide several by a line of ---"
)
CHANGELOG_SYNTAX: Final = f"One a line: kind: what changed. Kinds are {', '.join(ChangeKind)}"


def read_excerpts(text: str) -> list[Row]:
    """Places, each with its code below it."""
    rows = []
    for number, part in enumerate(parts(text), start=1):
        first, _, code = part.partition("\n")
        place, note, language = columns_of(first, number, (1, 3), EXCERPT_SYNTAX)
        said = {"note": note, "language": language, "code": code.strip("\n")}
        rows.append({"place": place, **{k: v for k, v in said.items() if v not in NOTHING}})
    return rows


def write_excerpts(excerpts: tuple[Excerpt, ...]) -> str:
    """The same, as `read_excerpts` reads it."""
    return "\n---\n".join(
        f"{row_of(item.place, item.note, item.language)}\n{item.code or ''}".strip()
        for item in excerpts
    )


def read_changelog(text: str) -> list[Row]:
    """Lines, each with its kind in front."""
    kinds = ", ".join(ChangeKind)
    rows = []
    for number, line in enumerate(read_lines(text), start=1):
        kind, found, what = line.partition(":")
        if not found or kind.strip().lower() not in list(ChangeKind):
            sentence = f"Line {number}: begin it with its kind and a colon; kinds are {kinds}."
            raise UnreadableError(sentence)
        rows.append({"kind": kind.strip().lower(), "text": what.strip()})
    return rows


def write_changelog(changes: tuple[ChangeLine, ...]) -> str:
    """The same, as `read_changelog` reads it."""
    return "\n".join(f"{line.kind.value}: {line.text}" for line in changes)
