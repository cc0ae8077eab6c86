"""A bug gets another number on a real repository; nothing that leads to it breaks."""

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.operations.trackers import NOON, SUPPORT, Requests, report
from tests.real_git import RealGit, new_bare, new_checkout
from tracker.assembly import Recorded, Tracker, UnknownBugError, open_tracker
from tracker.cli.main import run
from tracker.operations.lost_numbers import renumber_lost
from tracker.operations.renumber import NotRenumberedError, Renumbered, renumber
from tracker.settings import read_settings
from tracker.store.record_file import read_record
from tracker.workflow.action import Action
from tracker.workflow.references import mentions, renamed

ONE, TWO, THREE = (f"bugs/000/BUG-000{number}.yaml" for number in (1, 2, 3))


@pytest.fixture
def shared(tmp_path: Path) -> RealGit:
    return new_bare(tmp_path / "shared.git")


@pytest.fixture
def tracker(shared: RealGit, tmp_path: Path) -> Iterator[Tracker]:
    opened = on_branch(shared, tmp_path / "data")
    yield opened
    opened.close()


@pytest.fixture
def person(shared: RealGit, tracker: Tracker, tmp_path: Path) -> RealGit:
    """A person's checkout of a repository with one bug in it."""
    act(tracker, report("NFC redemption fails"))
    return new_checkout(tmp_path / "person", shared)


def act(tracker: Tracker, action: Action, bug: str | None = None) -> str:
    count = 0 if tracker.tip() is None else len(tracker.store.ids(tracker.tip()))
    request = replace(Requests()(action, bug), id=f"{action.verb}-{count}-{action.at}")
    outcome = tracker.act(request)
    assert isinstance(outcome, Recorded), outcome
    return outcome.bug


def on_branch(shared: RealGit, data: Path, branch: str = "main") -> Tracker:
    given = {"repository": str(shared.path), "data_dir": data, "branch": branch}
    return open_tracker(read_settings(None, **given), now=lambda: NOON)


def shared_of(tracker: Tracker) -> RealGit:
    return RealGit(Path(tracker.remote.address))


def moved(tracker: Tracker, old: str, new: str | None = None) -> Renumbered:
    return renumber(tracker.store, old, new, SUPPORT, NOON)


def pull(person: RealGit) -> None:
    person("pull", "-q", "--no-rebase", "origin", "main")


def pull_keeping_ours(person: RealGit) -> None:
    person("fetch", "-q", "origin")
    person("merge", "-q", "-s", "ours", "-m", "Merge main", "origin/main")


def push(person: RealGit, *refs: str) -> None:
    person("push", "-q", "origin", *(refs or ("main",)))


def text(person: RealGit, path: str) -> str:
    return (person.path / path).read_text(encoding="utf-8")


def test_the_record_moves_and_keeps_its_old_number_as_an_alias(
    tracker: Tracker, person: RealGit
) -> None:
    before = text(person, ONE)
    done = moved(tracker, "1")

    assert (done.old, done.new) == ("BUG-0001", "BUG-0002")
    assert tracker.find("BUG-0001") == "BUG-0002"
    pull(person)
    assert not (person.path / ONE).exists()
    added = ["formerly:", "  - BUG-0001", ""]
    lines = text(person, TWO).splitlines()
    assert [line for line in lines if line not in added] == [
        line.replace("id: BUG-0001", "id: BUG-0002") for line in before.splitlines() if line
    ]
    assert read_record((person.path / TWO).read_bytes(), TWO).formerly == ("BUG-0001",)


def test_it_is_one_commit_by_the_person_who_asked(tracker: Tracker, person: RealGit) -> None:
    before = person("rev-parse", "origin/main")
    moved(tracker, "1")
    pull(person)

    assert person("log", "--format=%an|%cn|%s|%(trailers:key=Action,valueonly)", "-1") == (
        "Support Team|Bugbook|BUG-0002 renumber: formerly BUG-0001|renumber"
    )
    assert person("rev-parse", "HEAD~1") == before


@pytest.mark.usefixtures("person")
def test_its_history_goes_on_and_announcements_see_one_bug(tracker: Tracker) -> None:
    before = tracker.tip()
    moved(tracker, "1")

    assert [commit.subject for commit in tracker.history("BUG-0002")] == [
        "BUG-0001 report: NFC redemption fails",
        "BUG-0002 renumber: formerly BUG-0001",
    ]
    ((change,),) = (commit.bugs for commit in tracker.changes_since(before).commits)
    assert (change.bug, change.old and change.old.id) == ("BUG-0002", "BUG-0001")


