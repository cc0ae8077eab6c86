"""Files that look as they did are not read again."""

import json
import os
from pathlib import Path

import pytest

from tracker.model.policy import Policy
from tracker.model.problem import ProblemsFound
from tracker.store.blob_id import blob_id_of
from tracker.store.known_files import KnownFiles
from tracker.store.known_policy import known_policy

_AN_HOUR = 3600


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file that was written before anybody looked."""
    path = tmp_path / "record.yaml"
    path.write_bytes(b"first")
    while _looked_at(path, tmp_path / "probe.json") is None:
        """The file system's clock ticks every few milliseconds."""
    return path


def _looked_at(path: Path, memory: Path) -> str | None:
    known = KnownFiles(memory)
    known.blob(path)
    known.keep()
    kept = json.loads(memory.read_bytes())["files"].get(str(path))
    return kept[-1] if kept else None


def test_a_file_has_the_id_that_git_gives_to_its_bytes(file: Path) -> None:
    assert KnownFiles().blob(file) == "fe4f02ad058b43f6ed467fdf65b935107529564b"


def test_a_file_that_looks_as_it_did_is_not_read_again(file: Path, tmp_path: Path) -> None:
    memory = tmp_path / "files.json"
    _looked_at(file, memory)
    memory.write_bytes(memory.read_bytes().replace(blob_id_of(b"first").encode(), b"remembered"))

    assert KnownFiles(memory).blob(file) == "remembered"


def test_another_text_of_the_same_size_and_time_is_seen(file: Path, tmp_path: Path) -> None:
    before = file.stat()
    _looked_at(file, tmp_path / "files.json")
    file.write_bytes(b"other")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert KnownFiles(tmp_path / "files.json").blob(file) == blob_id_of(b"other")


def test_a_file_that_may_change_within_the_same_tick_is_not_remembered(
    file: Path, tmp_path: Path
) -> None:
    os.utime(file, (file.stat().st_mtime + _AN_HOUR,) * 2)

    assert _looked_at(file, tmp_path / "files.json") is None


@pytest.mark.parametrize("kept", [b"", b"[]", b'{"version": 1, "files": {"x": 1}}', b"\xff"])
def test_a_damaged_memory_is_no_memory(file: Path, tmp_path: Path, kept: bytes) -> None:
    (tmp_path / "files.json").write_bytes(kept)

    assert KnownFiles(tmp_path / "files.json").blob(file) == blob_id_of(b"first")


def test_a_policy_is_judged_once_for_each_program(tmp_path: Path) -> None:
    memory = tmp_path / "policy.json"
    first = known_policy(b"at_risk_from: 0.5\n", memory, "one")
    memory.write_bytes(memory.read_bytes().replace(b"0.5", b"0.6"))

    assert first == Policy(at_risk_from=0.5)
    assert known_policy(b"at_risk_from: 0.5\n", memory, "one") == Policy(at_risk_from=0.6)
    assert known_policy(b"at_risk_from: 0.5\n", memory, "two") == first


def test_a_policy_that_is_refused_is_refused_again(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(ProblemsFound, match="nothing"):
            known_policy(b"permissions: {nothing: lead}\n", tmp_path / "policy.json", "")
