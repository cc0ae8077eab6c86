"""Git's merge driver for records: merge one file, and tell git to use it."""

import shlex
import sys
from pathlib import Path
from typing import Final

from tracker.model.trouble import TroubleError
from tracker.store.git_errors import NotARepositoryError
from tracker.store.merge_file import MergedFile, merge_files
from tracker.store.work_tree import set_configuration, work_tree_root

ATTRIBUTES: Final = "bugs/**/*.yaml merge=bugbook"
"""The line of `.gitattributes` that hands records to the driver."""


class NoWorkTreeError(TroubleError):
    """The driver was to be installed where nobody has files checked out."""


def merge_into_ours(base: Path, ours: Path, theirs: Path, path: str) -> MergedFile:
    """Merge the three files that git prepared and leave the result in `ours`, as git expects."""
    merged = merge_files(base.read_bytes(), ours.read_bytes(), theirs.read_bytes(), path)
    ours.write_bytes(merged.data)
    return merged


def install(folder: Path) -> tuple[str, ...]:
    """Set the driver up in the clone around a folder; return what was done, a sentence each.

    The configuration is this clone's own; `.gitattributes` is to be committed for everybody. A
    clone without the configuration merges line by line. Raises NoWorkTreeError.
    """
    try:
        root = work_tree_root(folder)
    except NotARepositoryError as error:
        message = f"{error} The driver is installed in a checkout."
        raise NoWorkTreeError(message) from error
    set_configuration(
        root,
        {
            "merge.bugbook.name": "Bugbook merges records field by field",
            "merge.bugbook.driver": f"{_command()} merge-driver %O %A %B %P",
        },
    )
    attributes = root / ".gitattributes"
    done = "This clone merges records field by field now."
    if not _add_line(attributes, ATTRIBUTES):
        return (done,)
    return (done, f"Commit {attributes.name}, so that it holds for other clones as well.")


def _command() -> str:
    """The program beside this Python, whatever the PATH of the shell that git starts."""
    beside = Path(sys.executable).with_name("bugbook")
    return shlex.quote(str(beside)) if beside.is_file() else "bugbook"


def _add_line(file: Path, line: str) -> bool:
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    if line in text.splitlines():
        return False
    gap = "" if not text or text.endswith("\n") else "\n"
    file.write_text(f"{text}{gap}{line}\n", encoding="utf-8")
    return True
