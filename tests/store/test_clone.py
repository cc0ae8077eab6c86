"""Our bare clone against real repositories: bare, checked out, empty, dirty, gone, damaged."""

import os
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pygit2
import pytest

from tests.real_git import RealGit, new_bare, new_checkout, new_work_tree
from tracker.store.clone import Clone, open_clone
from tracker.store.clone_lock import holding
from tracker.store.commit_writer import NewCommit, Signature
from tracker.store.git_errors import (
    DamagedCloneError,
    ForeignCloneError,
    MissingBranchError,
    MissingRepositoryError,
    NotARepositoryError,
    RepositoryInUseError,
    UnknownRevisionError,
    UnreachableRemoteError,
)
from tracker.store.push_outcome import PushResult
from tracker.store.remote import Remote, resolve_remote

WHEN = datetime(2024, 12, 31, 14, 15, tzinfo=timezone(timedelta(hours=2)))
AUTHOR = Signature(name="Support Team", email="support@example.com", time=WHEN)
BOT = Signature(
    name="Bugbook", email="bugbook@localhost", time=datetime(2025, 1, 2, 3, 4, tzinfo=UTC)
)


def change(path: str, text: str | None, subject: str = "BUG-0001 report: Broken") -> NewCommit:
    data = None if text is None else text.encode()
    return NewCommit(
        changes={path: data},
        subject=subject,
        author=AUTHOR,
        committer=BOT,
        trailers={"Action": "report", "Request": "r-1"},
    )


def clone_of(folder: Path, remote: str) -> Clone:
    return open_clone(folder, resolve_remote(remote, "main"))


def put(clone: Clone, path: str, text: str | None) -> tuple[str, PushResult, str]:
    with clone.writing() as writer:
        commit = writer.commit(change(path, text), writer.fetch())
        outcome = writer.push(commit)
        return commit, outcome.result, outcome.reason


def test_the_first_push_into_an_empty_bare_repository_makes_the_branch(tmp_path: Path) -> None:
    shared = new_bare(tmp_path / "shared.git")
    clone = clone_of(tmp_path / "data", str(shared.path))
    assert clone.tip() is None
    assert clone.files(None, "bugs") == {}
    commit, result, _ = put(clone, "bugs/000/BUG-0001.yaml", "title: Broken\n")
    assert result is PushResult.PUSHED
    assert shared("rev-parse", "main") == commit == clone.tip()
    assert clone.read("bugs/000/BUG-0001.yaml", commit) == b"title: Broken\n"


def test_a_commit_names_the_person_as_author_and_the_bot_as_committer(tmp_path: Path) -> None:
    shared = new_bare(tmp_path / "shared.git")
    put(clone_of(tmp_path / "data", str(shared.path)), "bugs/000/BUG-0001.yaml", "a")
    told = shared("log", "-1", "--format=%an <%ae> %aI|%cn <%ce> %cI|%s|%(trailers:only)", "main")
    assert told.split("|") == [
        "Support Team <support@example.com> 2024-12-31T14:15:00+02:00",
        "Bugbook <bugbook@localhost> 2025-01-02T03:04:00+00:00",
        "BUG-0001 report: Broken",
        "Action: report\nRequest: r-1",
    ]
    assert shared("fsck", "--strict") == ""


def test_a_clean_work_tree_at_the_remote_is_updated_by_the_push(tmp_path: Path) -> None:
    team = new_work_tree(tmp_path / "team")
    clone = clone_of(tmp_path / "data", str(team.path))
    assert put(clone, "bugs/000/BUG-0001.yaml", "first\n")[1] is PushResult.PUSHED
    assert put(clone, "bugs/000/BUG-0001.yaml", "second\n")[1] is PushResult.PUSHED
    assert (team.path / "bugs/000/BUG-0001.yaml").read_text() == "second\n"
    assert team("status", "--porcelain") == ""


@pytest.mark.parametrize("staged", [False, True])
def test_a_dirty_work_tree_at_the_remote_is_refused_and_left_alone(
    tmp_path: Path, *, staged: bool
) -> None:
    team = new_work_tree(tmp_path / "team")
    before = team.write("notes.txt", "one\n")
    (team.path / "notes.txt").write_text("two\n")
    if staged:
        team("add", "notes.txt")
    _, result, reason = put(clone_of(tmp_path / "data", str(team.path)), "bugs/x.yaml", "a")
    assert result is PushResult.DIRTY
    assert "uncommitted changes" in reason
    assert team("rev-parse", "HEAD") == before
    assert (team.path / "notes.txt").read_text() == "two\n"


