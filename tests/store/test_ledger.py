"""The ledger keeps what it promised, once, across threads, processes and restarts."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tracker.store.ledger import (
    EntryState,
    Ledger,
    OutboxEntry,
    RootMessage,
    open_ledger,
    sqlite_url,
)
from tracker.store.ledger_engine import LedgerError

NOW = datetime(2025, 1, 2, 3, 4, 5, 678, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite3"


@pytest.fixture
def ledger(file: Path) -> Iterator[Ledger]:
    opened = open_ledger(sqlite_url(file))
    yield opened
    opened.close()


def entry(request: str, action: str = "{}") -> OutboxEntry:
    return OutboxEntry(request=request, action=action, actor="{}", permalink="", taken_in=NOW)


def test_an_action_is_kept_once_as_it_was_first_given(ledger: Ledger) -> None:
    assert ledger.put(entry("r-1", "first"))
    assert not ledger.put(entry("r-1", "second"))
    assert ledger.entry("r-1") == entry("r-1", "first")
    assert ledger.entry("r-2") is None


def test_pending_actions_come_in_the_order_of_their_arrival(ledger: Ledger) -> None:
    for request in ("z", "a", "m"):
        ledger.put(entry(request))
    assert [each.request for each in ledger.pending(2)] == ["z", "a"]
    ledger.settle("z", EntryState.DONE, "result")
    assert [each.request for each in ledger.pending(9)] == ["a", "m"]


def test_a_settled_action_stays_as_it_is(ledger: Ledger) -> None:
    ledger.put(entry("r-1"))
    ledger.explain("r-1", "The remote is away.")
    waiting = ledger.entry("r-1")
    assert waiting is not None
    assert (waiting.state, waiting.result) == (EntryState.PENDING, "The remote is away.")
    ledger.settle("r-1", EntryState.DONE, "first")
    ledger.settle("r-1", EntryState.REFUSED, "second")
    ledger.explain("r-1", "third")
    settled = ledger.entry("r-1")
    assert settled is not None
    assert (settled.state, settled.result) == (EntryState.DONE, "first")


def test_a_notice_has_one_sender_among_many(ledger: Ledger) -> None:
    with ThreadPoolExecutor(8) as pool:
        claims = list(pool.map(lambda _: ledger.claim_notice("P0 reported", NOW), range(32)))
    assert claims.count(True) == 1
    ledger.release_notice("P0 reported")
    assert ledger.claim_notice("P0 reported", NOW)


def test_an_event_is_new_once(ledger: Ledger) -> None:
    assert ledger.see_event("Ev1", NOW)
    assert not ledger.see_event("Ev1", NOW)
    assert ledger.see_event("Ev2", NOW)


def test_cursors_and_messages_are_replaced_by_name(ledger: Ledger) -> None:
    assert ledger.cursor("announcements") is None
    ledger.move_cursor("announcements", "a" * 40)
    ledger.move_cursor("announcements", "b" * 40)
    ledger.move_cursor("index", "c" * 40)
    assert ledger.cursor("announcements") == "b" * 40
    assert ledger.root_message("BUG-0001") is None
    ledger.keep_root_message(RootMessage(bug="BUG-0001", channel="C1", ts="1.1"))
    newer = RootMessage(bug="BUG-0001", channel="C2", ts="2.2")
    ledger.keep_root_message(newer)
    assert ledger.root_message("BUG-0001") == newer
    assert ledger.bug_of_message("C2", "2.2") == "BUG-0001"
    assert ledger.bug_of_message("C1", "1.1") is None


def test_what_was_kept_outlives_a_killed_process(file: Path) -> None:
    program = (
        "import os, signal, sys; from datetime import UTC, datetime\n"
        "from tracker.store.ledger import OutboxEntry, open_ledger\n"
        "ledger = open_ledger(sys.argv[1])\n"
        "ledger.put(OutboxEntry(request='r', action='a', actor='b', permalink='',"
        " taken_in=datetime(2025, 1, 1, tzinfo=UTC)))\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run([sys.executable, "-c", program, sqlite_url(file)], check=False)
    assert killed.returncode == -9
    ledger = open_ledger(sqlite_url(file))
    assert [each.request for each in ledger.pending(9)] == ["r"]
    ledger.close()


def test_processes_that_open_a_new_ledger_together_all_succeed(file: Path) -> None:
    program = "import sys; from tracker.store.ledger import open_ledger; open_ledger(sys.argv[1])"
    started = [
        subprocess.Popen([sys.executable, "-c", program, sqlite_url(file)]) for _ in range(4)
    ]
    assert [process.wait() for process in started] == [0, 0, 0, 0]


def test_sqlite_reaches_the_disk_before_it_answers(ledger: Ledger) -> None:
    with ledger.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


def test_a_ledger_of_a_later_version_is_left_alone(file: Path) -> None:
    open_ledger(sqlite_url(file)).close()
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE ledger SET version = 99")
    connection.close()
    with pytest.raises(LedgerError, match="version 99"):
        open_ledger(sqlite_url(file))


@pytest.mark.parametrize(
    "url", ["nonsense", "mysql://localhost/x", "sqlite:////no/such/folder/ledger"]
)
def test_a_ledger_that_cannot_be_opened_gets_one_sentence(url: str) -> None:
    with pytest.raises(LedgerError, match=r"cannot be opened .*check BUGBOOK_DATABASE_URL\.$"):
        open_ledger(url)


def test_a_file_that_is_no_ledger_is_left_alone(file: Path) -> None:
    file.write_text("This is a letter, not a database. " * 99)
    with pytest.raises(LedgerError, match="not a database"):
        open_ledger(sqlite_url(file))
    assert file.read_text().startswith("This is a letter")
