"""An action that is delivered again makes no second commit, whatever became of the index."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.real_git import new_bare
from tests.store.acting import note, replica, report
from tracker.store.outcome import Waiting


def deleted(file: Path) -> None:
    for part in file.parent.glob("index*"):
        part.unlink()


def overwritten(file: Path) -> None:
    file.resolve().write_bytes(b"This is no database." * 400)


def cut_in_half(file: Path) -> None:
    for part in file.parent.glob("index*-wal"):
        part.unlink()
    data = file.resolve().read_bytes()
    file.resolve().write_bytes(data[: len(data) // 2])


@pytest.mark.parametrize(
    ("damage", "restarted"),
    [(overwritten, False), (deleted, True), (cut_in_half, True)],
    ids=["overwritten in mid-flight", "deleted before a restart", "cut before a restart"],
)
def test_a_redelivered_action_is_known_though_the_index_is_lost(
    tmp_path: Path, damage: Callable[[Path], None], *, restarted: bool
) -> None:
    shared = new_bare(tmp_path / "shared.git")
    one, two = (replica(tmp_path / name, shared.path) for name in ("one", "two"))
    answer = one.act("r-1", report())
    assert two.act("r-2", note("Looked at it."), "BUG-0001") is not None  # it has an index now
    damage(tmp_path / "two" / "index.sqlite3")
    if restarted:
        two.close()
        two = replica(tmp_path / "two", shared.path)

    assert two.act("r-1", report()) == answer
    # A connection that is open may still read what it had in memory, which is right as well.
    assert two.store.index.status().sound or not restarted
    assert shared("rev-list", "--count", "main") == "2"
    one.close()
    two.close()


@pytest.mark.parametrize("place", ["index.sqlite3", "index.lock"])
def test_a_redelivered_action_waits_while_the_index_cannot_be_written(
    tmp_path: Path, place: str
) -> None:
    shared = new_bare(tmp_path / "shared.git")
    one = replica(tmp_path / "one", shared.path)
    answer = one.act("r-1", report())
    obstacle = tmp_path / "two" / place
    obstacle.mkdir(parents=True)
    (obstacle / "notes.txt").write_text("Somebody put this here.")
    two = replica(tmp_path / "two", shared.path)

    waiting = two.act("r-1", report())
    assert isinstance(waiting, Waiting)
    assert "cannot be used (Is a directory); look what stands there" in waiting.reason
    assert shared("rev-list", "--count", "main") == "1"
    obstacle.rename(tmp_path / "elsewhere")
    two.path.commit_pending()
    assert two.path.outcome("r-1") == answer
    assert shared("rev-list", "--count", "main") == "1"
    one.close()
    two.close()