def test_a_push_never_overwrites_a_file_that_git_does_not_know_yet(tmp_path: Path) -> None:
    team = new_work_tree(tmp_path / "team")
    team.write("notes.txt", "one\n")
    (team.path / "bugs").mkdir()
    (team.path / "bugs/x.yaml").write_text("mine\n")
    _, result, reason = put(clone_of(tmp_path / "data", str(team.path)), "bugs/x.yaml", "bot\n")
    assert result is PushResult.DIRTY
    assert "uncommitted changes" in reason
    assert (team.path / "bugs/x.yaml").read_text() == "mine\n"


def test_a_push_on_an_old_tip_is_told_apart_and_leaves_the_remote_alone(tmp_path: Path) -> None:
    shared = new_bare(tmp_path / "shared.git")
    clone = clone_of(tmp_path / "data", str(shared.path))
    put(clone, "bugs/a.yaml", "a")
    with clone.writing() as writer:
        mine = writer.commit(change("bugs/b.yaml", "b"), writer.fetch())
        other = new_checkout(tmp_path / "person", shared)
        theirs = other.write("bugs/c.yaml", "c")
        other("push", "-q", "origin", "main")
        assert writer.push(mine).result is PushResult.MOVED
        assert shared("rev-parse", "main") == theirs
        assert writer.fetch() == theirs


def test_a_commit_that_would_take_others_out_of_history_is_never_pushed(tmp_path: Path) -> None:
    shared = new_bare(tmp_path / "shared.git")
    clone = clone_of(tmp_path / "data", str(shared.path))
    put(clone, "bugs/a.yaml", "a")
    theirs = shared("rev-parse", "main")
    with clone.writing() as writer:
        beside = writer.commit(change("bugs/b.yaml", "b"), None)
        with pytest.raises(ValueError, match="does not follow"):
            writer.push(beside)
    assert shared("rev-parse", "main") == theirs


def test_two_first_pushes_to_an_empty_repository_do_not_both_win(tmp_path: Path) -> None:
    shared = new_bare(tmp_path / "shared.git")
    one = clone_of(tmp_path / "one", str(shared.path))
    two = clone_of(tmp_path / "two", str(shared.path))
    with one.writing() as first, two.writing() as second:
        assert first.push(first.commit(change("a", "a"), None)).result is PushResult.PUSHED
        assert second.push(second.commit(change("b", "b"), None)).result is PushResult.MOVED


def test_a_hook_that_declines_is_quoted_without_control_characters(tmp_path: Path) -> None:
    shared = new_bare(tmp_path / "shared.git")
    hook = shared.path / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\nprintf 'main is \\033[31mprotected\\n' >&2\nexit 1\n")
    hook.chmod(0o755)
    _, result, reason = put(clone_of(tmp_path / "data", str(shared.path)), "bugs/a.yaml", "a")
    assert result is PushResult.REFUSED
    assert "main is" in reason
    assert "protected" in reason
    assert "pre-receive hook declined" in reason
    assert "\x1b" not in reason


def test_a_remote_that_is_gone_is_unreachable_and_the_clone_still_reads(tmp_path: Path) -> None:
    shared = new_bare(tmp_path / "shared.git")
    clone = clone_of(tmp_path / "data", str(shared.path))
    commit, _, _ = put(clone, "bugs/a.yaml", "a")
    shared.path.rename(tmp_path / "away.git")
    with clone.writing() as writer:
        with pytest.raises(UnreachableRemoteError, match="cannot be reached"):
            writer.fetch()
        assert writer.push(commit).result is PushResult.UNREACHABLE
    again = open_clone(
        tmp_path / "data", Remote(address=str(shared.path), branch="main", local=True)
    )
    assert again.read("bugs/a.yaml", again.tip()) == b"a"


def test_a_remote_that_never_answers_is_given_up_in_time(tmp_path: Path) -> None:
    shared = new_bare(tmp_path / "shared.git")
    clone = clone_of(tmp_path / "data", str(shared.path))
    hook = shared.path / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\nsleep 60\n")
    hook.chmod(0o755)
    hasty = Clone(folder=clone.folder, remote=clone.remote, timeout=0.5)
    with hasty.writing() as writer:
        outcome = writer.push(writer.commit(change("a", "a"), None))
    assert outcome.result is PushResult.UNKNOWN
    assert "in time" in outcome.reason


