"""Bring the records of a folder to the version of the format that this program writes."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tracker.model.problem import Problem, ProblemsFound
from tracker.model.record import SECTIONS
from tracker.operations.read_work_tree import record_files
from tracker.store.yaml_editor import edit_yaml
from tracker.store.yaml_reader import YamlDocument, read_yaml
from tracker.store.yaml_writer import YamlNotWritten

Step = Callable[[dict[str, Any]], dict[str, Any]]
"""Turns a record's plain values of one version into those of the next, `schema` left aside."""

_FIRST: Final = 1
STEPS: Final[tuple[Step, ...]] = ()
"""The steps from version 1 to 2, from 2 to 3 and so on, in this order."""


@dataclass(frozen=True, kw_only=True)
class Migration:
    """What was found in a folder, and what was or would be changed."""

    target: int
    """The version that all records are to have."""
    current: tuple[str, ...]
    """Files that have it already."""
    changed: tuple[str, ...]
    """Files that had an older one."""
    problems: tuple[Problem, ...]
    """Files whose version is unknown or that cannot be read; with one of them, none is changed."""


def migrate(root: Path, *, dry_run: bool, steps: tuple[Step, ...] = STEPS) -> Migration:
    """Take every record below `root/bugs` through the steps that it lacks, all of them or none.

    Only what a step changes is touched in a file; comments and layout stay.
    """
    target = _FIRST + len(steps)
    current: list[str] = []
    texts: dict[Path, str] = {}
    problems: list[Problem] = []
    for file in record_files(root):
        path, data = file.relative_to(root).as_posix(), file.read_bytes()
        try:
            text = _migrated(data, read_yaml(data, path), steps)
        except ProblemsFound as error:
            problems.extend(error.problems)
            continue
        if text is None:
            current.append(path)
        else:
            texts[file] = text
    if not dry_run and not problems:
        for file, text in texts.items():
            file.write_bytes(text.encode())
    changed = tuple(file.relative_to(root).as_posix() for file in texts)
    return Migration(
        target=target, current=tuple(current), changed=changed, problems=tuple(problems)
    )


def _migrated(data: bytes, document: YamlDocument, steps: tuple[Step, ...]) -> str | None:
    """The text of the newest version; None for one that has it. Raises ProblemsFound."""
    target = _FIRST + len(steps)
    version = _version(document, target)
    if version == target:
        return None
    values = document.value
    for step in steps[version - _FIRST :]:
        values = step(values)
    try:
        wanted = {**values, "schema": target}
        return edit_yaml(data.decode(), document.value, wanted, order=SECTIONS)
    except YamlNotWritten as error:
        message = f"This record cannot be brought to version {target}: {error}"
        raise _refusal(document, message) from error


def _version(document: YamlDocument, target: int) -> int:
    if "schema" not in document.value:
        message = f"The record names no version of its format: add `schema: {target}`."
        raise _refusal(document, message)
    version = document.value["schema"]
    if type(version) is int and _FIRST <= version <= target:
        return version
    known = f"{_FIRST} to {target}" if target > _FIRST else f"{_FIRST}"
    message = (
        f"The version of this record's format is unknown, and {known} is known here: correct"
        " `schema`, or use a newer Bugbook."
    )
    raise _refusal(document, message)


def _refusal(document: YamlDocument, message: str) -> ProblemsFound:
    place = document.place_of(("schema",))
    return ProblemsFound((Problem(place=place, message=message, rule="schema-version"),))
