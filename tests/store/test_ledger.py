"""The ledger keeps what it promised, once, across threads, processes and restarts."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.postgresql import new_database
from tracker.store.errands import Errand
from tracker.store.leases import Lease
from tracker.store.ledger import Ledger, RootMessage, open_ledger, sqlite_url
from tracker.store.ledger_trouble import LedgerError
from tracker.store.outbox import Backlog, End, EntryState, LostLeaseError, OutboxEntry
from tracker.store.remote import Remote
from tracker.store.rooms import Room

NOW = datetime(2025, 1, 2, 3, 4, 5, 678, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite3"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, file: Path) -> str:
    """The address of a ledger that is not there yet, in each kind of database."""
    if request.param == "sqlite":
        return sqlite_url(file)
    return new_database(request.getfixturevalue("postgresql_server"))


@pytest.fixture
def ledger(url: str) -> Iterator[Ledger]:
    opened = open_ledger(url)
    yield opened
    opened.close()


def execute(url: str, *statements: str) -> None:
    """Change a database behind the ledger's back."""
    opened = open_ledger(url)
    with opened.engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    opened.close()


def entry(request: str, action: str = "{}") -> OutboxEntry:
    return OutboxEntry(request=request, action=action, actor="{}", permalink="", taken_in=NOW)


def test_an_action_is_kept_once_as_it_was_first_given(ledger: Ledger) -> None:
    assert ledger.outbox.put(entry("r-1", "first"))
    assert not ledger.outbox.put(entry("r-1", "second"))
    assert ledger.outbox.entry("r-1") == entry("r-1", "first")
    assert ledger.outbox.entry("r-2") is None


def test_pending_actions_come_in_the_order_of_their_arrival(ledger: Ledger) -> None:
    for request in ("z", "a", "m"):
        ledger.outbox.put(entry(request))
    assert [each.request for each in ledger.outbox.pending(2)] == ["z", "a"]
    ledger.outbox.settle([End(request="z", state=EntryState.DONE, result="result")])
    assert [each.request for each in ledger.outbox.pending(9)] == ["a", "m"]


def test_a_settled_action_stays_as_it_is(ledger: Ledger) -> None:
    ledger.outbox.put(entry("r-1"))
    ledger.outbox.explain("The remote is away.")
    waiting = ledger.outbox.entry("r-1")
    assert waiting is not None
    assert (waiting.state, waiting.result) == (EntryState.PENDING, "The remote is away.")
    ledger.outbox.settle([End(request="r-1", state=EntryState.DONE, result="first")])
    ledger.outbox.settle([End(request="r-1", state=EntryState.REFUSED, result="second")])
    ledger.outbox.explain("third")
    settled = ledger.outbox.entry("r-1")
    assert settled is not None
    assert (settled.state, settled.result) == (EntryState.DONE, "first")


def test_a_message_has_one_sender_among_many(ledger: Ledger) -> None:
    deliveries = ledger.deliveries
    with ThreadPoolExecutor(8) as pool:
        claims = list(pool.map(lambda _: deliveries.claim("P0 reported", NOW), range(32)))
    assert claims.count(True) == 1
    deliveries.give_back("P0 reported")
    assert deliveries.claim("P0 reported", NOW)


def test_a_message_that_was_left_is_taken_over_by_one(ledger: Ledger) -> None:
    deliveries = ledger.deliveries
    deliveries.claim("P0 reported", NOW)
    left = deliveries.look("P0 reported")
    assert left is not None

    later = NOW + timedelta(minutes=5)
    assert [deliveries.take_over(left, later), deliveries.take_over(left, later)] == [True, False]
    deliveries.settle("P0 reported", "C1", "1.1")
    assert deliveries.keys("P0") == {"P0 reported"}
    assert deliveries.keys("P1") == frozenset()
    found = deliveries.look("P0 reported")
    assert found is not None
    assert (found.channel, found.ts) == ("C1", "1.1")


