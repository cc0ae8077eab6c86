"""A disk that fills up below the clone and the ledger: told, and nothing that was kept is lost."""

import contextlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.real_git import new_bare
from tests.store.acting import note, replica, report
from tracker.model.trouble import TroubleError
from tracker.store.outcome import Recorded, Waiting

SIZE = 4_000_000  # bytes


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "bugbook-test", str(place)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("A small disk can be mounted by root alone, and not in every container.")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill(disk: Path) -> Path:
    """Write until nothing more fits."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(4096))
    return filler


def test_what_was_kept_is_shared_once_there_is_room_again(small_disk: Path, tmp_path: Path) -> None:
    shared = new_bare(tmp_path / "shared.git")
    one = replica(small_disk / "data", shared.path)
    assert isinstance(one.act("r-1", report()), Recorded)
    one.submit("r-2", note("Kept."), "BUG-0001")
    filler = fill(small_disk)
    with pytest.raises(TroubleError, match="disk is full"):
        one.path.commit_pending()
    with pytest.raises(TroubleError, match="disk is full"):
        one.submit("r-3", note("Not kept."), "BUG-0001")
    assert isinstance(one.path.outcome("r-2"), Waiting)
    assert one.path.outcome("r-3") is None
    filler.unlink()
    one.path.commit_pending()
    assert isinstance(one.path.outcome("r-2"), Recorded)
    log = shared("log", "--reverse", "--format=%(trailers:key=Request,valueonly,separator=%x20)")
    assert log.split() == ["r-1", "r-2"]
    one.close()
