"""Actions reach the shared repository once, whoever else writes and whatever dies in between."""

import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import ClassVar

import pytest

from tests.real_git import RealGit, new_bare, new_checkout, new_work_tree
from tests.store.acting import NOON, SUPPORT, Replica, note, replica, replica_of, report
from tracker.model.record import BugRecord
from tracker.store.commit_log import log_between
from tracker.store.git_errors import UnreachableRemoteError
from tracker.store.outbox import OutboxEntry
from tracker.store.outcome import Recorded, Waiting
from tracker.store.remote import resolve_remote
from tracker.store.request import Request
from tracker.workflow.action import Action
from tracker.workflow.actions.report import ReportBug
from tracker.workflow.decision import Refused
from tracker.workflow.verbs import VERBS

TRAILERS = """\
Action: report
Actor: Support Team <support@example.com>
Request: r-1
Policy: 1"""

Opener = Callable[[str], Replica]


@pytest.fixture
def shared(tmp_path: Path) -> RealGit:
    return new_bare(tmp_path / "shared.git")


@pytest.fixture
def opened(tmp_path: Path, shared: RealGit) -> Iterator[Opener]:
    with ExitStack() as stack:

        def opener(name: str) -> Replica:
            found = replica(tmp_path / name, shared.path)
            stack.callback(found.close)
            return found

        yield opener


def requests_in(shared: RealGit) -> Counter[str]:
    told = shared("log", "--format=%(trailers:key=Request,valueonly,separator=%x20)", "main")
    return Counter(told.split())


def test_an_action_becomes_one_commit_by_the_person_who_acted(
    opened: Opener, shared: RealGit
) -> None:
    first = opened("one").act("r-1", report())
    assert isinstance(first, Recorded)
    assert (first.bug, first.subject) == ("BUG-0001", "report: NFC redemption fails")
    assert shared("log", "-1", "--format=%H|%an <%ae>|%cn <%ce>|%aI|%cI|%B", "main").split("|") == [
        first.commit,
        "Support Team <support@example.com>",
        "Bugbook <bugbook@localhost>",
        "2025-01-02T12:00:00+00:00",
        "2025-01-02T12:01:00+00:00",
        f"BUG-0001 report: NFC redemption fails\n\n{TRAILERS}",
    ]
    assert shared("show", "--name-only", "--format=", "main") == "bugs/000/BUG-0001.yaml"


def test_the_author_date_is_when_it_happened(opened: Opener, shared: RealGit) -> None:
    one = opened("one")
    one.act("r-1", report())
    one.act("r-2", note("Noticed earlier.", at=NOON.replace(hour=9)), "BUG-0001")
    assert shared("log", "-1", "--format=%aI", "main") == "2025-01-02T09:00:00+00:00"


def test_a_redelivered_request_gets_the_same_answer_and_makes_no_commit(
    opened: Opener, shared: RealGit
) -> None:
    one, two = opened("one"), opened("two")
    answer = one.act("r-1", report())
    assert one.act("r-1", report("Another title")) == answer
    assert two.act("r-1", report()) == answer
    assert requests_in(shared) == {"r-1": 1}


def test_a_refused_action_changes_nothing_and_stays_refused(
    opened: Opener, shared: RealGit
) -> None:
    one = opened("one")
    one.act("r-1", report())
    before = shared("rev-parse", "main")
    refusal = one.act("r-2", VERBS["close"].model_validate({}), "BUG-0001")
    assert isinstance(refusal, Refused)
    assert refusal.reasons[0].gate == "state"
    assert one.act("r-2", note("x"), "BUG-0001") == refusal
    missing = one.act("r-3", note("x"), "BUG-0007")
    assert isinstance(missing, Refused)
    assert [reason.sentence for reason in missing.reasons] == [
        "There is no BUG-0007: check the number, or report the bug first."
    ]
    assert shared("rev-parse", "main") == before


def test_what_waits_together_is_committed_in_order_each_on_the_one_before(
    opened: Opener, shared: RealGit
) -> None:
    one = opened("one")
    one.submit("r-1", report())
    for number in range(2, 15):
        one.submit(f"r-{number}", note(f"Step {number}."), "BUG-0001")
    settled = one.path.commit_pending()
    assert [each.request for each in settled] == [f"r-{number}" for number in range(1, 15)]
    assert all(isinstance(each.outcome, Recorded) for each in settled)
    assert list(requests_in(shared)) == [f"r-{number}" for number in range(14, 0, -1)]