def test_an_errand_is_kept_once_and_tried_by_one_until_it_is_done(ledger: Ledger) -> None:
    errands, lease = ledger.errands, timedelta(minutes=5)
    first = Errand(key="open", bug="BUG-0001", kind="open")
    assert errands.put(first, NOW)
    assert not errands.put(first, NOW)
    (due,) = errands.due(NOW, 9, {"open"})

    assert [errands.claim(due, NOW, lease), errands.claim(due, NOW, lease)] == [True, False]
    errands.put_off(due, NOW + timedelta(hours=1), "Slack is away.", failed=True)
    assert errands.due(NOW, 9, {"open"}) == ()
    assert [each.error for each in errands.failing("BUG-0001")] == ["Slack is away."]
    errands.hasten("BUG-0001", NOW)
    assert [each.attempts for each in errands.due(NOW, 9, {"open"})] == [1]
    errands.done("open")
    assert errands.due(NOW, 9, {"open"}) == ()
    assert errands.failing() == ()


def test_an_errand_that_only_waits_has_not_failed(ledger: Ledger) -> None:
    errand = Errand(key="pin", bug="BUG-0001", kind="pin")
    ledger.errands.put(errand, NOW)
    ledger.errands.put_off(errand, NOW, "The channel is not open yet.", failed=False)

    assert ledger.errands.failing() == ()


def test_a_room_is_found_by_its_bug_and_by_its_channel(ledger: Ledger) -> None:
    room = Room(bug="BUG-0001", channel="C1", name="inc-2026-0001")
    ledger.rooms.keep(room)
    ledger.rooms.keep(replace(room, archived=True, topic="Over"))

    assert ledger.rooms.of_bug("BUG-0001") == replace(room, archived=True, topic="Over")
    assert ledger.rooms.at("C1") == ledger.rooms.of_bug("BUG-0001")
    assert ledger.rooms.at("C2") is None


def test_who_looks_at_the_home_page_is_known_with_what_was_shown(ledger: Ledger) -> None:
    ledger.homes.opened("U1", NOW)
    ledger.homes.showed("U1", "abc")
    ledger.homes.opened("U2", NOW + timedelta(hours=1))

    assert ledger.homes.since(NOW, 9) == (("U2", ""), ("U1", "abc"))
    assert ledger.homes.since(NOW + timedelta(minutes=1), 9) == (("U2", ""),)
    ledger.homes.opened("U1", NOW)
    assert dict(ledger.homes.since(NOW, 9))["U1"] == ""


def test_an_event_is_new_once(ledger: Ledger) -> None:
    assert not ledger.events.has("Ev1")
    assert ledger.events.see("Ev1", NOW)
    assert ledger.events.has("Ev1")
    assert not ledger.events.see("Ev1", NOW)
    assert ledger.events.see("Ev2", NOW)


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


def test_the_backlog_tells_how_much_waits_and_since_when(ledger: Ledger) -> None:
    assert ledger.outbox.backlog() == Backlog(number=0, since=None)
    ledger.outbox.put(replace(entry("r-1"), taken_in=NOW + timedelta(hours=1)))
    ledger.outbox.put(entry("r-2"))
    assert ledger.outbox.backlog() == Backlog(number=2, since=NOW)


def test_a_draft_is_taken_up_once(ledger: Ledger) -> None:
    ledger.keep_draft("U1 triage BUG-0001", "first", NOW)
    ledger.keep_draft("U1 triage BUG-0001", "second", NOW)
    assert ledger.take_draft("U1 triage BUG-0001") == "second"
    assert ledger.take_draft("U1 triage BUG-0001") is None


def test_old_events_drafts_and_settled_actions_are_forgotten_and_notices_are_not(
    ledger: Ledger,
) -> None:
    late = NOW + timedelta(days=1)
    for request in ("done", "pending"):
        ledger.outbox.put(entry(request))
    ledger.outbox.settle([End(request="done", state=EntryState.DONE, result="")])
    ledger.events.see("old", NOW)
    ledger.events.see("new", late)
    ledger.keep_draft("old", "text", NOW)
    ledger.deliveries.claim("old", NOW)
    ledger.forget(late)
    assert ledger.outbox.entry("done") is None
    assert [each.request for each in ledger.outbox.pending(9)] == ["pending"]
    assert ledger.events.see("old", NOW)
    assert not ledger.events.see("new", NOW)
    assert ledger.take_draft("old") is None
    assert not ledger.deliveries.claim("old", NOW)


