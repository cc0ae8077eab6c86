"""Who brings the outbox into the repository, and when."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from tests.postgresql import new_database
from tests.real_git import RealGit, new_bare
from tests.store.acting import Replica, note, replica, report
from tracker.operations.committing import Committer
from tracker.store.leadership import Leadership
from tracker.store.ledger import open_ledger
from tracker.store.outcome import Recorded, Waiting


@pytest.fixture
def shared(tmp_path: Path) -> RealGit:
    return new_bare(tmp_path / "shared.git")


@pytest.fixture
def one(tmp_path: Path, shared: RealGit) -> Iterator[Replica]:
    opened = replica(tmp_path / "one", shared.path)
    yield opened
    opened.close()


def committer(mine: Replica, name: str, folder: Path) -> Committer:
    lock = folder / f"{name}.lock"
    leadership = Leadership(ledger=mine.path.ledger, lock=lock, owner=name)
    return Committer(path=mine.path, leadership=leadership)


@pytest.fixture
def pair(tmp_path: Path, shared: RealGit, postgresql_server: str) -> Iterator[list[Replica]]:
    """Two replicas with one ledger."""
    database = new_database(postgresql_server)
    with ExitStack() as stack:
        replicas = []
        for name in ("one", "two"):
            alone = replica(tmp_path / name, shared.path)
            alone.close()
            path = replace(alone.path, ledger=open_ledger(database))
            stack.callback(path.ledger.close)
            replicas.append(replace(alone, path=path))
        yield replicas


def test_while_the_remote_is_away_it_is_not_asked_again_at_once_and_everybody_is_told(
    one: Replica, shared: RealGit, tmp_path: Path
) -> None:
    mine = committer(one, "one", tmp_path)
    one.submit("r-1", report())
    shared.path.rename(tmp_path / "away.git")
    assert mine.round() == ()
    (tmp_path / "away.git").rename(shared.path)
    one.submit("r-2", report())
    assert mine.round() == ()  # the pause is not over
    for request in ("r-1", "r-2"):
        waiting = one.path.outcome(request)
        assert isinstance(waiting, Waiting)
        assert "cannot be reached" in waiting.reason
    again = committer(one, "one", tmp_path)
    assert len(again.round()) == 2


def test_the_leader_commits_what_the_other_replica_took_in(
    pair: list[Replica], shared: RealGit, tmp_path: Path
) -> None:
    one, two = pair
    first, second = committer(one, "one", tmp_path), committer(two, "two", tmp_path)
    assert first.leadership.campaign()
    assert not second.leadership.campaign()
    two.submit("r-1", report())
    assert second.round() == ()
    assert [each.request for each in first.round()] == ["r-1"]
    assert isinstance(two.path.outcome("r-1"), Recorded)
    first.leadership.resign()
    assert second.leadership.campaign()
    one.submit("r-2", note("x"), "BUG-0001")
    assert [each.request for each in second.round()] == ["r-2"]
    assert shared("rev-list", "--count", "main") == "2"


def test_a_command_commits_by_itself_when_nobody_leads(pair: list[Replica], tmp_path: Path) -> None:
    one, two = pair
    one.submit("r-1", report())
    assert isinstance(committer(one, "one", tmp_path).at_once("r-1"), Recorded)
    two.submit("r-2", note("x"), "BUG-0001")
    assert isinstance(committer(two, "two", tmp_path).at_once("r-2"), Recorded)
