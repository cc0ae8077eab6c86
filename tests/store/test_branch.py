"""What a branch did to files, on real git."""

from pathlib import Path

import pytest

from tests.real_git import RealGit, new_work_tree
from tracker.store.blob_id import blob_id_of
from tracker.store.branch import branch_since
from tracker.store.git_errors import NotARepositoryError, UnknownRevisionError


@pytest.fixture
def git(tmp_path: Path) -> RealGit:
    """A repository with one file."""
    git = new_work_tree(tmp_path / "team")
    git.write("bugs/a.yaml", "one\n")
    return git


def by(git: RealGit, name: str, text: str) -> None:
    (git.path / "bugs" / "a.yaml").write_text(text, encoding="utf-8")
    author = f"{name} <{name.lower()}@example.com>"
    git("commit", "-qam", "Edit by hand", f"--author={author}")


def test_versions_come_oldest_first_with_their_authors_and_bytes(git: RealGit) -> None:
    base = git("rev-parse", "HEAD")
    by(git, "Ann", "two\n")
    by(git, "Bob", "three\n")

    branch = branch_since(git.path, base, "bugs")
    versions = branch.versions["bugs/a.yaml"]
    assert [version.author.email for version in versions] == ["ann@example.com", "bob@example.com"]
    assert [branch.read(version.after) for version in versions] == [b"two\n", b"three\n"]
    assert [branch.read(version.before[0]) for version in versions] == [b"one\n", b"two\n"]
    assert branch.base == {"bugs/a.yaml": blob_id_of(b"one\n")}
    assert branch.head == {"bugs/a.yaml": blob_id_of(b"three\n")}


def test_the_base_is_where_the_branch_left_it(git: RealGit) -> None:
    git("checkout", "-q", "-b", "work")
    by(git, "Ann", "two\n")
    git("checkout", "-q", "main")
    by(git, "Bob", "three\n")
    git("checkout", "-q", "work")

    branch = branch_since(git.path, "main", "bugs")
    assert branch.base == {"bugs/a.yaml": blob_id_of(b"one\n")}
    assert len(branch.versions["bugs/a.yaml"]) == 1


def test_a_merge_counts_only_for_what_it_wrote_itself(git: RealGit) -> None:
    base = git("rev-parse", "HEAD")
    git("checkout", "-q", "-b", "work")
    by(git, "Ann", "two\n")
    git("checkout", "-q", "main")
    git.write("bugs/b.yaml", "other\n")
    git("merge", "-q", "--no-edit", "work")

    branch = branch_since(git.path, base, "bugs")
    assert [version.author.name for version in branch.versions["bugs/a.yaml"]] == ["Ann"]
    assert len(branch.versions["bugs/b.yaml"]) == 1


def test_a_file_that_is_removed_and_comes_back_is_told(git: RealGit) -> None:
    base = git("rev-parse", "HEAD")
    git("rm", "-q", "bugs/a.yaml")
    git("commit", "-qm", "Remove it")
    git.write("bugs/a.yaml", "again\n")

    versions = branch_since(git.path, base, "bugs").versions["bugs/a.yaml"]
    assert [version.after for version in versions] == [None, blob_id_of(b"again\n")]
    assert [version.before for version in versions] == [(blob_id_of(b"one\n"),), (None,)]


def test_a_folder_of_the_repository_knows_only_itself(git: RealGit) -> None:
    base = git("rev-parse", "HEAD")
    commit = git.write("shop/bugs/c.yaml", "three\n")

    branch = branch_since(git.path / "shop", base, "bugs")
    assert branch.base == {}
    assert list(branch.head) == list(branch.versions) == ["bugs/c.yaml"]
    assert branch.blob_at(commit, "bugs/c.yaml") == blob_id_of(b"three\n")


def test_what_git_cannot_answer_is_a_sentence(git: RealGit, tmp_path: Path) -> None:
    with pytest.raises(UnknownRevisionError, match="There is no revision `nowhere` here"):
        branch_since(git.path, "nowhere", "bugs")
    with pytest.raises(NotARepositoryError, match="leave the base out"):
        branch_since(tmp_path, "main", "bugs")
