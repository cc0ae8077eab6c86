"""One process leads, and another takes over when it is gone."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.postgresql import new_database
from tracker.store.leadership import Leadership
from tracker.store.ledger import open_ledger, sqlite_url

_HOLDER = """
import sys
from pathlib import Path
from tracker.store.leadership import Leadership
from tracker.store.ledger import open_ledger
mine = Leadership(ledger=open_ledger(sys.argv[1]), lock=Path(sys.argv[2]), owner="holder")
print(mine.campaign(), flush=True)
sys.stdin.read()
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return sqlite_url(tmp_path / "ledger.sqlite3")
    return new_database(request.getfixturevalue("postgresql_server"))


@pytest.fixture
def other(url: str, tmp_path: Path) -> Iterator[Leadership]:
    with closing(open_ledger(url)) as ledger:
        yield Leadership(ledger=ledger, lock=tmp_path / "leader.lock", owner="other")


def test_the_lead_is_taken_over_from_a_killed_process(
    url: str, other: Leadership, tmp_path: Path
) -> None:
    command = [sys.executable, "-c", _HOLDER, url, str(tmp_path / "leader.lock")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        assert not other.campaign()
        holder.send_signal(signal.SIGKILL)
    if other.ledger.shared:
        assert not other.campaign()  # its lease has not ended yet
        with other.ledger.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE leases SET until = 0")
    assert other.campaign()
    assert other.leads


def test_whoever_resigns_lets_the_next_lead_at_once(other: Leadership, tmp_path: Path) -> None:
    one = Leadership(ledger=other.ledger, lock=tmp_path / "leader.lock", owner="one")
    assert one.campaign()
    assert one.campaign()
    assert not other.campaign()
    one.resign()
    assert not one.leads
    assert other.campaign()
    other.resign()


def test_a_process_that_shows_no_more_life_is_known_to_be_gone_on_a_shared_ledger(
    other: Leadership, tmp_path: Path
) -> None:
    one = Leadership(ledger=other.ledger, lock=tmp_path / "leader.lock", owner="one")
    other.alive_seconds = 0.0
    for each in (one, other):
        each.show_life()

    assert not other.is_gone("one")
    one.resign()
    assert other.is_gone("one") is other.ledger.shared


def test_nobody_is_said_to_be_gone_by_a_process_that_was_cut_off_itself(
    other: Leadership,
) -> None:
    assert not other.is_gone("never seen"), "it has shown no life yet"
    other.show_life()
    assert not other.is_gone("never seen"), "the others may not have had the time to"