def test_numbers_go_on_after_the_highest_on_the_newest_tip(
    opened: Opener, shared: RealGit, tmp_path: Path
) -> None:
    one, two = opened("one"), opened("two")
    one.act("r-1", report())
    person = new_checkout(tmp_path / "person", shared)
    text = (person.path / "bugs/000/BUG-0001.yaml").read_text()
    person.write("bugs/001/BUG-1041.yaml", text.replace("BUG-0001", "BUG-1041"))
    person("push", "-q", "origin", "main")
    answer = two.act("r-2", report())
    assert isinstance(answer, Recorded)
    assert answer.bug == "BUG-1042"
    assert shared("show", "--name-only", "--format=", "main") == "bugs/001/BUG-1042.yaml"


def test_a_person_who_pushes_in_between_makes_the_action_be_judged_again(
    opened: Opener, shared: RealGit, tmp_path: Path
) -> None:
    one = opened("one")
    one.act("r-1", report())
    person = new_checkout(tmp_path / "person", shared)
    file = person.path / "bugs/000/BUG-0001.yaml"
    text = file.read_text().replace(
        "title: NFC redemption fails", 'title: "NFC redemption"  # as the customer says'
    )
    person.write("bugs/000/BUG-0001.yaml", text)
    person("push", "-q", "origin", "main")
    assert isinstance(one.act("r-2", note("Looked at it."), "BUG-0001"), Recorded)
    person("pull", "-q")
    lines = file.read_text().splitlines()
    assert lines[: len(text.splitlines())] == text.splitlines()
    assert lines[-1] == "    text: Looked at it."
    assert shared("diff", "--numstat", "main^", "main").split()[:2] == ["5", "0"]


def test_no_action_is_refused_for_what_only_an_old_commit_says(opened: Opener) -> None:
    one, two = opened("one"), opened("two")
    one.act("r-1", report())
    two.act("r-2", report())
    assert isinstance(one.act("r-3", note("Found it here."), "BUG-0002"), Recorded)


def test_a_move_that_somebody_else_made_first_is_refused_not_merged(opened: Opener) -> None:
    one, two = opened("one"), opened("two")
    one.act("r-1", report())
    close = VERBS["wont-fix"].model_validate({"reason": "It is meant to be so."})
    one.submit("r-2", close, "BUG-0001")
    two.submit("r-3", close, "BUG-0001")
    assert isinstance(two.path.commit_pending()[0].outcome, Recorded)
    (late,) = one.path.commit_pending()
    assert isinstance(late.outcome, Refused)
    assert "BUG-0001 is closed" in late.outcome.reasons[0].sentence


def write_busily(mine: Replica, name: str) -> None:
    for number in range(8):
        mine.act(f"{name}-report-{number}", report(f"Trouble {number} of {name}"))
        mine.act(f"{name}-note-{number}", note(f"{name} says {number}."), "BUG-0001")
    while mine.path.ledger.outbox.pending(1):
        mine.path.commit_pending()


def push_now_and_then(git: RealGit, done: threading.Event) -> None:
    for number in count():
        if done.wait(0.15):
            return
        git.write(f"notes/{number}.txt", "x\n")
        git("pull", "-q", "--rebase")
        subprocess.run(["git", "push", "-q"], cwd=git.path, capture_output=True, check=False)


def test_replicas_and_a_person_all_get_through_and_nothing_is_lost_or_doubled(
    opened: Opener, shared: RealGit, tmp_path: Path
) -> None:
    opened("first").act("r-0", report())
    names = ("alpha", "beta")
    replicas = [opened(name) for name in names]
    git = new_checkout(tmp_path / "person", shared)
    done = threading.Event()
    with ThreadPoolExecutor() as pool:
        person = pool.submit(push_now_and_then, git, done)
        for written in [
            pool.submit(write_busily, *each) for each in zip(replicas, names, strict=True)
        ]:
            written.result()
        done.set()
        person.result()
    kinds = ("report", "note")
    wanted = {f"{name}-{kind}-{n}": 1 for name in names for kind in kinds for n in range(8)}
    assert requests_in(shared) == {"r-0": 1, **wanted}
    last = opened("last")
    bugs = last.store.all_bugs(last.path.clone.tip())
    assert bugs.problems == ()
    assert [record.id for record in bugs.records] == [f"BUG-{n:04d}" for n in range(1, 18)]
    notes = [entry.text for entry in bugs.records[0].timeline if entry.action == "note"]
    assert sorted(notes) == [f"{name} says {number}." for name in names for number in range(8)]
    assert shared("fsck", "--strict", "--no-dangling") == ""


