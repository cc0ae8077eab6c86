"""What the fuzzer starts from, and what it once found, is judged on every run of the tests."""

import time
from pathlib import Path

import pytest

from fuzz.targets import CORPUS, LONGEST, TARGETS, FindingError, within_time

FILES = sorted(path for path in CORPUS.rglob("*") if path.is_file())


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_file_of_the_corpus_is_no_finding(path: Path) -> None:
    within_time(TARGETS[path.parent.name], path.read_bytes())


def test_every_target_has_a_corpus() -> None:
    assert {path.parent.name for path in FILES} == set(TARGETS)


def test_an_unexpected_exception_is_a_finding() -> None:
    def broken(data: bytes) -> None:
        raise KeyError(data)

    with pytest.raises(KeyError):
        within_time(broken, b"")


def test_a_run_of_more_than_a_second_is_a_finding() -> None:
    def slow(data: bytes) -> None:
        began = time.process_time()
        while time.process_time() - began <= LONGEST:
            bytes(data)

    with pytest.raises(FindingError, match="3 bytes took"):
        within_time(slow, b"abc")
