"""What is fuzzed: one function per target, which lets only unexpected exceptions out."""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Final

from tracker.model.problem import ProblemsFound
from tracker.store.merge_file import MergedFile, merge_files
from tracker.store.record_file import read_record
from tracker.store.yaml_reader import read_yaml

CORPUS: Final = Path(__file__).with_name("corpus")
PATH: Final = "bugs/000/BUG-0001.yaml"
SEPARATOR: Final = b"\n%%%%\n"
"""Stands between base, ours and theirs in a file of the merge driver's corpus."""
LONGEST: Final = 1.0  # seconds of this process, so that a busy machine is no finding

Target = Callable[[bytes], None]


class FindingError(Exception):
    """A promise that does not hold for some bytes."""


def load_record(data: bytes) -> None:
    """Read as YAML and as a record; the answer is a value, or problems that name line and column.

    Raises:
        FindingError: a problem without a place or a sentence.
    """
    for read in (read_yaml, read_record):
        try:
            read(data, PATH)
        except ProblemsFound as error:
            _judge_problems(error)


def merge_versions(data: bytes) -> None:
    """Merge the three versions in the bytes; a missing one is empty.

    Raises:
        FindingError: a file that nobody changed is changed, or a clean merge is unreadable.
    """
    base, ours, theirs = [*data.split(SEPARATOR, 2), b"", b""][:3]
    result = merge_files(base, ours, theirs, PATH)
    if ours == theirs == base and _has_text(base) and result.data != ours:
        message = "A file that nobody changed came out changed."
        raise FindingError(message)
    if not result.conflicts and _all_readable(base, ours, theirs):
        _judge_clean(result)


TARGETS: Final[Mapping[str, Target]] = MappingProxyType(
    {"load_record": load_record, "merge_versions": merge_versions}
)


def within_time(target: Target, data: bytes) -> None:
    """Run a target once.

    Raises:
        FindingError: it took longer than `LONGEST`, or what the target raises.
    """
    began = time.process_time()
    target(data)
    seconds = time.process_time() - began
    if seconds > LONGEST:
        message = f"{len(data):,} bytes took {seconds:.1f} s."
        raise FindingError(message)


def _has_text(version: bytes) -> bool:
    return bool(version.decode("utf-8", "surrogateescape").strip())


def _judge_problems(error: ProblemsFound) -> None:
    for problem in error.problems:
        place = problem.place
        if place.line < 1 or place.column < 1 or not problem.message:
            message = f"A problem names no place or says nothing: {problem!r}"
            raise FindingError(message)


def _all_readable(*versions: bytes) -> bool:
    with suppress(ProblemsFound):
        for version in versions:
            read_yaml(version, PATH)
        return True
    return False


def _judge_clean(result: MergedFile) -> None:
    try:
        read_yaml(result.data, PATH)
    except ProblemsFound as error:
        if any(problem.rule == "yaml-size" for problem in error.problems):
            return
        message = "Three readable versions merged into a file that cannot be read."
        raise FindingError(message) from error
