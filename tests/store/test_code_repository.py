"""Looking into a component's code, with real git."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.real_git import RealGit, new_bare, new_work_tree
from tracker.store.code_repository import is_address, open_code
from tracker.store.git_errors import NotARepositoryError, RepositoryError


@pytest.fixture
def code(tmp_path: Path) -> RealGit:
    return new_work_tree(tmp_path / "code")


def test_commits_carry_their_tags_and_come_newest_first(code: RealGit) -> None:
    first = code.write("a.py", "a = 1\n", "Add a: the first | one")
    code("tag", "v1.0")
    code("tag", "v1.0.1")
    second = code.write("b.py", "b = 1\n", "Add b")

    found = open_code(code.path).commits(5)
    assert [commit.id for commit in found] == [second, first]
    assert found[1].tags == ("v1.0.1", "v1.0")
    assert found[1].subject == "Add a: the first | one"
    assert found[1].author == "Backend Engineer"
    assert found[0].tags == ()


def test_commits_are_found_by_span_and_by_file(code: RealGit) -> None:
    code.write("a[1].py", "a = 1\n", "Add a")
    code.write("a1.py", "b = 1\n", "Add b")
    opened = open_code(code.path)
    long_ago, far_off = datetime(2001, 1, 1, tzinfo=UTC), datetime(2090, 1, 1, tzinfo=UTC)

    assert [commit.subject for commit in opened.commits(5, paths=("a[1].py",))] == ["Add a"]
    assert len(opened.commits(5, since=long_ago)) == 2
    assert opened.commits(5, until=long_ago) == ()
    assert len(opened.commits(1, until=far_off)) == 1


def test_lines_are_those_of_the_newest_commit_not_of_the_work_tree(code: RealGit) -> None:
    code.write("src/a.py", 'x = 1\nraise E("Invalid signature: 1")\n')
    (code.path / "src/a.py").write_text("nothing\n", encoding="utf-8")

    (line,) = open_code(code.path).lines_with(("Invalid signature", "not there"))
    assert (line.path, line.number) == ("src/a.py", 2)
    assert line.text == 'raise E("Invalid signature: 1")'


@pytest.mark.parametrize("phrase", ["-e", "--open-files-in-pager=touch x", "[", "a|b", "$(x)", "'"])
def test_a_text_is_only_ever_a_text(code: RealGit, phrase: str) -> None:
    code.write("a.py", f"before\n{phrase}\n")

    (line,) = open_code(code.path).lines_with((phrase,))
    assert line.number == 2
    assert [path.name for path in code.path.iterdir() if path.name != ".git"] == ["a.py"]


def test_odd_file_names_and_lines_are_read_whole(code: RealGit) -> None:
    code.write("a: b\tc.py", "one\x0ctwo needle\u2028three\n")

    (line,) = open_code(code.path).lines_with(("needle",))
    assert (line.path, line.text) == ("a: b\tc.py", "one\x0ctwo needle\u2028three")


def test_files_are_found_by_name_in_any_folder(code: RealGit) -> None:
    code.write("jwt.py", "top\n")
    code.write("auth/deep/jwt.py", "one\n\nthree\n")
    code.write("auth/old_jwt.py", "not this\n")

    found = open_code(code.path).files_named(("jwt.py",))
    assert [(line.path, line.number, line.text) for line in found] == [
        ("auth/deep/jwt.py", 1, "one"),
        ("auth/deep/jwt.py", 2, ""),
        ("auth/deep/jwt.py", 3, "three"),
        ("jwt.py", 1, "top"),
    ]


def test_nothing_to_look_for_finds_nothing(code: RealGit) -> None:
    code.write("a.py", "x\n")

    assert open_code(code.path).lines_with(()) == ()
    assert open_code(code.path).files_named(()) == ()
    assert open_code(code.path).lines_with(("needle",)) == ()


def test_a_bare_repository_is_searched_as_well(tmp_path: Path, code: RealGit) -> None:
    code.write("a.py", "needle\n")
    bare = new_bare(tmp_path / "bare.git")
    code("push", "-q", str(bare.path), "main")

    (line,) = open_code(bare.path).lines_with(("needle",))
    assert line.path == "a.py"


def test_a_folder_without_a_repository_is_named_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()

    for name in ("plain", "missing"):
        with pytest.raises(NotARepositoryError, match=r"correct `repository` in the policy\.$"):
            open_code(tmp_path / name)


def test_a_repository_without_commits_is_named_in_a_sentence(code: RealGit) -> None:
    with pytest.raises(RepositoryError, match=r"could not be searched"):
        open_code(code.path).commits(5)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://example.com/code.git", True),
        ("git@example.com:team/code.git", True),
        ("example:code", True),
        ("../code", False),
        ("~/code", False),
        ("/srv/code", False),
        ("code", False),
    ],
)
def test_an_address_is_told_from_a_folder(text: str, *, address: bool) -> None:
    assert is_address(text) is address
