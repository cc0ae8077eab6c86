"""Attachments as a page shows them: pictures at their size, other files to be taken away."""

from dataclasses import dataclass
from typing import Final, Literal

from generator.page_models.inline import Cell
from generator.page_paths import attachment_file

_UNITS: Final = ((1024 * 1024, "MB"), (1024, "KB"))


@dataclass(frozen=True, kw_only=True)
class AttachedFile:
    """A file beside the record: its size in bytes, and what may be done with it."""

    name: str
    use: Literal["show", "take", "nothing"]
    size: int = 0
    fault: str = ""
    """What is wrong with it, as a sentence."""


@dataclass(frozen=True, kw_only=True)
class AttachmentItem:
    """One attachment; `words` say what it is, `path` is where the site has it, if it does."""

    words: Cell
    name: str = ""
    path: str = ""
    picture: bool = False
    size: str = ""
    fault: str = ""


@dataclass(frozen=True, kw_only=True)
class Attachments:
    """The attachments of a bug."""

    items: tuple[AttachmentItem, ...]
    kind: Literal["attachments"] = "attachments"


def attachment_item(bug_id: str, words: Cell, file: AttachedFile) -> AttachmentItem:
    """An attachment that is kept beside the record."""
    served = file.use != "nothing"
    return AttachmentItem(
        words=words,
        name=file.name,
        path=attachment_file(bug_id, file.name) if served else "",
        picture=file.use == "show",
        size=_size(file.size) if served else "",
        fault=file.fault,
    )


def _size(size: int) -> str:
    for unit, words in _UNITS:
        if size >= unit:
            return f"{size / unit:.1f} {words}"
    return f"{size} bytes"