def test_the_origin_of_the_named_repository_is_the_remote(tmp_path: Path) -> None:
    shared = new_bare(tmp_path / "shared.git")
    person = new_checkout(tmp_path / "person", shared)
    (person.path / "below").mkdir()
    assert resolve_remote(str(person.path / "below"), "main") == Remote(
        address=str(shared.path), branch="main", local=True
    )
    person("remote", "set-url", "origin", "../shared.git")
    assert resolve_remote(str(person.path), "main").address == str(shared.path)
    person("remote", "set-url", "origin", "git@example.com:team/bugs.git")
    assert resolve_remote(str(person.path), "main") == Remote(
        address="git@example.com:team/bugs.git", branch="main", local=False
    )


def test_a_repository_without_a_remote_is_the_remote_itself(tmp_path: Path) -> None:
    team = new_work_tree(tmp_path / "team")
    (team.path / "below").mkdir()
    assert resolve_remote(str(team.path / "below"), "main").address == str(team.path)
    shared = new_bare(tmp_path / "shared.git")
    assert resolve_remote(str(shared.path), "main").address == str(shared.path)


def test_each_wrong_place_gets_its_own_sentence(tmp_path: Path) -> None:
    with pytest.raises(MissingRepositoryError, match="no repository at"):
        resolve_remote(str(tmp_path / "nowhere"), "main")
    (tmp_path / "plain").mkdir()
    with pytest.raises(NotARepositoryError, match="not a git repository"):
        resolve_remote(str(tmp_path / "plain"), "main")
    with pytest.raises(MissingBranchError, match="BUGBOOK_BRANCH"):
        resolve_remote(str(tmp_path), "--upload-pack=touch x")
    team = new_work_tree(tmp_path / "team")
    with pytest.raises(MissingBranchError, match="on the branch main, not records"):
        resolve_remote(str(team.path), "records")
    team.write("a", "a")
    with pytest.raises(MissingBranchError, match="no branch records, only main"):
        open_clone(tmp_path / "data", resolve_remote(str(team.path), "records"))
    lost = new_checkout(tmp_path / "lost", team)
    team.path.rename(tmp_path / "moved")
    with pytest.raises(MissingRepositoryError, match="set-url"):
        resolve_remote(str(lost.path), "main")


@pytest.mark.parametrize("address", ["ext::sh -c 'touch hacked'", "--upload-pack=touch hacked"])
def test_a_hostile_address_runs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.chdir(tmp_path)
    remote = Remote(address=address, branch="main", local=False)
    with pytest.raises(UnreachableRemoteError):
        open_clone(tmp_path / "data", remote)
    assert not list(tmp_path.rglob("hacked"))


def test_variables_that_redirect_git_are_ignored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = new_bare(tmp_path / "other.git")
    monkeypatch.setenv("GIT_DIR", str(other.path))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path))
    shared = new_bare(tmp_path / "shared.git")
    commit, result, _ = put(clone_of(tmp_path / "data", str(shared.path)), "bugs/a.yaml", "a")
    assert result is PushResult.PUSHED
    assert shared("rev-parse", "main") == commit
    assert other("for-each-ref") == ""


def test_a_damaged_clone_is_made_again_by_the_next_writer(tmp_path: Path) -> None:
    shared = new_bare(tmp_path / "shared.git")
    clone = clone_of(tmp_path / "data", str(shared.path))
    commit, _, _ = put(clone, "bugs/000/BUG-0001.yaml", "text\n")
    blob = clone.files(commit, "bugs")["bugs/000/BUG-0001.yaml"]
    for part in (clone.path / "objects").rglob("*"):
        if part.is_file():
            part.unlink()
    fresh = open_clone(tmp_path / "data", clone.remote)
    with pytest.raises(DamagedCloneError, match="nothing is lost"):
        fresh.blob(blob)
    with fresh.writing():
        pass
    assert fresh.blob(blob) == b"text\n"
    assert clone.tip() == commit  # an older handle finds the new clone as well


