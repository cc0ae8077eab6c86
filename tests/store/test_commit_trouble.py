"""What the remote may do to an accepted action, and that none is lost by it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.real_git import RealGit, new_bare, new_checkout
from tests.store.acting import Replica, note, replica, report
from tracker.store.outcome import Recorded, Waiting

Opener = Callable[[str], Replica]
PROTECTED = (
    "#!/bin/sh\necho 'GH006: Protected branch update failed for refs/heads/main.' >&2\nexit 1\n"
)


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


def requests_in(shared: RealGit) -> list[str]:
    told = shared("log", "--reverse", "--format=%(trailers:key=Request,valueonly)", "main")
    return told.split()


def test_a_protected_branch_refuses_all_and_gives_up_none(opened: Opener, shared: RealGit) -> None:
    one = opened("one")
    one.act("r-1", report())
    hook = shared.path / "hooks/pre-receive"
    hook.write_text(PROTECTED)
    hook.chmod(0o755)
    for number in range(2, 8):
        one.submit(f"r-{number}", note(f"Note {number}."), "BUG-0001")
    assert one.path.commit_pending() == ()
    for number in range(2, 8):
        waiting = one.path.outcome(f"r-{number}")
        assert isinstance(waiting, Waiting)
        assert "Protected branch" in waiting.reason
        assert "allow the push" in waiting.reason
    hook.unlink()
    assert len(one.path.commit_pending()) == 6
    assert requests_in(shared) == [f"r-{number}" for number in range(1, 8)]


def test_what_a_forced_push_took_out_of_history_is_recorded_again(
    opened: Opener, shared: RealGit, tmp_path: Path
) -> None:
    one = opened("one")
    one.act("r-1", report())
    person = new_checkout(tmp_path / "person", shared)
    for number in (2, 3):
        one.act(f"r-{number}", note(f"Note {number}."), "BUG-0001")
    person.write("README.md", "Written on an old state.\n")
    person("push", "-q", "--force", "origin", "main")
    assert requests_in(shared) == ["r-1"]
    with one.path.clone.writing() as writer:
        writer.fetch()
    assert one.path.take_up_lost() == 2
    assert len(one.path.commit_pending()) == 2
    assert requests_in(shared) == ["r-1", "r-2", "r-3"]
    assert one.path.take_up_lost() == 0


def test_a_rewrite_that_keeps_the_requests_makes_no_second_commit(
    opened: Opener, shared: RealGit, tmp_path: Path
) -> None:
    one = opened("one")
    one.act("r-1", report())
    one.act("r-2", note("Note."), "BUG-0001")
    person = new_checkout(tmp_path / "person", shared)
    person("commit", "-q", "--amend", "--no-edit", "--date=2020-01-01T00:00:00Z")
    person("push", "-q", "--force", "origin", "main")
    with one.path.clone.writing() as writer:
        writer.fetch()
    assert one.path.take_up_lost() == 0
    assert isinstance(one.act("r-3", note("x"), "BUG-0001"), Recorded)
    assert requests_in(shared) == ["r-1", "r-2", "r-3"]


def test_what_a_person_took_off_the_branch_is_not_brought_back_by_the_next_action(
    opened: Opener, shared: RealGit, tmp_path: Path
) -> None:
    one = opened("one")
    one.act("r-1", report())
    person = new_checkout(tmp_path / "person", shared)
    person.write("secret.txt", "Should never have been here.\n")
    person("push", "-q", "origin", "main")
    one.act("r-2", note("Seen."), "BUG-0001")
    person("push", "-q", "--force", "origin", "main~1:main")
    assert isinstance(one.act("r-3", note("Next."), "BUG-0001"), Recorded)
    assert shared("ls-tree", "-r", "--name-only", "main").split() == ["bugs/000/BUG-0001.yaml"]
    assert requests_in(shared) == ["r-1", "r-3"]


def test_a_forced_push_that_an_action_overtook_is_noticed_all_the_same(
    opened: Opener, shared: RealGit, tmp_path: Path
) -> None:
    one = opened("one")
    one.act("r-1", report())
    person = new_checkout(tmp_path / "person", shared)
    one.act("r-2", note("Lost."), "BUG-0001")
    person.write("README.md", "Written on an old state.\n")
    person("push", "-q", "--force", "origin", "main")
    one.act("r-3", note("Overtaking."), "BUG-0001")
    assert one.path.take_up_lost() == 1
    one.path.commit_pending()
    assert requests_in(shared) == ["r-1", "r-3", "r-2"]
    assert one.path.take_up_lost() == 0


def test_a_renamed_branch_is_told_and_followed_once_it_is_named(
    opened: Opener, shared: RealGit
) -> None:
    one = opened("one")
    one.act("r-1", report())
    shared("branch", "-m", "main", "trunk")
    waiting = one.act("r-2", note("x"), "BUG-0001")
    assert isinstance(waiting, Waiting)
    assert "has no branch main, only trunk; set BUGBOOK_BRANCH" in waiting.reason
    shared("branch", "-m", "trunk", "main")
    assert len(one.path.commit_pending()) == 1
    assert requests_in(shared) == ["r-1", "r-2"]


def zeroed(clone: Path) -> None:
    for part in (clone / "objects").rglob("*"):
        if part.is_file():
            part.chmod(0o644)
            part.write_bytes(b"")


def damaged_refs(clone: Path) -> None:
    for part in (clone / "refs").rglob("*"):
        if part.is_file():
            part.write_bytes(b"\0" * 41)


def locked(clone: Path) -> None:
    reference = next(part for part in (clone / "refs/remotes").rglob("main"))
    for lock in (reference.with_name("main.lock"), clone / "packed-refs.lock", clone / "HEAD.lock"):
        lock.write_text("")


def headless(clone: Path) -> None:
    (clone / "HEAD").write_bytes(b"")


@pytest.mark.parametrize("damage", [zeroed, damaged_refs, locked, headless])
def test_a_clone_that_was_damaged_is_mended_while_the_bot_runs(
    opened: Opener, shared: RealGit, damage: Callable[[Path], None]
) -> None:
    one = opened("one")
    one.act("r-1", report())
    damage(one.path.clone.path)
    one.submit("r-2", note("x"), "BUG-0001")
    one.path.commit_pending()
    assert isinstance(one.path.outcome("r-2"), Recorded)
    assert requests_in(shared) == ["r-1", "r-2"]
    assert shared("fsck", "--strict", "--no-dangling") == ""
