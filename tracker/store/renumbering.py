"""The files of a bug under another number: record, attachments, references in other records."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final

from tracker.model.bug_id import record_path
from tracker.model.record import SECTIONS
from tracker.store.bug_store import BugStore
from tracker.store.record_paths import RECORDS
from tracker.store.yaml_editor import edit_yaml
from tracker.store.yaml_reader import read_yaml
from tracker.workflow.references import Mention, folder_of, mentions, relinked, renamed

_TEXTS: Final = frozenset({
    ".csv", ".har", ".html", ".json", ".log", ".md", ".txt", ".xml", ".yaml", ".yml",
})  # fmt: skip
_RECORD_DEPTH: Final = 2
"""Slashes in the path of a record; those of attachments have more."""

Changes = dict[str, bytes | None]
"""New bytes by path; None removes a file."""


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """A bug's number and the one that it gets."""

    old: str
    new: str


def renumbered_text(data: bytes, path: str, numbers: Numbers) -> bytes:
    """Change the number in a record's text, keep the old one as an alias, and leave the rest.

    Raises ProblemsFound or YamlNotWritten.
    """
    text, value = data.decode(), read_yaml(data, path).value
    after = renamed(value, numbers.old, numbers.new)
    former = [each for each in value.get("formerly", ()) if each != numbers.old]
    after |= {"id": numbers.new, "formerly": [*former, numbers.old]}
    return edit_yaml(text, value, after, order=SECTIONS).encode()


def attachments_folder(bug: str) -> str:
    """Return the folder of a bug's attachments."""
    return f"{RECORDS}/{folder_of(bug)}/{bug}"


def moved_record(store: BugStore, tip: str | None, numbers: Numbers) -> Changes:
    """Move the record and the attachments that are there in a commit.

    Raises ProblemsFound or YamlNotWritten.
    """
    path = record_path(numbers.old)
    data = store.clone.read(path, tip) or b""
    changes: Changes = {
        path: None,
        record_path(numbers.new): renumbered_text(data, path, numbers),
    }
    old_folder, new_folder = map(attachments_folder, (numbers.old, numbers.new))
    for name, blob in store.clone.files(tip, old_folder).items():
        changes[name] = None
        moved = f"{new_folder}/{name.removeprefix(f'{old_folder}/')}"
        changes[moved] = relinked_file(name, store.clone.blob(blob), numbers)
    return changes


def relinked_file(path: str, data: bytes, numbers: Numbers) -> bytes:
    """An attachment whose links follow the bug; all else in it stays, as it is evidence."""
    if PurePosixPath(path).suffix.lower() not in _TEXTS or numbers.old.encode() not in data:
        return data
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return data
    return relinked(text, numbers.old, numbers.new).encode()


def relinked_attachments(
    store: BugStore, tip: str | None, numbers: Numbers, only: Container[str] | None = None
) -> Changes:
    """Rewrite links to the bug's files in attachments of other bugs; `only` these if given."""
    own = tuple(f"{attachments_folder(bug)}/" for bug in (numbers.old, numbers.new))
    changes: Changes = {}
    for path, blob in store.clone.files(tip, RECORDS).items():
        is_attached = path.count("/") > _RECORD_DEPTH and not path.startswith(own)
        if not is_attached or PurePosixPath(path).suffix.lower() not in _TEXTS:
            continue
        data = store.clone.blob(blob)
        after = relinked_file(path, data, numbers)
        if after != data and (only is None or path in only):
            changes[path] = after
    return changes


def renamed_references(
    store: BugStore,
    tip: str | None,
    numbers: Numbers,
    only: Mapping[str, frozenset[Mention]] | None = None,
) -> Changes:
    """Rewrite what other records say of the bug; `only` these fields, by path, where it is given.

    Raises ProblemsFound or YamlNotWritten.
    """
    changes: Changes = {}
    own = {record_path(numbers.old), record_path(numbers.new)}
    for path, blob in store.paths(tip).items():
        data = store.clone.blob(blob)
        if path in own or numbers.old.encode() not in data:
            continue
        value: dict[str, Any] = read_yaml(data, path).value
        wanted = mentions(value, numbers.old)
        if only is not None:
            wanted &= only.get(path, frozenset())
        if wanted:
            after = renamed(value, numbers.old, numbers.new, wanted)
            changes[path] = edit_yaml(data.decode(), value, after, order=SECTIONS).encode()
    return changes
