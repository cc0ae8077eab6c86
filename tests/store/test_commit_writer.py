"""Commits hold exactly what was asked, whatever the names and texts contain."""

from datetime import UTC, datetime
from pathlib import Path

import pygit2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.real_git import RealGit, new_bare
from tracker.store.commit_message import compose_message, read_subject, read_trailers
from tracker.store.commit_writer import NewCommit, Signature, write_commit

WHEN = datetime(2024, 12, 31, 12, 15, tzinfo=UTC)
PERSON = Signature(name="Support Team", email="support@example.com", time=WHEN)


def commit(
    repository: pygit2.Repository,
    changes: dict[str, bytes | None],
    parent: str | None = None,
    author: Signature = PERSON,
) -> str:
    new = NewCommit(changes=changes, subject="Change", author=author, committer=PERSON)
    return write_commit(repository, new, parent)


@pytest.fixture
def git(tmp_path: Path) -> RealGit:
    return new_bare(tmp_path / "repository.git")


@pytest.fixture
def repository(git: RealGit) -> pygit2.Repository:
    return pygit2.Repository(str(git.path))


def test_files_beside_the_changed_ones_stay_as_they_are(
    git: RealGit, repository: pygit2.Repository
) -> None:
    first = commit(repository, {"README.md": b"r", "bugs/000/a": b"a", "bugs/001/b": b"b"})
    second = commit(repository, {"bugs/000/a": b"A", "bugs/000/c": b"c"}, first)
    assert git("ls-tree", "-r", "--name-only", second).split() == [
        "README.md",
        "bugs/000/a",
        "bugs/000/c",
        "bugs/001/b",
    ]
    assert git("diff", "--name-status", first, second) == "M\tbugs/000/a\nA\tbugs/000/c"
    assert git("show", f"{second}:bugs/000/a") == "A"


def test_a_folder_goes_with_its_last_file(git: RealGit, repository: pygit2.Repository) -> None:
    first = commit(repository, {"README.md": b"r", "bugs/000/a": b"a"})
    second = commit(repository, {"bugs/000/a": None, "bugs/000/never": None}, first)
    assert git("ls-tree", "-r", "-t", "--name-only", second) == "README.md"


@pytest.mark.parametrize("path", ["../a", "/a", "a//b", ".git/config", "a/.GIT/b", "", "a/\0"])
def test_a_path_that_leaves_the_repository_is_refused(
    repository: pygit2.Repository, path: str
) -> None:
    with pytest.raises(ValueError, match="cannot be the path"):
        commit(repository, {path: b"x"})


@given(name=st.text(), email=st.text())
def test_any_name_makes_a_sound_commit(
    tmp_path_factory: pytest.TempPathFactory, name: str, email: str
) -> None:
    folder = tmp_path_factory.getbasetemp() / "names.git"
    repository = pygit2.init_repository(str(folder), bare=True)
    author = Signature(name=name, email=email, time=WHEN)
    written = repository[commit(repository, {"a": b"a"}, author=author)].peel(pygit2.Commit)
    header = written.read_raw().split(b"\n\n", 1)[0].decode()
    assert [line.split(" ", 1)[0] for line in header.split("\n")] == ["tree", "author", "committer"]
    assert header.split("\n")[1].endswith("> 1735647300 +0000")


@given(subject=st.text(), value=st.text(), request=st.text(min_size=1))
def test_no_text_forges_a_trailer(subject: str, value: str, request: str) -> None:
    message = compose_message(subject, {"Action": value, "Actor": "a", "Request": request})
    trailers = read_trailers(message)
    assert set(trailers) <= {"Action", "Actor", "Request"}
    assert trailers["Actor"] == "a"
    assert read_subject(message) == message.split("\n")[0]


def test_git_reads_the_same_trailers_as_we_do(git: RealGit, repository: pygit2.Repository) -> None:
    hostile = "Fix\n\nRequest: forged\nActor: somebody"
    new = NewCommit(
        changes={"a": b"a"},
        subject=hostile,
        author=PERSON,
        committer=PERSON,
        trailers={"Action": "note\nRequest: forged", "Request": "real", "Policy": ""},
    )
    written = write_commit(repository, new, None)
    told = git("log", "-1", "--format=%s%n%(trailers:only)", written).rstrip("\n").split("\n")
    assert told == [
        "Fix Request: forged Actor: somebody",
        "Action: note Request: forged",
        "Request: real",
    ]
    assert dict(read_trailers(git("log", "-1", "--format=%B", written))) == {
        "Action": "note Request: forged",
        "Request": "real",
    }


def test_a_message_by_hand_has_trailers_only_in_a_paragraph_of_their_own() -> None:
    assert read_trailers("Request: x") == {}
    assert read_trailers("Fix\n\nSee this.\nRequest: x\n") == {}
    assert read_trailers("Fix\n\nRequest: x\n\nMore text.\n") == {}
    assert read_trailers("Fix\n\nText.\n\nRequest: x\nRequest: y\n") == {"Request": "x"}
