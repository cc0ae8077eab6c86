"""What happened between two commits, and which requests history already has."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.real_git import RealGit, new_bare, new_checkout
from tracker.store.bug_index import BugIndex
from tracker.store.clone import Clone, open_clone
from tracker.store.commit_log import log_between
from tracker.store.commit_writer import NewCommit, Signature
from tracker.store.git_errors import UnknownRevisionError
from tracker.store.index_log import log_of_file
from tracker.store.remote import resolve_remote
from tracker.store.request_index import RequestIndex

WHEN = datetime(2024, 12, 31, 12, 15, tzinfo=timezone(timedelta(hours=1)))
LATER = datetime(2025, 1, 2, 3, 4, tzinfo=UTC)


@pytest.fixture
def shared(tmp_path: Path) -> RealGit:
    return new_bare(tmp_path / "shared.git")


@pytest.fixture
def clone(tmp_path: Path, shared: RealGit) -> Clone:
    return open_clone(tmp_path / "data", resolve_remote(str(shared.path), "main"))


def record(clone: Clone, path: str, text: str | None, request: str) -> str:
    new = NewCommit(
        changes={path: None if text is None else text.encode()},
        subject=f"Record {request}",
        author=Signature(name="Support Team", email="support@example.com", time=WHEN),
        committer=Signature(name="Bugbook", email="bugbook@localhost", time=LATER),
        trailers={"Action": "report", "Request": request},
    )
    with clone.writing() as writer:
        commit = writer.commit(new, writer.fetch())
        assert writer.push(commit).reason == ""
    return commit


def fetch(clone: Clone) -> str | None:
    with clone.writing() as writer:
        return writer.fetch()


def past_of(clone: Clone, path: str) -> list[str]:
    told = BugIndex(clone=clone).ask_history(lambda rows: log_of_file(rows, path))
    return [entry.commit for entry in told]


def test_an_empty_repository_has_no_past(clone: Clone) -> None:
    assert log_between(clone, None, None) == ()
    assert past_of(clone, "bugs/a.yaml") == []


def test_each_commit_is_told_once_oldest_first_with_both_versions(clone: Clone) -> None:
    one = record(clone, "bugs/a.yaml", "1", "r-1")
    two = record(clone, "bugs/a.yaml", "2", "r-2")
    three = record(clone, "bugs/a.yaml", None, "r-3")
    told = log_between(clone, None, three)
    assert [entry.commit for entry in told] == [one, two, three]
    assert [entry.commit for entry in log_between(clone, one, three)] == [two, three]
    (changed,) = told[1].changes
    assert changed.path == "bugs/a.yaml"
    assert changed.old is not None
    assert changed.new is not None
    assert (clone.blob(changed.old), clone.blob(changed.new)) == (b"1", b"2")
    assert told[0].changes[0].old is None
    assert told[2].changes[0].new is None
    assert (told[0].time, told[0].recorded) == (WHEN, LATER)
    assert told[0].time.utcoffset() == timedelta(hours=1)
    assert (told[0].subject, told[0].author_name) == ("Record r-1", "Support Team")
    assert dict(told[0].trailers) == {"Action": "report", "Request": "r-1"}


def test_a_merge_tells_only_what_no_parent_had(
    clone: Clone, shared: RealGit, tmp_path: Path
) -> None:
    base = record(clone, "bugs/a.yaml", "1\n", "r-1")
    person = new_checkout(tmp_path / "person", shared)
    by_hand = person.write("bugs/b.yaml", "b\n")
    by_bot = record(clone, "bugs/c.yaml", "c\n", "r-2")
    person("pull", "-q", "--no-rebase", "--no-edit", "origin", "main")
    person("push", "-q", "origin", "main")
    tip = fetch(clone)
    told = {entry.commit: entry for entry in log_between(clone, by_bot, tip)}
    assert set(told) == {by_hand, tip}
    assert [change.path for change in told[by_hand].changes] == ["bugs/b.yaml"]
    assert tip is not None
    assert told[tip].changes == ()
    assert {entry.commit for entry in log_between(clone, base, tip)} == {by_hand, by_bot, tip}
    assert past_of(clone, "bugs/b.yaml") == [by_hand]


def test_the_past_of_one_file_leaves_other_files_out(clone: Clone) -> None:
    one = record(clone, "bugs/a.yaml", "1", "r-1")
    record(clone, "bugs/b.yaml", "1", "r-2")
    three = record(clone, "bugs/a.yaml", "2", "r-3")
    assert past_of(clone, "bugs/a.yaml") == [one, three]


def test_an_unknown_start_is_an_error_of_its_own(clone: Clone) -> None:
    tip = record(clone, "bugs/a.yaml", "1", "r-1")
    with pytest.raises(UnknownRevisionError):
        log_between(clone, "0" * 40, tip)


def test_a_request_is_found_in_history_as_it_grows(clone: Clone) -> None:
    index = RequestIndex(index=BugIndex(clone=clone))
    assert index.commit_of("r-1", None) is None
    one = record(clone, "bugs/a.yaml", "1", "r-1")
    assert index.commit_of("r-1", one) == one
    two = record(clone, "bugs/a.yaml", "2", "r-2")
    assert index.commit_of("r-2", two) == two
    assert index.commit_of("r-1", two) == one
    assert index.commit_of("r-3", two) is None


def test_a_request_lost_with_a_rewritten_history_is_forgotten(
    clone: Clone, shared: RealGit, tmp_path: Path
) -> None:
    index = RequestIndex(index=BugIndex(clone=clone))
    one = record(clone, "bugs/a.yaml", "1", "r-1")
    two = record(clone, "bugs/a.yaml", "2", "r-2")
    assert index.commit_of("r-2", two) == two
    person = new_checkout(tmp_path / "person", shared)
    person("push", "-q", "--force", "origin", f"{one}:main")
    tip = fetch(clone)
    assert tip == one
    assert index.commit_of("r-2", tip) is None
    assert index.commit_of("r-1", tip) == one


def test_a_request_in_the_text_of_a_commit_by_hand_does_not_count(
    clone: Clone, shared: RealGit, tmp_path: Path
) -> None:
    record(clone, "bugs/a.yaml", "1", "r-1")
    person = new_checkout(tmp_path / "person", shared)
    person.write("bugs/b.yaml", "b", "Mention Request: r-9\n\nRequest: r-9 was odd\nas was this")
    person("push", "-q", "origin", "main")
    assert RequestIndex(index=BugIndex(clone=clone)).commit_of("r-9", fetch(clone)) is None