def test_a_lease_has_one_holder_who_may_renew_it(ledger: Ledger) -> None:
    leases = ledger.leases
    first = leases.take("writer", "one", 60)
    assert first == Lease(name="writer", owner="one", token=1)
    assert leases.take("writer", "two", 60) is None
    assert leases.take("writer", "one", 60) == first
    assert leases.take("announcer", "two", 60) == Lease(name="announcer", owner="two", token=1)
    assert leases.holder("writer") == "one"


def test_a_lease_that_ended_or_was_given_back_goes_to_the_next_with_a_higher_token(
    ledger: Ledger,
) -> None:
    leases = ledger.leases
    assert leases.take("writer", "one", -1) == Lease(name="writer", owner="one", token=1)
    assert leases.holder("writer") is None
    second = leases.take("writer", "two", 60)
    assert second == Lease(name="writer", owner="two", token=2)
    leases.give_back(Lease(name="writer", owner="one", token=1))
    assert leases.take("writer", "one", 60) is None
    leases.give_back(second)
    assert leases.take("writer", "one", 60) == Lease(name="writer", owner="one", token=3)


def test_many_who_want_a_lease_at_once_get_one_holder(ledger: Ledger) -> None:
    with ThreadPoolExecutor(8) as pool:
        taken = pool.map(lambda n: ledger.leases.take("writer", f"owner-{n}", 60), range(32))
        assert len([lease for lease in taken if lease is not None]) == 1


def test_whoever_lost_the_lease_settles_nothing(ledger: Ledger) -> None:
    ledger.outbox.put(entry("r-1"))
    slow = ledger.leases.take("writer", "slow", -1)
    quick = ledger.leases.take("writer", "quick", 60)
    with pytest.raises(LostLeaseError, match="took over from slow"):
        ledger.outbox.settle([End(request="r-1", state=EntryState.REFUSED, result="stale")], slow)
    assert [each.request for each in ledger.outbox.pending(9)] == ["r-1"]
    ledger.outbox.settle([End(request="r-1", state=EntryState.DONE, result="fresh")], quick)
    assert ledger.outbox.pending(9) == ()


def test_a_ledger_serves_no_second_repository_while_it_is_at_work(ledger: Ledger) -> None:
    ledger.belong_to("forge.example.com/team/bugs (main)")
    ledger.belong_to("forge.example.com/team/bugs (main)")
    ledger.outbox.put(entry("r-1"))
    with pytest.raises(LedgerError, match=r"belongs to the repository forge.*each a database"):
        ledger.belong_to("forge.example.com/team/other (main)")
    ledger.outbox.settle([End(request="r-1", state=EntryState.DONE, result="")])
    ledger.belong_to("forge.example.com/team/moved (main)")
    assert ledger.leases.take("leader", "one", 60) is not None
    with pytest.raises(LedgerError, match=r"team/moved \(main\)"):
        ledger.belong_to("forge.example.com/team/other (main)")


@pytest.mark.parametrize(
    "address",
    [
        "https://forge.example.com/team/bugs.git",
        "https://bot:secret@forge.example.com/team/bugs/",
        "ssh://git@forge.example.com/team/bugs.git",
        "git@forge.example.com:team/bugs.git",
    ],
)
def test_a_repository_has_one_name_whichever_way_it_is_reached(address: str) -> None:
    remote = Remote(address=address, branch="main", local=False)
    assert remote.name == "forge.example.com/team/bugs (main)"