def test_attachments_move_and_references_of_other_bugs_follow(
    tracker: Tracker, person: RealGit
) -> None:
    act(tracker, report("Login fails"))
    pull(person)
    person.write("bugs/000/BUG-0001/log/app.txt", "log of bugs/000/BUG-0001/\r\n")
    person.write("bugs/000/BUG-0002/notes.md", "See [the log](bugs/000/BUG-0001/log/app.txt).\n")
    picture = "bugs/BUG-0001 in a picture"
    person.write("bugs/000/BUG-0002/screen.png", picture)
    person.write(
        TWO,
        text(person, TWO) + "related:\n  # the same key\n  - kind: similar\n    ref: BUG-0001\n"
        "    link: https://example.com/bugs/BUG-0001/\n"
        "investigation:\n  conclusion: See bugs/000/BUG-0001/log/app.txt, not BUG-00010.\n",
    )
    push(person)
    tracker.refresh()
    done = moved(tracker, "BUG-0001")

    assert (done.new, done.references) == ("BUG-0003", ("BUG-0002",))
    pull(person)
    log = (person.path / "bugs/000/BUG-0003/log/app.txt").read_bytes()
    assert log == b"log of bugs/000/BUG-0003/\r\n"
    notes = text(person, "bugs/000/BUG-0002/notes.md")
    assert notes == "See [the log](bugs/000/BUG-0003/log/app.txt).\n"
    assert text(person, "bugs/000/BUG-0002/screen.png") == picture
    assert not (person.path / "bugs/000/BUG-0001").exists()
    changed = text(person, TWO)
    assert "  # the same key\n  - kind: similar\n    ref: BUG-0003\n" in changed
    assert "https://example.com/bugs/BUG-0003/" in changed
    assert "See bugs/000/BUG-0003/log/app.txt, not BUG-00010." in changed


def test_numbers_of_other_branches_are_taken(tracker: Tracker, person: RealGit) -> None:
    person("checkout", "-qb", "feature")
    person.write(TWO, text(person, ONE).replace("BUG-0001", "BUG-0002"))
    push(person, "feature")

    assert moved(tracker, "1").new == "BUG-0003"


def test_a_number_may_be_chosen_past_all_others(tracker: Tracker, person: RealGit) -> None:
    assert moved(tracker, "1", "1234").new == "BUG-1234"
    pull(person)
    assert (person.path / "bugs/001/BUG-1234.yaml").exists()


@pytest.mark.parametrize("wanted", ["BUG-0001", "DH-7", "nothing"])
def test_a_number_that_is_in_use_or_of_another_kind_is_refused(
    tracker: Tracker, person: RealGit, wanted: str
) -> None:
    tip = person("rev-parse", "origin/main")

    with pytest.raises(NotRenumberedError, match="take BUG-0002 or a later one"):
        moved(tracker, "1", wanted)
    assert tracker.tip() == tip


@pytest.mark.usefixtures("person")
def test_an_alias_and_an_unknown_number_are_refused(tracker: Tracker) -> None:
    moved(tracker, "1")

    with pytest.raises(NotRenumberedError, match="BUG-0001 is BUG-0002 already"):
        moved(tracker, "BUG-0001")
    with pytest.raises(UnknownBugError):
        moved(tracker, "77")


def test_a_record_with_mistakes_stops_it_before_anything_changes(
    tracker: Tracker, person: RealGit
) -> None:
    person.write(TWO, "id: BUG-0001\n\tstatus: x\n")
    push(person)
    tip = person("rev-parse", "HEAD")

    with pytest.raises(NotRenumberedError, match="a record must be corrected first"):
        moved(tracker, "1")
    tracker.refresh()
    assert tracker.tip() == tip


def test_words_of_the_past_are_not_rewritten() -> None:
    values = {
        "timeline": [{"text": "See bugs/BUG-0001/."}],
        "resolution": {"duplicate_of": "BUG-0001", "reason": "Same as BUG-0001."},
    }

    assert renamed(values, "BUG-0001", "BUG-0002") == {
        **values,
        "resolution": {"duplicate_of": "BUG-0002", "reason": "Same as BUG-0001."},
    }
    assert mentions(values, "BUG-0001") == {(".resolution.duplicate_of", "BUG-0001")}


def clash(
    tracker: Tracker, person: RealGit, tmp_path: Path, *, keep: str, older: str = "main"
) -> None:
    """Two branches take BUG-0002; the merge keeps the bug of one branch, the other one is lost."""
    person("branch", "feature", "origin/main")
    push(person, "feature")
    for branch in ("main", "feature"):
        opened = on_branch(shared_of(tracker), tmp_path / "data", branch)
        hours = 2 if branch == older else 1
        seen = report(f"Seen on {branch}").model_copy(update={"at": NOON - timedelta(hours=hours)})
        assert act(opened, seen) == "BUG-0002"
        opened.close()
        person("checkout", "-q", branch)
        person("pull", "-q", "--no-rebase", "origin", branch)
        person.write(f"bugs/000/BUG-0002/{branch}.txt", branch)
        person.write(f"bugs/000/BUG-0001/{branch}.md", f"As in bugs/000/BUG-0002/{branch}.txt.\n")
        if branch == "main":
            seen_on_main = "x-seen: bugs/000/BUG-0002/main.txt\ntitle:"
            person.write(ONE, text(person, ONE).replace("title:", seen_on_main, 1))
            push(person)
    related = "related:\n  - kind: similar\n    ref: BUG-0002\n"
    person.write(ONE, text(person, ONE) + related)
    person("checkout", "-q", "main")
    with pytest.raises(subprocess.CalledProcessError):
        person("merge", "-q", "feature")
    person("checkout", "--ours" if keep == "main" else "--theirs", TWO)
    person("add", ".")
    person("commit", "-qm", "Merge")
    push(person)