def test_a_start_that_was_killed_leaves_nothing_in_the_way(tmp_path: Path) -> None:
    shared = new_bare(tmp_path / "shared.git")
    clone = clone_of(tmp_path / "data", str(shared.path))
    put(clone, "bugs/a.yaml", "a")
    stale = [clone.path / "HEAD.lock", clone.path / f"{clone.tip_ref}.lock"]
    stale.append(clone.path / "objects/pack/tmp_pack_x")
    for lock in stale:
        lock.touch()
    (clone.folder / "clone.new").mkdir()
    assert put(clone, "bugs/a.yaml", "b")[1] is PushResult.PUSHED
    assert not any(lock.exists() for lock in stale)


def test_a_second_process_waits_for_its_turn_and_then_says_who_is_in_the_way(
    tmp_path: Path,
) -> None:
    lock = tmp_path / "clone.lock"
    program = (
        "import sys; from pathlib import Path; from tracker.store.clone_lock import holding\n"
        "with holding(Path(sys.argv[1]), patience=60):\n print('held', flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(lock)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with (
            pytest.raises(RepositoryInUseError, match="Another Bugbook process"),
            holding(lock, patience=0.1),
        ):
            pytest.fail("two writers at once")
        os.kill(other.pid, signal.SIGKILL)
        with holding(lock, patience=60):
            pass


def test_threads_of_one_process_take_turns_too(tmp_path: Path) -> None:
    lock = tmp_path / "clone.lock"
    entered = threading.Event()

    def second() -> None:
        with holding(lock, patience=60):
            entered.set()

    with holding(lock, patience=60):
        waiting = threading.Thread(target=second)
        waiting.start()
        assert not entered.wait(0.1)
    waiting.join()
    assert entered.is_set()


def test_an_unknown_commit_is_not_taken_for_damage(tmp_path: Path) -> None:
    shared = new_bare(tmp_path / "shared.git")
    clone = clone_of(tmp_path / "data", str(shared.path))
    put(clone, "bugs/a.yaml", "a")
    for revision in ("0" * 40, "main", "--all", "HEAD"):
        assert not clone.has(revision)
        with pytest.raises(UnknownRevisionError):
            clone.read("bugs/a.yaml", revision)
    assert not (clone.path / "bugbook-damaged").exists()


def test_a_rewritten_history_is_followed(tmp_path: Path) -> None:
    shared = new_bare(tmp_path / "shared.git")
    clone = clone_of(tmp_path / "data", str(shared.path))
    put(clone, "bugs/a.yaml", "a")
    person = RealGit(tmp_path / "person")
    person.path.mkdir()
    person("init", "-q", "-b", "main")
    other = person.write("bugs/b.yaml", "b")
    person("push", "-q", "--force", str(shared.path), "main")
    with clone.writing() as writer:
        assert writer.fetch() == other
    assert list(clone.files(clone.tip(), "bugs")) == ["bugs/b.yaml"]


def test_the_progress_of_a_first_clone_can_be_watched(tmp_path: Path) -> None:
    shared = new_bare(tmp_path / "shared.git")
    put(clone_of(tmp_path / "data", str(shared.path)), "bugs/a.yaml", "a")
    told: list[str] = []
    open_clone(tmp_path / "second", resolve_remote(str(shared.path), "main"), progress=told.append)
    assert any("objects" in line for line in told)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to somebody else")
def test_a_copy_that_belongs_to_another_user_is_left_as_it_is(tmp_path: Path) -> None:
    remote = new_bare(tmp_path / "remote.git")
    clone = clone_of(tmp_path / "data", str(remote.path))
    for path in (clone.path, *clone.path.rglob("*")):
        os.chown(path, 65534, 65534)
    before = clone.path.stat().st_ino
    fresh = Clone(folder=clone.folder, remote=clone.remote)
    with pytest.raises(ForeignCloneError, match="run this as that user"), fresh.writing():
        pass
    with (
        pytest.raises(ForeignCloneError, match="BUGBOOK_DATA_DIR"),
        fresh.writing(trusting=True) as writer,
    ):
        writer.fetch()
    assert clone.path.stat().st_ino == before


def test_no_more_than_a_part_of_a_large_pack_is_mapped(tmp_path: Path) -> None:
    clone = clone_of(tmp_path / "data", str(new_bare(tmp_path / "shared.git").path))
    assert clone.ask(lambda _: pygit2.settings.mwindow_mapped_limit) <= 32 * 2**20
