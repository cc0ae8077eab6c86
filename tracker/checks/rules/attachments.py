"""Attachments are plain files beside the record, and of a size that a repository can bear."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tracker.checks.subject import Subject
from tracker.model.problem import Problem

RULE: Final = "attachment"
LARGEST: Final = 10 * 1024 * 1024  # bytes; git keeps every version for ever
_MEGABYTE: Final = 1024 * 1024


def find(subject: Subject) -> Iterator[Problem]:
    """Attachments that are missing, too large, or no plain files; links lead elsewhere."""
    folder = subject.around.root / subject.document.path.removesuffix(".yaml")
    for index, attachment in enumerate(subject.record.report.attachments):
        sentence = None if attachment.link else _fault(folder, attachment.name)
        if sentence is not None:
            where = ("report", "attachments", index, "name")
            yield subject.problem(where, sentence, RULE)


def _fault(folder: Path, name: str) -> str | None:
    if name in {".", ".."} or "/" in name or "\\" in name or "\x00" in name:
        return f"`{name}` is no file name: put the file into the record's folder and name it alone."
    file = folder / name
    if file.is_symlink() or not file.is_file():
        beside = f"{folder.parent.name}/{folder.name}/"
        return f"There is no file `{name}` in bugs/{beside}: add it, or correct the name."
    size = file.stat().st_size
    if size > LARGEST:
        return (
            f"`{name}` has {size / _MEGABYTE:.1f} MB, and at most {LARGEST // _MEGABYTE} are kept: "
            "attach the part that matters, or link the whole."
        )
    return None