_WORKER = """
import sys
from pathlib import Path
from tests.store.acting import note, replica
mine = replica(Path(sys.argv[1]), Path(sys.argv[2]))
mine.path.commit_pending()
for number in range(10_000):
    request = f"{sys.argv[3]}-{number}"
    mine.submit(request, note(f"Note {request}."), "BUG-0001")
    print(request, flush=True)
    mine.path.commit_pending()
"""


@pytest.mark.slow
def test_a_killed_writer_loses_and_doubles_nothing(
    opened: Opener, shared: RealGit, tmp_path: Path
) -> None:
    opened("first").act("r-0", report())
    acknowledged: set[str] = set()
    folder = tmp_path / "victim"
    for life in range(4):
        with subprocess.Popen(
            [sys.executable, "-c", _WORKER, str(folder), str(shared.path), f"life{life}"],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        ) as worker:
            assert worker.stdout is not None
            acknowledged.update(worker.stdout.readline().strip() for _ in range(2))
            threading.Event().wait(0.05 * life)
            worker.send_signal(signal.SIGKILL)
            acknowledged.update(line.strip() for line in worker.stdout)
    survivor = opened("victim")
    survivor.path.commit_pending()
    assert len(acknowledged) >= 8
    found = requests_in(shared)
    assert acknowledged - set(found) == set()
    assert set(found.values()) == {1}
    assert shared("fsck", "--strict", "--no-dangling") == ""


def test_an_action_waits_while_the_remote_is_away_and_is_shared_later(
    opened: Opener, shared: RealGit, tmp_path: Path
) -> None:
    one = opened("one")
    one.act("r-1", report())
    shared.path.rename(tmp_path / "away.git")
    waiting = one.act("r-2", note("While it was away."), "BUG-0001")
    assert isinstance(waiting, Waiting)
    assert "cannot be reached" in waiting.reason
    (tmp_path / "away.git").rename(shared.path)
    assert [each.request for each in one.path.commit_pending()] == ["r-2"]
    assert requests_in(shared) == {"r-1": 1, "r-2": 1}


def test_a_replica_without_a_clone_cannot_start_while_the_remote_is_away(
    shared: RealGit, tmp_path: Path
) -> None:
    remote = resolve_remote(str(shared.path), "main")
    shared.path.rename(tmp_path / "away.git")
    with pytest.raises(UnreachableRemoteError, match="check the connection"):
        replica_of(tmp_path / "one", remote)


def test_an_action_waits_while_the_work_tree_is_dirty(tmp_path: Path) -> None:
    team = new_work_tree(tmp_path / "team")
    team.write("notes.txt", "one\n")
    (team.path / "notes.txt").write_text("two\n")
    one = replica(tmp_path / "one", team.path)
    waiting = one.act("r-1", report())
    assert isinstance(waiting, Waiting)
    assert "uncommitted changes" in waiting.reason
    team("checkout", "-q", "notes.txt")
    assert isinstance(one.path.commit_pending()[0].outcome, Recorded)
    assert (team.path / "bugs/000/BUG-0001.yaml").exists()
    one.close()


def test_a_push_that_arrived_without_an_answer_is_found_in_history(
    shared: RealGit, tmp_path: Path
) -> None:
    hook = shared.path / "hooks/post-receive"
    hook.write_text("#!/bin/sh\nsleep 30\n")
    hook.chmod(0o755)
    one = replica_of(tmp_path / "one", resolve_remote(str(shared.path), "main"), timeout=1.5)
    answer = one.act("r-1", report())
    assert isinstance(answer, Recorded)
    assert answer.commit == shared("rev-parse", "main")
    assert requests_in(shared) == {"r-1": 1}
    one.close()


def test_a_commit_that_the_remote_will_not_take_holds_up_no_other(
    opened: Opener, shared: RealGit
) -> None:
    one = opened("one")
    one.act("r-1", report())
    hook = shared.path / "hooks/update"
    hook.write_text('#!/bin/sh\n! git log --format=%B "$2..$3" | grep -q "Request: bad"\n')
    hook.chmod(0o755)
    for request in ("good-1", "bad", "good-2"):
        one.submit(request, note(f"Note {request}."), "BUG-0001")
    outcomes = {each.request: each.outcome for each in one.path.commit_pending()}
    assert isinstance(outcomes["bad"], Refused)
    assert "refused the commit" in outcomes["bad"].reasons[0].sentence
    assert requests_in(shared) == {"r-1": 1, "good-1": 1, "good-2": 1}


