"""An action that is delivered again makes no second commit, whatever became of the index."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.real_git import new_bare
from tests.store.acting import note, replica, report


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


def link_to_nowhere(file: Path) -> None:
    file.resolve().unlink()


def replaced_by_text(file: Path) -> None:
    file.unlink()
    file.write_text("Somebody put this here.")


@pytest.mark.parametrize(
    "damage", [deleted, overwritten, cut_in_half, link_to_nowhere, replaced_by_text]
)
@pytest.mark.parametrize("restarted", [False, True], ids=["in mid-flight", "after a restart"])
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