def titles(person: RealGit) -> dict[str, str]:
    found = sorted((person.path / "bugs/000").glob("*.yaml"))
    records = [read_record(path.read_bytes(), f"bugs/000/{path.name}") for path in found]
    return {record.id: record.title for record in records}


@pytest.mark.slow
@pytest.mark.parametrize("keep", ["main", "feature"])
@pytest.mark.parametrize("older", ["main", "feature"])
def test_the_younger_of_two_bugs_that_a_merge_made_one_of_gets_the_next_number(
    tracker: Tracker, person: RealGit, tmp_path: Path, keep: str, older: str
) -> None:
    clash(tracker, person, tmp_path, keep=keep, older=older)
    younger = "feature" if older == "main" else "main"
    tracker.refresh()
    (done,) = renumber_lost(tracker.store, SUPPORT, NOON)

    assert (done.old, done.new) == ("BUG-0002", "BUG-0003")
    pull(person)
    assert titles(person) == {
        "BUG-0001": "NFC redemption fails",
        "BUG-0002": f"Seen on {older}",
        "BUG-0003": f"Seen on {younger}",
    }
    assert text(person, f"bugs/000/BUG-0002/{older}.txt") == older
    assert text(person, f"bugs/000/BUG-0003/{younger}.txt") == younger
    assert len(list((person.path / "bugs/000").glob("*/*.txt"))) == 2
    meant = "BUG-0003" if younger == "feature" else "BUG-0002"
    assert f"ref: {meant}\n" in text(person, ONE)
    on_main = "BUG-0003" if younger == "main" else "BUG-0002"
    assert f"x-seen: bugs/000/{on_main}/main.txt\n" in text(person, ONE)
    for branch, number in (("main", on_main), ("feature", meant)):
        note = text(person, f"bugs/000/BUG-0001/{branch}.md")
        assert note == f"As in bugs/000/{number}/{branch}.txt.\n"
    told = [commit.subject for commit in tracker.history("BUG-0003")]
    assert f"BUG-0002 report: Seen on {younger}" in told
    assert f"BUG-0002 report: Seen on {older}" not in told


@pytest.mark.slow
def test_a_second_run_finds_nothing_to_do(
    tracker: Tracker, person: RealGit, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clash(tracker, person, tmp_path, keep="main")
    command = ["--repository", str(person.path), "renumber", "--auto", "--as", "a@example.com"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUGBOOK_DATA_DIR", str(tmp_path / "data"))
        assert run(command) == 0
        assert "BUG-0003 was BUG-0002 until now" in capsys.readouterr().out
        assert run(command) == 0
        assert capsys.readouterr().out == "No bug lost its number.\n"


@pytest.mark.slow
def test_a_merge_that_kept_neither_bug_is_left_to_a_person(
    tracker: Tracker, person: RealGit, tmp_path: Path
) -> None:
    clash(tracker, person, tmp_path, keep="main")
    person("rm", "-q", TWO)
    person("commit", "-qm", "Remove")
    push(person)
    tracker.refresh()

    with pytest.raises(NotRenumberedError, match="kept neither"):
        renumber_lost(tracker.store, SUPPORT, NOON)


@pytest.mark.slow
def test_a_bug_that_was_lost_to_a_file_that_cannot_be_read_is_named(
    tracker: Tracker, person: RealGit
) -> None:
    person("switch", "-qc", "mine")
    person.write(TWO, "id: BUG-0002\n")
    act(tracker, report("Seen on main"))
    pull_keeping_ours(person)
    finished = text(person, ONE).replace("NFC redemption fails", "Another bug")
    person.write(TWO, finished.replace("BUG-0001", "BUG-0002"))
    push(person, "HEAD:main")
    tracker.refresh()

    with pytest.raises(NotRenumberedError, match="bring “Seen on main” back under a new number"):
        renumber_lost(tracker.store, SUPPORT, NOON)


@pytest.mark.slow
def test_one_bug_that_reached_main_on_two_ways_has_lost_nothing(
    tracker: Tracker, person: RealGit
) -> None:
    act(tracker, report("Login fails"))
    person("checkout", "-qb", "feature")
    person("fetch", "-q")
    person("cherry-pick", "origin/main")
    person("commit", "-q", "--amend", "--no-edit", "--author=A <a@example.com>")
    person.write(TWO, text(person, TWO).replace("Login fails\nstatus", "Login dies\nstatus"))
    person("checkout", "-q", "main")
    pull(person)
    person.write("README.md", "Our bugs\n")
    with pytest.raises(subprocess.CalledProcessError):
        person("merge", "-q", "feature")
    person("checkout", "--theirs", TWO)
    person("add", ".")
    person("commit", "-qm", "Merge")
    push(person)
    tracker.refresh()

    assert renumber_lost(tracker.store, SUPPORT, NOON) == ()


def test_the_command_wants_a_bug_or_auto(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    assert run(["renumber"]) == 2
    assert run(["renumber", "1", "--auto"]) == 2
    assert "give --auto alone" in capsys.readouterr().err
