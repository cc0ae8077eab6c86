"""The records that everything is measured on."""

from pathlib import Path

from benchmarks.corpus import make_corpus_repository, write_corpus
from tests.real_git import RealGit
from tracker.checks.check_tree import check_tree
from tracker.clock import now


def test_every_record_of_a_corpus_is_valid(tmp_path: Path) -> None:
    write_corpus(tmp_path, 60)

    report = check_tree(tmp_path, now=now())

    assert report.problems == ()
    assert report.records == 60


def test_a_corpus_has_the_same_bytes_each_time(tmp_path: Path) -> None:
    write_corpus(tmp_path / "one", 30)
    write_corpus(tmp_path / "two", 30)

    assert _files(tmp_path / "one") == _files(tmp_path / "two")


def test_a_corpus_repository_has_a_commit_for_each_record(tmp_path: Path) -> None:
    make_corpus_repository(tmp_path / "bugs.git", 5)

    subjects = RealGit(tmp_path / "bugs.git")("log", "--format=%s", "main").splitlines()

    assert len(subjects) == 6
    assert subjects[0] == "BUG-0005 report: made for a benchmark"


def _files(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*.yaml")}