def test_what_was_kept_outlives_a_killed_process(url: str) -> None:
    program = (
        "import os, signal, sys; from datetime import UTC, datetime\n"
        "from tracker.store.ledger import open_ledger\n"
        "from tracker.store.outbox import OutboxEntry\n"
        "ledger = open_ledger(sys.argv[1])\n"
        "ledger.outbox.put(OutboxEntry(request='r', action='a', actor='b', permalink='',"
        " taken_in=datetime(2025, 1, 1, tzinfo=UTC)))\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run([sys.executable, "-c", program, url], check=False)
    assert killed.returncode == -9
    ledger = open_ledger(url)
    assert [each.request for each in ledger.outbox.pending(9)] == ["r"]
    ledger.close()


def test_processes_that_open_a_new_ledger_together_all_succeed(url: str) -> None:
    program = "import sys; from tracker.store.ledger import open_ledger; open_ledger(sys.argv[1])"
    started = [subprocess.Popen([sys.executable, "-c", program, url]) for _ in range(3)]
    assert [process.wait() for process in started] == [0, 0, 0]


def test_both_databases_reach_the_disk_before_they_answer(ledger: Ledger) -> None:
    with ledger.engine.connect() as connection:
        if ledger.shared:
            assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"
        else:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


def test_a_ledger_of_a_later_version_is_left_alone(url: str) -> None:
    execute(url, "UPDATE ledger SET version = 99")
    with pytest.raises(LedgerError, match="version 99"):
        open_ledger(url)


def test_a_ledger_of_the_first_version_keeps_all_and_gets_the_new_tables(url: str) -> None:
    opened = open_ledger(url)
    opened.outbox.put(entry("r-1"))
    opened.move_cursor("announcements", "a" * 40)
    opened.close()
    execute(url, "DROP TABLE leases", "DROP TABLE drafts", "UPDATE ledger SET version = 1")
    opened = open_ledger(url)
    assert [each.request for each in opened.outbox.pending(9)] == ["r-1"]
    assert opened.cursor("announcements") == "a" * 40
    assert opened.leases.take("writer", "one", 60) is not None
    assert opened.take_draft("none") is None
    opened.close()
    execute(url)


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        ("nonsense", r"The ledger cannot be opened .*check BUGBOOK_DATABASE_URL\.$"),
        ("mysql://localhost/x", r"only sqlite: and postgresql: .*check BUGBOOK_DATABASE_URL\.$"),
        ("sqlite:////no/such/folder/ledger", r"/no/such/folder/ledger cannot be made .*folder"),
        ("postgresql://x@/y?host=/no/such/folder", r"this machine cannot be used .*DATABASE_URL"),
    ],
)
def test_a_ledger_that_cannot_be_opened_gets_one_sentence(bad: str, sentence: str) -> None:
    with pytest.raises(LedgerError, match=sentence):
        open_ledger(bad)


def test_a_file_that_is_no_ledger_is_left_alone(file: Path) -> None:
    file.write_text("This is a letter, not a database. " * 99)
    with pytest.raises(LedgerError, match="not a database"):
        open_ledger(sqlite_url(file))
    assert file.read_text().startswith("This is a letter")


def test_a_ledger_that_was_cut_off_is_not_begun_anew(file: Path) -> None:
    open_ledger(sqlite_url(file)).close()
    for part in file.parent.glob("ledger.sqlite3*"):
        part.write_bytes(b"")
    with pytest.raises(LedgerError, match=r"is empty, though it was not .*from a backup"):
        open_ledger(sqlite_url(file))
    assert file.read_bytes() == b""


def test_a_ledger_with_damaged_pages_is_told_and_left_as_it_is(file: Path) -> None:
    opened = open_ledger(sqlite_url(file))
    for number in range(200):
        opened.outbox.put(entry(f"r-{number}", "x" * 1000))
    opened.close()
    damaged = bytearray(file.read_bytes())
    damaged[4096:] = b"\xff" * (len(damaged) - 4096)
    file.write_bytes(damaged)
    with pytest.raises(LedgerError, match=r"is damaged .*\.recover.*safe"):
        open_ledger(sqlite_url(file)).outbox.pending(9)
    assert file.read_bytes() == damaged


def test_a_full_disk_is_told_and_what_was_kept_before_stays(file: Path) -> None:
    opened = open_ledger(sqlite_url(file))
    opened.outbox.put(entry("r-1"))
    with opened.engine.connect() as connection:  # SQLite's own limit acts like a full disk
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(LedgerError, match=r"the disk is full; make room and try again\.$"):
        opened.outbox.put(entry("r-2", "x" * 100_000))
    opened.close()
    again = open_ledger(sqlite_url(file))
    assert [each.request for each in again.outbox.pending(9)] == ["r-1"]
    again.outbox.put(entry("r-2", "x" * 100_000))
    again.close()