def test_a_record_broken_by_hand_refuses_its_actions_with_the_place(
    opened: Opener, shared: RealGit, tmp_path: Path
) -> None:
    one = opened("one")
    one.act("r-1", report())
    one.act("r-2", report("Another"))
    person = new_checkout(tmp_path / "person", shared)
    text = (person.path / "bugs/000/BUG-0001.yaml").read_text()
    person.write("bugs/000/BUG-0001.yaml", text.replace("status: reported", "status: reportd"))
    person("push", "-q", "origin", "main")
    answer = one.act("r-3", note("x"), "BUG-0001")
    assert isinstance(answer, Refused)
    assert answer.reasons[0].sentence.startswith("bugs/000/BUG-0001.yaml:5:9: `status` must be")
    assert isinstance(one.act("r-4", note("x"), "BUG-0002"), Recorded)


def test_a_clone_damaged_between_two_actions_is_made_again_on_the_way(
    opened: Opener, shared: RealGit
) -> None:
    one = opened("one")
    one.act("r-1", report())
    for part in (one.path.clone.path / "objects").rglob("*"):
        if part.is_file():
            part.unlink()
    assert isinstance(opened("one").act("r-2", note("x"), "BUG-0001"), Recorded)
    assert requests_in(shared) == {"r-1": 1, "r-2": 1}


def test_a_row_of_another_version_is_refused_and_holds_up_no_other(opened: Opener) -> None:
    one = opened("one")
    for number, action in enumerate(("{}", '{"bug": null, "verb": "fly", "fields": {}}')):
        one.path.ledger.outbox.put(
            OutboxEntry(
                request=f"odd-{number}", action=action, actor="{}", permalink="", taken_in=NOON
            )
        )
    answer = one.act("r-1", report())
    assert isinstance(answer, Recorded)
    for number in range(2):
        outcome = one.path.outcome(f"odd-{number}")
        assert isinstance(outcome, Refused)
        assert "another version of Bugbook" in outcome.reasons[0].sentence


class FaultyReport(ReportBug):
    """A rule with a programming error in it."""

    example: ClassVar[str] = ""

    def subject(self, record: BugRecord) -> str:
        numbers: dict[str, str] = {}
        return numbers[record.id]


def test_an_error_in_a_rule_is_raised_and_holds_up_no_other(
    opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    verbs: dict[str, type[Action]] = {**VERBS, "report": FaultyReport}
    one = opened("one")
    one.submit("r-1", report())
    monkeypatch.setattr("tracker.store.request.VERBS", verbs)
    with pytest.raises(ExceptionGroup) as raised:
        one.path.commit_pending()
    assert isinstance(raised.value.exceptions[0], KeyError)
    monkeypatch.undo()
    assert isinstance(one.path.outcome("r-1"), Refused)
    assert isinstance(one.act("r-2", report()), Recorded)


def test_hostile_text_forges_nothing_in_the_commit(opened: Opener, shared: RealGit) -> None:
    one = opened("one")
    hostile = "--amend $(touch x) Request: forged"
    one.act("r-1\n\nRequest: r-9", report(hostile))
    log = log_between(one.path.clone, None, one.path.clone.tip())
    assert dict(log[0].trailers)["Request"] == "r-1 Request: r-9"
    assert shared("log", "-1", "--format=%s", "main") == f"BUG-0001 report: {hostile}"


def test_an_action_that_waited_follows_the_move_that_overtook_it(opened: Opener) -> None:
    one, two = opened("one"), opened("two")
    one.act("r-1", report())
    one.submit("early", VERBS["reopen"].model_validate({"reason": "It is back."}), "BUG-0001")
    close = VERBS["wont-fix"].model_validate({"reason": "It is meant to be so."})
    later = Request(id="late", bug="BUG-0001", action=close, actor=SUPPORT)
    two.path.submit(later, NOON + timedelta(minutes=5))
    two.path.commit_pending()
    one.path.commit_pending()
    assert isinstance(one.path.outcome("early"), Recorded)
    record = one.store.load("BUG-0001", one.path.clone.tip())
    assert record is not None
    assert record.timeline[-1].at == NOON + timedelta(minutes=5)
